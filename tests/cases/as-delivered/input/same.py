# SPDX-License-Identifier: Apache-2.0
"""By profile: the rows that were lookups, whatever files they came in."""
import collections
import json
import pathlib
import sys


def counts(folder):
    run = json.loads((pathlib.Path(folder) / "run.json").read_text())
    out = collections.defaultdict(lambda: [0, 0])
    for file in run["files"]:
        out[file["profile"]][0] += file["sightings"]
        out[file["profile"]][1] += file["rejects"]
    return out, {key: run[key] for key in run if key in ("lookups", "agencies")}


made, delivered = counts(sys.argv[1]), counts(sys.argv[2])
for profile, (sightings, rejects) in sorted(made[0].items()):
    same = delivered[0][profile] == [sightings, rejects]
    print(profile, sightings, rejects, "the same" if same else f"but {delivered[0][profile]}")
