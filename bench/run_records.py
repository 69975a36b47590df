# SPDX-License-Identifier: Apache-2.0
"""Reads a made-up log as NDJSON (nested), as one JSON array and as Parquet with onus (table-cells), Python's json
and DuckDB, in turns; prints processor seconds (user and system) and peak memory.

usage: run_records.py [--bin build/bench/bin] [--python PYTHON] [--rows 1000000] [--runs 1]

Without --python a venv with the rival is set up in build/rivals-records. All count the rows and the bytes of their outermost
members; DuckDB makes each column a text for that.
"""
import argparse
import csv
import json
import pathlib
import statistics
import subprocess
import sys

from run_xlsx import measure

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent

PYTHON_JSON = """
import json, sys
def rows(path):
    with open(path, encoding="utf-8") as file:
        if path.endswith(".json"): yield from json.load(file)
        else: yield from map(json.loads, file)
count = size = 0
for row in rows(sys.argv[1]):
    count += 1
    for value in row.values():
        size += len(value) if isinstance(value, str) else len(json.dumps(value))
print(f"{count} rows, {size} bytes")
"""

DUCKDB = """
import duckdb, sys
read = "read_parquet" if sys.argv[1].endswith("parquet") else "read_json"
con = duckdb.connect()
con.sql("SET enable_progress_bar = false")
names = [row[0] for row in con.sql(f"DESCRIBE SELECT * FROM {read}('{sys.argv[1]}')").fetchall()]
size = " + ".join(f'coalesce(sum(length("{name}"::VARCHAR)), 0)' for name in names)
print("%d rows, %d bytes" % con.sql(f"SELECT count(*), {size} FROM {read}('{sys.argv[1]}')").fetchone())
"""


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bench/bin")
    parser.add_argument("--python", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=1)
    return parser.parse_args()


def rival():
    venv = ROOT / "build/rivals-records"
    python = venv / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "duckdb==1.5.6"], check=True)
    return python


def nested(row):
    """A record as clouds write it: who and what are objects of their own."""
    return {"eventTime": row["Search Time"], "eventVersion": "1.11",
            "userIdentity": {"type": "User", "userName": row["Name"], "org": {"name": row["Org Name"]}},
            "requestParameters": {"plate": row["License Plate"], "timeFrame": row["Time Frame"],
                                  "networks": row["Total Networks Searched"],
                                  "devices": row["Total Devices Searched"]},
            "reason": row["Reason"], "case": row["Case #"], "filters": row["Filters"],
            "eventName": row["Search Type"]}


def logs(args):
    """The files, made once: {form: path}."""
    folder = ROOT / f"build/bench-records/{args.rows}"
    made = {"NDJSON": folder / "log.ndjson", "JSON, one array": folder / "log.json",
            "Parquet": folder / "log.parquet"}
    if made["Parquet"].exists():
        return made
    subprocess.run([args.bin / "onus-makelogs", "--rows", str(args.rows), "-o", folder], check=True,
                   stdout=subprocess.DEVNULL)
    source = folder / "network-audit-11.csv"
    with source.open(newline="", encoding="utf-8") as file, made["NDJSON"].open("w") as lines, \
            made["JSON, one array"].open("w") as array:
        for number, row in enumerate(csv.DictReader(file)):
            text = json.dumps(nested(row), separators=(",", ":"))
            lines.write(text + "\n")
            array.write(("," if number else "[") + text)
        array.write("]\n")
    subprocess.run([args.bin / "onus-makeparquet", made["Parquet"],
                    "SELECT * FROM read_csv('{dir}/network-audit-11.csv', all_varchar = true)"], check=True)
    return made


def compare(args, python, form, file):
    commands = {"onus": [args.bin / "table-cells", file],
                "Python json": [python, "-c", PYTHON_JSON, file],
                "DuckDB": [python, "-c", DUCKDB, file]}
    if form == "Parquet":
        del commands["Python json"]
    results = {name: [] for name in commands}
    for _ in range(args.runs):
        for name, command in commands.items():
            results[name].append(measure(command))
    rows = {each[2].split(" rows")[0] for runs in results.values() for each in runs}
    print(f"\n{form}, {file.stat().st_size / 1e6:.0f} MB, rows counted: {' / '.join(sorted(rows))}; "
          f"medians of {args.runs} run(s) in turns\n")
    print("| | processor s | onus is faster by | peak MiB |\n|---|---:|---:|---:|")
    own = statistics.median(run[0] for run in results["onus"])
    for name, runs in results.items():
        seconds = statistics.median(run[0] for run in runs)
        print(f"| {name} | {seconds:.2f} | {seconds / own:.1f} | {max(r[1] for r in runs):.0f} |")


def main():
    args = parse()
    python = args.python or rival()
    for form, file in logs(args).items():
        compare(args, python, form, file)


if __name__ == "__main__":
    main()
