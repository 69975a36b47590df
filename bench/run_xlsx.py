# SPDX-License-Identifier: Apache-2.0
"""Reads made-up workbooks whole with onus, python-calamine and openpyxl, in turns, and prints processor
seconds (user and system) and peak memory.

usage: run_xlsx.py --bin build/bench/bin [--runs 3] [--rows 1000000] [--python PYTHON]

Without --python a venv with the rivals is set up in build/rivals-xlsx.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bench/bin")
    parser.add_argument("--python", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


def rivals():
    venv = ROOT / "build/rivals-xlsx"
    python = venv / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "openpyxl==3.1.5",
                        "python-calamine==0.9.1"], check=True)
    return python


def workbook(args, rows, form):
    folder = ROOT / f"build/bench-xlsx/{rows}-{form}"
    if not (folder / "truth.json").exists():
        subprocess.run([args.bin / "onus-makelogs", "--rows", str(rows), "--xlsx", "-o", folder]
                       + (["--inline"] if form == "inline" else []), check=True,
                       stdout=subprocess.DEVNULL)
    return folder / "network-audit-11.xlsx"


def measure(command):
    """Processor seconds, peak MiB, what it counted."""
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, text=True)
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"bench: {command} failed")
    counted = ", ".join(said.strip().split(", ")[:2])
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, counted


def compare(args, python, form):
    file = workbook(args, args.rows, form)
    commands = {"onus": [args.bin / "table-cells", file],
                "python-calamine": [python, HERE / "rival_calamine.py", file],
                "openpyxl, read-only": [python, HERE / "rival_openpyxl.py", file]}
    results = {name: [] for name in commands}
    for _ in range(args.runs):
        for name, command in commands.items():
            results[name].append(measure(command))
    counts = {each[2] for runs in results.values() for each in runs}
    print(f"\n{args.rows:,} rows, {form} texts, {file.stat().st_size / 1e6:.0f} MB; all counted: "
          f"{' / '.join(sorted(counts))}; medians of {args.runs} runs in turns\n")
    print("| | processor s | onus is faster by | peak MiB |\n|---|---:|---:|---:|")
    own = statistics.median(run[0] for run in results["onus"])
    for name, runs in results.items():
        seconds = statistics.median(run[0] for run in runs)
        print(f"| {name} | {seconds:.1f} | {seconds / own:.1f} | {max(r[1] for r in runs):.0f} |")


def memory(args):
    print("\n| rows | inline texts, MiB | shared texts, MiB |\n|---:|---:|---:|")
    for rows in (args.rows // 10, args.rows * 3 // 10, args.rows):
        peaks = [measure([args.bin / "table-cells", workbook(args, rows, form)])[1]
                 for form in ("inline", "shared")]
        print(f"| {rows:,} | {peaks[0]:.0f} | {peaks[1]:.0f} |")


def main():
    args = parse()
    python = args.python or rivals()
    for form in ("inline", "shared"):
        compare(args, python, form)
    memory(args)


if __name__ == "__main__":
    main()
