# SPDX-License-Identifier: Apache-2.0
"""The yardstick: DuckDB alone takes a log into a table as texts and writes it as Parquet.

usage: rival_load.py LOG.csv FOLDER
"""
import pathlib
import sys

import duckdb


def main(log, folder):
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    database = duckdb.connect()
    database.execute("CREATE TABLE log AS SELECT * FROM read_csv(?, all_varchar = true, header = true)", [log])
    database.execute(f"COPY log TO '{out / 'log.parquet'}' (FORMAT parquet)")
    print(database.execute("SELECT count(*) FROM log").fetchone()[0], "rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
