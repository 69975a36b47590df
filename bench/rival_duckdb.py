# SPDX-License-Identifier: Apache-2.0
"""The same reading of reasons, written as plain SQL: one regexp_matches per class, in DuckDB.

usage: rival_duckdb.py LOG.csv FOLDER
"""
import pathlib
import sys

import duckdb

TIME = "strptime(\"Search Time\", '%m/%d/%Y, %I:%M:%S %p UTC')"


def classes():
    lines = (pathlib.Path(__file__).parent / "classes.tsv").read_text().splitlines()
    return [line.split("\t", 1) for line in lines]


def main(log, folder):
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    database = duckdb.connect()
    matches = ",\n".join(
        f"regexp_matches(stated, '{pattern}') AS {name}" for name, pattern in classes())
    database.execute(
        f"""CREATE TABLE log AS
            SELECT *, {matches}
            FROM (SELECT *, {TIME} AS searched_at, lower(coalesce("Reason", '')) AS stated
                  FROM read_csv(?, all_varchar = true, header = true))""", [log])
    sums = ", ".join(f"sum({name}::INTEGER) AS {name}" for name, _ in classes())
    for name, key in (("months", "strftime(searched_at, '%Y-%m')"), ("agencies", '"Org Name"'),
                      ("hours", "hour(searched_at)")):
        database.execute(f"""COPY (SELECT {key} AS key, count(*) AS searches, {sums}
                             FROM log GROUP BY key ORDER BY key) TO '{out / name}.csv'""")
    database.execute(f"COPY log TO '{out / 'log.parquet'}' (FORMAT parquet)")
    print(database.execute("SELECT count(*) FROM log").fetchone()[0], "rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
