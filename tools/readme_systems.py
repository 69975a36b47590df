# SPDX-License-Identifier: Apache-2.0
"""Holds the README's table of systems to the profiles that are built in.

usage: readme_systems.py PROGRAM README [--write]

The table stands between the two comments below. Without --write a difference is an error.
"""
import pathlib
import subprocess
import sys

BEGIN = "<!-- systems: made by tools/readme_systems.py -->"
END = "<!-- end of systems -->"


def main():
    program, readme = sys.argv[1], pathlib.Path(sys.argv[2])
    table = subprocess.run([program, "profiles", "list", "--markdown"], check=True,
                           capture_output=True, text=True).stdout
    text = readme.read_text()
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        sys.exit(f"{readme}: needs one '{BEGIN}' and one '{END}'")
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    if old == f"\n{table}":
        return
    if "--write" not in sys.argv[3:]:
        sys.exit(f"{readme}: the table of systems is not that of the profiles; "
                 "run tools/readme_systems.py build/dev/bin/onus README.md --write")
    readme.write_text(f"{before}{BEGIN}\n{table}{END}{after}")


if __name__ == "__main__":
    main()
