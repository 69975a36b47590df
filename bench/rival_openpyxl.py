# SPDX-License-Identifier: Apache-2.0
"""Reads the first sheet with openpyxl's read-only mode and counts what is in it."""
import sys

from openpyxl import load_workbook

rows = cells = 0
for row in load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True):
    rows += 1
    cells += sum(cell is not None for cell in row)
print(f"{rows} rows, {cells} cells")
