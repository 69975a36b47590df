# SPDX-License-Identifier: Apache-2.0
"""Where an audit's time goes: seconds between the steps that `onus audit` names as it runs.

usage: stages.py ONUS LOGS FOLDER
"""
import subprocess
import sys
import time


def main(onus, logs, folder):
    run = subprocess.Popen([onus, "audit", logs, "--owner", "Danville PD, IL", "-o", folder],
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    step, since = "start", time.monotonic()
    for line in run.stderr:
        if ":" in line:
            continue  # progress within a step
        print(f"{time.monotonic() - since:8.1f}  {step}")
        step, since = line.strip(), time.monotonic()
    status = run.wait()
    print(f"{time.monotonic() - since:8.1f}  {step}")
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
