# SPDX-License-Identifier: Apache-2.0
"""More files for the folder: packed, in a zip, cut off, with a turned byte, and a hundred thousand types deep."""
import gzip
import pathlib
import struct
import zipfile

logs = pathlib.Path("logs")
good = (logs / "register.parquet").read_bytes()
(logs / "packed.parquet.gz").write_bytes(gzip.compress(good, mtime=0))
with zipfile.ZipFile(logs / "release.zip", "w") as archive:
    archive.writestr(zipfile.ZipInfo("inner/register.parquet"), good)
(logs / "cut.parquet").write_bytes(good[:-100])
turned = bytearray(good)
turned[4:40] = bytes(36)
(logs / "turned.parquet").write_bytes(turned)


def varint(number):
    out = b""
    while number > 0x7F:
        out, number = out + bytes([number & 0x7F | 0x80]), number >> 7
    return out + bytes([number])


group = b"\x35\0\x18\x01a\x15\x02\0"
leaf = b"\x15\x02\x25\0\x18\x01a\0"
footer = b"\x15\x02\x19\xFC" + varint(100_001) + group * 100_000 + leaf + b"\x16\0\x19\x0C\0"
(logs / "deep.parquet").write_bytes(b"PAR1" + footer + struct.pack("<I", len(footer)) + b"PAR1")
