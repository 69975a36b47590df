# SPDX-License-Identifier: Apache-2.0
"""Holds the report on workbooks against the one on the same logs in CSV."""
import csv
import json
import pathlib
import sys

COUNTS = ("rows", "sightings", "rejects", "headers", "blanks")


def plain(name):
    return name.removesuffix(" [Sheet 1: Audit]").removesuffix(".xlsx").removesuffix(".csv")


def files(report):
    found = json.loads((report / "run.json").read_text())["files"]
    return {plain(f["file"]): [f[k] for k in COUNTS] for f in found}


def findings(report):
    with open(report / "findings.csv", newline="") as file:
        return sorted((plain(r["file"]), int(r["row"]), r["rule"], r["outcome"])
                      for r in csv.DictReader(file))


one, other = map(pathlib.Path, sys.argv[1:])
assert files(one) == files(other), (files(one), files(other))
print(f"{len(files(one))} files, {sum(f[0] for f in files(one).values())} rows, the same in both")
assert findings(one) == findings(other), set(findings(one)) ^ set(findings(other))
print("findings: the same in both, row by row" if findings(one) else "no findings")
