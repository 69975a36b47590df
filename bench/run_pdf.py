# SPDX-License-Identifier: Apache-2.0
"""Prints a made-up log as PDF, reads it back with onus and with pdfplumber, and prints the CPU
seconds, the peak memory and how many cells each has as they were printed.

usage: run_pdf.py [--bin FOLDER] [--python PYTHON] [--rows N] [--style browser|sheet|upward]
       run_pdf.py [--bin FOLDER] [--python PYTHON] --pdf LOG.pdf --truth LOG.csv

A row of the truth is looked for by its times (or id) among the rows that were read, in order; cells are compared
with white space made one space. User and system time of a process and of its children count.
"""
import argparse
import csv
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bench/bin")
    parser.add_argument("--python", type=pathlib.Path, help="has pdfplumber; else a venv is set up in build/rivals-pdf")
    parser.add_argument("--rows", type=int, default=7000)
    parser.add_argument("--style", default="browser")
    parser.add_argument("--pdf")
    parser.add_argument("--truth")
    return parser.parse_args()


def rival():
    venv = ROOT / "build/rivals-pdf"
    python = venv / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pdfplumber==0.11.10"], check=True)
    return python


def plain(cell):
    return " ".join(cell.split())


def rows_of(path, skip=0):
    with open(path, newline="", encoding="utf-8") as file:
        return [[plain(cell) for cell in row[skip:]] for row in csv.reader(file)]


def compare(truth, got):
    """Rows found, cells right: rows are paired in order, equal rows first."""
    width = len(truth[0])
    keys = [[" ".join(row) for row in rows] for rows in (truth, got)]
    found = right = 0
    matcher = difflib.SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for tag, i0, i1, j0, j1 in matcher.get_opcodes():
        if tag == "equal":
            found += i1 - i0
            right += (i1 - i0) * width
        elif tag == "replace":
            for one, two in zip(truth[i0:i1], got[j0:j1]):
                same = sum(a == b for a, b in zip(one, two))
                right += same
                found += same * 2 > width
    return found, right


def measure(command, stdout=None):
    with open(stdout, "wb") if stdout else open(os.devnull, "wb") as file:
        child = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, child.returncode


def print_log(args, folder):
    made = folder / "logs"
    subprocess.run([args.bin / "onus-makelogs", "--rows", str(args.rows), "-o", made], check=True, stdout=subprocess.DEVNULL)
    truth = made / "network-audit-11.csv"
    pdf = folder / "log.pdf"
    subprocess.run([args.bin / "onus-printlog", truth, pdf, args.style], check=True)
    return str(pdf), str(truth)


def main():
    args = parse()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pdf, truth_file = (args.pdf, args.truth) if args.pdf else print_log(args, folder)
        truth = [row for row in rows_of(truth_file) if any(row)]
        cells = len(truth) * len(truth[0])
        print(f"{len(truth) - 1:,} rows, {cells:,} cells, {os.path.getsize(pdf) / 1e6:.1f} MB\n")
        print("| | CPU seconds | peak MiB | rows | cells right |\n|---|---:|---:|---:|---:|")
        contestants = [("onus", [args.bin / "onus-cells", pdf], folder / "onus.csv", 3)]
        contestants.append(("pdfplumber", [args.python or rival(), HERE / "rival_pdfplumber.py", pdf,
                                               folder / "plumber.csv"], folder / "plumber.csv", 0))
        for who, command, out, skip in contestants:
            seconds, peak, code = measure(command, out if skip else None)
            if code != 0:
                print(f"| {who} | exit {code} | | | |")
                continue
            found, right = compare(truth, rows_of(out, skip))
            print(f"| {who} | {seconds:.2f} | {peak:.0f} | {found:,} | {right:,} ({right / cells:.3%}) |")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
