# SPDX-License-Identifier: Apache-2.0
"""A release as it comes: two logs and a folder in a zip, one of them damaged, a .gz, NDJSON, a bomb."""
import gzip
import io
import json
import pathlib
import zipfile

HEADER = "Looked up at,Clerk,Tag,Purpose\n"


def log(day):
    return HEADER + "".join(f"2026-03-{day:02}T08:00:{i:02}Z,Clerk {i % 3},7ABC{day:02}{i},renewal\n" for i in range(20))


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


logs = pathlib.Path("logs")
logs.mkdir()
release = bytearray(zipped([("a.csv", log(1)), ("more/b.csv", log(2)), ("more/cut.csv", log(3)),
                            ("in.zip", zipped([("c.csv", log(4))])), ("read me.docx", "?")]))
at = release.find(b"more/cut.csv") + len("more/cut.csv") + 10
release[at:at + 8] = b"\0" * 8
(logs / "release.zip").write_bytes(release)
(logs / "d.csv.gz").write_bytes(gzip.compress(log(5).encode(), mtime=0))
(logs / "a copy.csv").write_text(log(1))
lines = [dict(zip(HEADER.strip().split(","), row.split(","))) for row in log(6).splitlines()[1:]]
(logs / "e.ndjson").write_text("".join(json.dumps(line) + "\n" for line in lines))
(logs / "bomb.zip").write_bytes(zipped([("bomb.csv", b"0" * (100 << 20))]))
