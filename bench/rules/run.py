# SPDX-License-Identifier: Apache-2.0
"""Fifty rules over requests, one at a time, natively, in Cedar and in OPA; the same rules over a million rows made of the
requests, in DuckDB; and, as an audit judges, all shipped packs and the fifty rules over a case of made-up lookups. Prints tables in Markdown.

usage: run.py --bin build/bench/bin [--rows 1000000] [--turns 3] [--case DIR]

Cedar is the Rust crate (cargo), OPA the Go module as a library (go); both are fetched and built in build/bench-rules.
Each contestant parses rules and requests before any clock runs; they take turns. All must name the same rules for
every request, or there is no table.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
WORK = HERE.parent.parent / "build/bench-rules"
OPA = "github.com/open-policy-agent/opa@v1.22.3"


def run(*command, **more):
    return subprocess.run([str(word) for word in command], check=True, text=True, capture_output=True, **more).stdout


def build_cedar():
    program = WORK / "cedar/target/release/rival_cedar"
    if not program.exists():
        print("bench: building Cedar", file=sys.stderr)
        shutil.copytree(HERE / "cedar", WORK / "cedar", dirs_exist_ok=True)
        run("cargo", "build", "--release", cwd=WORK / "cedar")
    return program


def build_opa():
    program = WORK / "rival_opa"
    if not program.exists():
        print("bench: building OPA", file=sys.stderr)
        shutil.copytree(HERE / "opa", WORK / "opa", dirs_exist_ok=True)
        if not (WORK / "opa/go.mod").exists():
            run("go", "mod", "init", "rival_opa", cwd=WORK / "opa")
        run("go", "get", OPA, cwd=WORK / "opa")
        run("go", "build", "-o", program, ".", cwd=WORK / "opa")
    return program


def one_turn(command, passes, rules):
    """Nanoseconds a rule, of each pass and request, but for the first pass: median and 99th percentile."""
    times = [int(line) for line in run(*command, passes).split()]
    times = sorted(times[len(times) // passes:])
    return times[len(times) // 2] / rules, times[len(times) * 99 // 100] / rules


def one_at_a_time(args, rules):
    data = WORK / "data"
    contestants = {"onus": ([args.bin / "rules-judge", "native", data], 50), "OPA": ([build_opa(), data], 11),
                   "Cedar": ([build_cedar(), data], 6)}
    seen = {name: [] for name in contestants}
    for _ in range(args.turns):
        for name, (command, passes) in contestants.items():
            seen[name].append(one_turn(command, passes, rules))
    wanted = (data / "wanted.txt").read_text()
    for name in contestants:
        if (data / f"{name.lower()}.txt").read_text() != wanted:
            sys.exit(f"{name} names other rules than wanted.txt")
    print("| one request at a time | ns a rule, median | ns a rule, 99 % | onus is faster by |\n|---|---:|---:|---:|")
    middle = {name: [statistics.median(column) for column in zip(*turns)] for name, turns in seen.items()}
    for name, (median, high) in middle.items():
        ratio = "" if name == "onus" else f"{median / middle['onus'][0]:.0f}"
        print(f"| {name} | {median:.1f} | {high:.1f} | {ratio} |")


def made_case(args):
    """A case of so many made-up lookups, audited once; 20 million take some minutes and 8 GB."""
    case = WORK / f"case-{args.rows}"
    if not case.exists():
        logs = WORK / f"logs-{args.rows}"
        print(f"bench: auditing {args.rows} made-up lookups", file=sys.stderr)
        run(args.bin / "onus-makelogs", "--rows", args.rows, "-o", logs)
        run(args.bin / "onus", "audit", logs, "--owner", "Danville PD, IL", "--case", case, "-o", WORK / "report", "--quiet")
        shutil.rmtree(logs)
    return case


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--rules", type=int, default=50)
    parser.add_argument("--case", type=pathlib.Path, help="a case that was audited; else one is made of --rows lookups")
    args = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    print(run(sys.executable, HERE / "make_rules.py", WORK / "data", "--rules", args.rules))
    one_at_a_time(args, args.rules)
    print(f"\nMany rows, {os.cpu_count()} threads:\n")
    print(run(args.bin / "rules-judge", "duckdb", WORK / "data", min(args.rows, 1_000_000)))
    print(run(args.bin / "rules-judge", "case", args.case or made_case(args), WORK / "data"))


if __name__ == "__main__":
    main()
