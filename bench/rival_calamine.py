# SPDX-License-Identifier: Apache-2.0
"""Reads the first sheet with python-calamine and counts what is in it."""
import sys

from python_calamine import CalamineWorkbook

sheet = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)
rows = cells = 0
for row in sheet.iter_rows():
    rows += 1
    cells += sum(cell != "" for cell in row)
print(f"{rows} rows, {cells} cells")
