# SPDX-License-Identifier: Apache-2.0
"""Holds a report against the truth of `onus-makelogs --systems`."""
import csv
import json
import pathlib
import sys

with open(sys.argv[1], newline="") as file:
    truth = {row["file"]: row for row in csv.DictReader(file)}
run = json.loads((pathlib.Path(sys.argv[2]) / "run.json").read_text())
found = {row["file"]: row for row in run["files"]}
assert set(truth) == set(found), set(truth) ^ set(found)
for name, want in truth.items():
    got = found[name]
    assert got["profile"] == want["profile"], (name, got["profile"])
    for key in ("rows", "rejects", "headers"):
        assert got[key] == int(want[key]), (name, key, got[key], want[key])
    acts = sum(int(want[key]) for key in ("searches", "derived", "administrative"))
    assert got["sightings"] == acts, (name, got["sightings"], acts)
print(f"{len(truth)} systems, {sum(int(t['rows']) for t in truth.values())} rows accounted for")
