# SPDX-License-Identifier: Apache-2.0
"""The made-up logs of three systems, packed as these deliver them."""
import csv
import gzip
import json
import pathlib

made, out = pathlib.Path("made"), pathlib.Path("delivered")
out.mkdir()

records = json.loads((made / "cloudtrail.json").read_text())["Records"]
for hour, begin in enumerate(range(0, len(records), 20)):
    text = json.dumps({"Records": records[begin:begin + 20]}, separators=(",", ":"))
    name = f"123456789012_CloudTrail_us-east-1_20260302T{hour:02}00Z_{hour}aExample.json.gz"
    (out / name).write_bytes(gzip.compress(text.encode(), mtime=0))

events = [json.loads(line) for line in (made / "audit-events.ndjson").read_text().splitlines()]
for page, begin in enumerate(range(0, len(events), 30), 1):
    entries = [{"fullUrl": f"https://ehr.example.org/AuditEvent/{begin + i}", "resource": event,
                "search": {"mode": "match"}} for i, event in enumerate(events[begin:begin + 30])]
    bundle = {"resourceType": "Bundle", "type": "searchset", "total": len(events),
              "link": [{"relation": "self", "url": "https://ehr.example.org/AuditEvent"}],
              "entry": entries}
    (out / f"bundle-{page}.json").write_text(json.dumps(bundle, indent=2))

with (made / "access_history.csv").open(newline="") as file:
    rows = list(csv.DictReader(file))
for row in rows:
    for name in ("DIRECT_OBJECTS_ACCESSED", "BASE_OBJECTS_ACCESSED", "OBJECTS_MODIFIED"):
        row[name] = json.loads(row[name] or "[]")
    for name in ("PARENT_QUERY_ID", "ROOT_QUERY_ID"):
        row[name] = row[name] or None
(out / "access_history.json").write_text("".join(json.dumps(row) + "\n" for row in rows))
