# Each file's counts and notes, from run.json.
import json
import sys

for report in sys.argv[1:]:
    with open(f"{report}/run.json", encoding="utf-8") as file:
        run = json.load(file)
    print(report)
    for one in run["files"]:
        counts = " ".join(f"{one[key]} {key}" for key in ("rows", "sightings", "rejects", "headers", "blanks"))
        print(f"  {one['file']}: {one['profile']}, {counts}, {'adds up' if one['adds_up'] else 'DOES NOT ADD UP'}")
        for note in one["notes"]:
            print(f"    {note}")
