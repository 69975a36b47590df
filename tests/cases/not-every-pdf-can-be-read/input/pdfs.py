# SPDX-License-Identifier: Apache-2.0
"""A PDF of one page without text, as of a scan, and the same cut off in the middle."""
import pathlib

OBJECTS = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
           "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"]

pdf = b"%PDF-1.4\n"
places = []
for number, body in enumerate(OBJECTS, 1):
    places.append(len(pdf))
    pdf += f"{number} 0 obj\n{body}\nendobj\n".encode()
table = len(pdf)
pdf += f"xref\n0 {len(OBJECTS) + 1}\n0000000000 65535 f \n".encode()
pdf += b"".join(b"%010d 00000 n \n" % place for place in places)
pdf += f"trailer\n<< /Size {len(OBJECTS) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
pathlib.Path("logs/scanned.pdf").write_bytes(pdf)
pathlib.Path("logs/cut.pdf").write_bytes(pdf[:30])
