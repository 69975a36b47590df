# SPDX-License-Identifier: Apache-2.0
"""Makes two releases of one made-up log and lets `onus diff` and a script that makes a set of each
file's rows tell what differs, in turns. Prints processor seconds, peak memory, and, as the edits are
known, how many edited rows `onus diff` did not pair, by the column that was edited.

usage: run_diff.py [--bin build/bench/bin] [--rows 1000000] [--runs 1]
"""
import argparse
import collections
import csv
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).parent.parent
SET_SCRIPT = """
import csv, sys
old, new = ({tuple(row) for row in csv.reader(open(path, newline=""))} for path in sys.argv[1:3])
print(len(old - new), "gone,", len(new - old), "added")
"""
TEXTS = ("Reason", "Case #", "Search Type", "Name", "Org Name", "License Plate")
NUMBERS = ("Total Networks Searched", "Total Devices Searched")
MASKED = ("Name", "License Plate", "Reason", "Case #")


def edited(row, at, rng):
    """What happens to a row: (kind, column), and the row as the later release has it."""
    row = list(row)
    if rng.random() < 0.3:
        column = rng.choice(TEXTS + NUMBERS)
        old = row[at[column]]
        row[at[column]] = str(int(old or 0) + 7) if column in NUMBERS else f"other {rng.randrange(10**6)}"
        return ("changed", column), row
    column = rng.choice(MASKED)
    row[at[column]] = rng.choice(("***", "REDACTED"))
    return ("masked", column), row


def make(args, folder):
    """log.csv of both releases; edits.csv: row of the earlier one, kind, column."""
    made = folder / "made"
    subprocess.run([args.bin / "onus-makelogs", "--rows", str(args.rows), "-o", made], check=True,
                   stdout=subprocess.DEVNULL)
    for each in ("old", "new"):
        (folder / each).mkdir(exist_ok=True)
    rng = random.Random(5)
    with open(made / "network-audit-11.csv", newline="") as old, \
            open(folder / "old/log.csv", "w", newline="") as first, \
            open(folder / "new/log.csv", "w", newline="") as later, \
            open(folder / "edits.csv", "w", newline="") as edits:
        rows = csv.reader(old)
        head = next(rows)
        at = {name: i for i, name in enumerate(head)}
        first, later, edits = (csv.writer(f, lineterminator="\n") for f in (first, later, edits))
        first.writerow(head), later.writerow(head)
        for number, row in enumerate(rows, start=2):
            first.writerow(row)
            chance = rng.random()
            if chance < 0.001:
                edits.writerow((number, "gone", ""))
                continue
            if chance < 0.0015:
                later.writerow(row)  # once more
                edits.writerow((number, "added", ""))
            elif chance < 0.0085:
                edit, row = edited(row, at, rng)
                edits.writerow((number, *edit))
            later.writerow(row)


def measure(command):
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"bench: {command} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def unpaired(folder):
    """Of each kind and column of edit: how many there were, how many of them count as gone."""
    with open(folder / "out/diff.csv", newline="") as lines:
        gone = {line["old_row"] for line in csv.DictReader(lines) if line["kind"] == "gone"}
    counts = collections.defaultdict(lambda: [0, 0])
    with open(folder / "edits.csv", newline="") as lines:
        for row, kind, column in csv.reader(lines):
            counts[kind, column][0] += 1
            counts[kind, column][1] += row in gone
    return sorted(counts.items())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bench/bin")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=1)
    args = parser.parse_args()
    folder = ROOT / f"build/bench-diff/{args.rows}"
    if not (folder / "edits.csv").exists():
        folder.mkdir(parents=True, exist_ok=True)
        make(args, folder)
    commands = {"onus diff": [args.bin / "onus", "diff", folder / "old", folder / "new", "-o", folder / "out"],
                "a set script": [sys.executable, "-c", SET_SCRIPT, folder / "old/log.csv", folder / "new/log.csv"]}
    results = collections.defaultdict(list)
    for _ in range(args.runs):
        shutil.rmtree(folder / "out", ignore_errors=True)
        for name, command in commands.items():
            results[name].append(measure(command))
    print(f"{args.rows:,} rows; medians of {args.runs} runs in turns\n\n| | processor s | peak MiB |\n|---|---:|---:|")
    for name, runs in results.items():
        print(f"| {name} | {statistics.median(r[0] for r in runs):.1f} | {max(r[1] for r in runs):.0f} |")
    print("\n| edit | rows | of them gone and added |\n|---|---:|---:|")
    for (kind, column), (rows, gone) in unpaired(folder):
        print(f"| {kind} {column} | {rows:,} | {gone:,} |")


if __name__ == "__main__":
    main()
