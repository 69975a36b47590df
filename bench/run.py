# SPDX-License-Identifier: Apache-2.0
"""Times whole processes over one log, in turns (A B C, A B C, ...), and prints medians and ratios.

Turns, so that what else the machine does meets each alike. Peak memory is what the kernel says of the
process when it ends. A process that fails is reported, and has no figure.
"""
import argparse
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--python", required=True)
    parser.add_argument("--log", required=True)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", action="append", help="names of rows of the table")
    return parser.parse_args()


def contestants(args, out):
    """Name and command of each; the first is what the others are compared with."""
    def rival(script):
        return [args.python, str(HERE / script), args.log, str(out)]

    onus = args.bin / "onus"
    yield "DuckDB: load and Parquet", rival("rival_load.py")
    if onus.exists():
        yield "onus audit", [str(onus), "audit", args.log, "--owner", "Fairhollow IL PD", "--quiet",
                             "-o", str(out / "report")]
    yield "DuckDB: SQL with regexp_matches", rival("rival_duckdb.py")
    yield "pandas script", rival("rival_pandas.py")


def measure(command, out):
    """Seconds, peak MiB, exit code."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    begin = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - begin, usage.ru_maxrss / 1024, child.returncode


def run_all(args, out):
    results = {}
    for turn in range(args.runs):
        for name, command in contestants(args, out):
            if args.only and name not in args.only:
                continue
            seconds, peak, code = measure(command, out)
            print(f"bench: run {turn + 1}: {name}: {seconds:.1f} s, {peak:.0f} MiB, exit {code}",
                  file=sys.stderr)
            if code == 0:
                results.setdefault(name, []).append((seconds, peak))
    return results


def table(args, results):
    names = list(results)
    median = {name: statistics.median(each[0] for each in results[name]) for name in names}
    base = median[names[0]]
    own = median.get("onus audit")
    size = os.path.getsize(args.log) / 1e9
    print(f"{args.rows:,} rows, {size:.2f} GB; {os.cpu_count()} cores, {platform.machine()}; "
          f"medians of {args.runs} runs in turns\n")
    print(f"| | seconds | of {names[0]} | onus is faster by | peak MiB | lowest - highest |")
    print("|---|---:|---:|---:|---:|---:|")
    for name in names:
        seconds = [each[0] for each in results[name]]
        peak = max(each[1] for each in results[name])
        faster = f"{median[name] / own:.1f}" if own and name != "onus audit" else ""
        print(f"| {name} | {median[name]:.1f} | {median[name] / base:.2f} | {faster} | {peak:.0f} "
              f"| {min(seconds):.1f} - {max(seconds):.1f} |")


def main():
    args = parse()
    out = pathlib.Path(args.log).parent / "out"
    results = run_all(args, out)
    shutil.rmtree(out, ignore_errors=True)
    if not results:
        sys.exit("bench: nothing ran to its end")
    table(args, results)


if __name__ == "__main__":
    main()
