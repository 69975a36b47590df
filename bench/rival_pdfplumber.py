# SPDX-License-Identifier: Apache-2.0
"""pdfplumber reads the table of a printed log and writes it as CSV.

usage: rival_pdfplumber.py LOG.pdf OUT.csv

The columns are told to it, as lines where the labels of the header begin (found once, on the first
page); rows are its own strategy `text`, which makes a row of each line of words. A script that joins those
lines again would be a table reader of its own, and is not what the library gives.
"""
import csv
import sys

import pdfplumber


def label_starts(page):
    words = page.extract_words(use_text_flow=False)
    heights = {}
    for word in words:
        heights.setdefault(round(word["top"]), []).append(word)
    best = max(heights.values(), key=lambda line: len(line) if not any(c.isdigit() for w in line for c in w["text"]) else 0)
    best.sort(key=lambda word: word["x0"])
    starts = [best[0]["x0"]]
    for one, two in zip(best, best[1:]):
        if two["x0"] - one["x1"] > 0.5 * (one["bottom"] - one["top"]):
            starts.append(two["x0"])
    return starts


def main(path, out):
    with pdfplumber.open(path) as pdf, open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        lines = None
        for page in pdf.pages:
            if lines is None:
                lines = [x - 1 for x in label_starts(page)] + [page.width]
            table = page.extract_table({"vertical_strategy": "explicit", "explicit_vertical_lines": lines,
                                        "horizontal_strategy": "text"})
            for row in table or []:
                writer.writerow([cell or "" for cell in row])
            page.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
