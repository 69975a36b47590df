# SPDX-License-Identifier: Apache-2.0
"""Holds a report against the truth that the log maker wrote beside its logs."""
import csv
import json
import pathlib
import sys

logs, report = map(pathlib.Path, sys.argv[1:])
truth = {f["file"]: f for f in json.loads((logs / "truth.json").read_text())["files"]}
found = {f["file"]: f for f in json.loads((report / "run.json").read_text())["files"]}
assert set(truth) == set(found), set(truth) ^ set(found)
sightings = 0
for name, want in sorted(truth.items()):
    got = found[name]
    sightings += got["sightings"]
    kinds = [got[k] for k in ("sightings", "rejects", "headers", "blanks")]
    assert got["rows"] == want["rows"] == sum(kinds), (name, got)
    # A damaged row may be read or rejected, but it is one of the two.
    low = [want[k] for k in ("sighting", "reject", "header", "blank")]
    assert kinds[2:] == low[2:], (name, kinds, low)
    assert 0 <= kinds[0] - low[0] <= want["damaged"], (name, kinds, low)
print(f"{logs}: {len(truth)} files, {sum(f['rows'] for f in truth.values())} rows accounted for")

flagged = set()
with open(report / "findings.csv", newline="") as file:
    for row in csv.DictReader(file):
        if row["rule"] == "us-il-2-130-b" and row["outcome"] == "breach":
            flagged.add((row["file"], row["row"]))
planted, possible = set(), set()
with open(logs / "truth.csv", newline="") as file:
    for row in csv.DictReader(file):
        if "il-2-130-b=breach" in row["expected"] and row["owner_state"] == "IL":
            planted.add((row["file"], row["row"]))
        if row["topic"] in ("immigration", "reproductive_health"):
            possible.add((row["file"], row["row"]))
print(f"{logs}: {len(planted)} planted breaches, {len(planted & flagged)} found, "
      f"{len(flagged - possible)} found where the reason names no such topic")
