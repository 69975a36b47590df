# SPDX-License-Identifier: Apache-2.0
"""The kind of script that newsrooms and volunteers run over such logs, in pandas.

usage: rival_pandas.py LOG.csv FOLDER
"""
import pathlib
import sys
import warnings

import pandas

warnings.filterwarnings("ignore", "This pattern is interpreted as a regular expression")


def classes():
    lines = (pathlib.Path(__file__).parent / "classes.tsv").read_text().splitlines()
    return [line.split("\t", 1) for line in lines]


def main(log, folder):
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    frame = pandas.read_csv(log, dtype=str, keep_default_na=False)
    frame["at"] = pandas.to_datetime(frame["Search Time"], format="%m/%d/%Y, %I:%M:%S %p UTC")
    names = []
    for name, pattern in classes():
        frame[name] = frame["Reason"].str.contains(pattern, case=False, regex=True)
        names.append(name)
    for name, key in (("months", frame["at"].dt.strftime("%Y-%m")), ("agencies", frame["Org Name"]),
                      ("hours", frame["at"].dt.hour)):
        table = frame.groupby(key)[names].sum()
        table.insert(0, "searches", frame.groupby(key).size())
        table.to_csv(out / f"{name}.csv")
    frame[frame["immigration"]].to_csv(out / "immigration.csv", index=False)
    print(len(frame), "rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
