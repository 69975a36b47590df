# SPDX-License-Identifier: Apache-2.0
"""The same logs, once as they were made and once as Parquet, give the same lookups."""
import csv
import json
import pathlib
import sys


def read(folder):
    run = json.loads((pathlib.Path(folder) / "run.json").read_text())
    return {file["profile"]: (file["sightings"], file["rejects"]) for file in run["files"]}, run


made, made_run = read(sys.argv[1])
parquet, parquet_run = read(sys.argv[2])
for profile, counts in sorted(made.items()):
    print(profile, *counts, "the same" if parquet[profile] == counts else f"but {parquet[profile]}")


def findings(folder):
    path = pathlib.Path(folder) / "findings.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    place = {"file", "sha256_prefix", "row", "line", "byte_offset", "byte_length", "page", "lookup_id"}
    return sorted(tuple(sorted((k, v) for k, v in row.items() if k not in place)) for row in rows)


a, b = findings(sys.argv[1]), findings(sys.argv[2])
print(len(a), "findings,", "the same" if a == b else "others")
