#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Spark's answers against those on which DuckDB, the native walk and the slow reading agreed.
#   agree_spark.py batches DIR          batches that the test Agreement left in DIR
#   agree_spark.py packs ONUS WORK      the shipped packs over a sample log, both dialects of `onus rules sql`
# Each batch runs under one of several sessions: no setting of a session may change an answer.
import collections
import glob
import os
import subprocess
import sys

from pyspark.sql import SparkSession

SESSIONS = [
    {"spark.sql.session.timeZone": "UTC"},
    {"spark.sql.session.timeZone": "Pacific/Apia", "spark.sql.ansi.enabled": "true"},
    {"spark.sql.parser.escapedStringLiterals": "true", "spark.sql.caseSensitive": "true"},
    {"spark.sql.codegen.wholeStage": "false", "spark.sql.timestampType": "TIMESTAMP_NTZ"},
]
DEFAULTS = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "false",
            "spark.sql.parser.escapedStringLiterals": "false", "spark.sql.caseSensitive": "false",
            "spark.sql.codegen.wholeStage": "true", "spark.sql.timestampType": "TIMESTAMP_LTZ"}
SAID = {None: "N", True: "T", False: "F"}


def start():
    spark = (SparkSession.builder.master("local[2]").appName("onus").config("spark.ui.enabled", "false")
             .config("spark.sql.shuffle.partitions", "2").config("spark.driver.memory", "3g").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def compare(spark, stem, session, seen):
    for key, value in {**DEFAULTS, **session}.items():
        spark.conf.set(key, value)
    with open(stem + ".tsv", encoding="utf-8") as file:
        pairs = [line.rstrip("\n").split("\t", 1) for line in file]
    spark.read.parquet(stem + ".parquet").createOrReplaceTempView("random_rows")
    columns = ", ".join(f"{condition} AS c{i}" for i, (_, condition) in enumerate(pairs))
    rows = spark.sql(f"SELECT n, {columns} FROM random_rows").collect()
    rows.sort(key=lambda row: row["n"])
    for i, (wanted, condition) in enumerate(pairs):
        got = "".join(SAID[row[f"c{i}"]] for row in rows)
        if got != wanted:
            at = next(k for k in range(len(wanted)) if got[k] != wanted[k])
            sys.exit(f"{stem}: row {at} gives {got[at]}, not {wanted[at]}, under {session}\n{condition}")
        seen.update(got)


def known_differences(spark):
    """What Spark does otherwise, and why texts are printed as bytes. If one of these goes, say so in the docs."""
    for key, value in DEFAULTS.items():
        spark.conf.set(key, value)
    one = lambda query: spark.sql(query).collect()[0][0]
    if one(r"SELECT '\n' = CAST(X'5C6E' AS STRING)") or one("SELECT '${x}'") != "":
        sys.exit("Spark reads quoted texts as they stand now")
    far = "SELECT (b - a) DIV INTERVAL '1' DAY FROM (SELECT TIMESTAMP_NTZ '-290000-01-01 00:00:00' AS a, " \
          "TIMESTAMP_NTZ '+290000-01-01 00:00:00' AS b)"
    try:
        sys.exit(f"moments 580,000 years apart have a distance now: {one(far)}")
    except Exception as error:  # DuckDB and the native walk give it
        if "overflow" not in str(error):
            raise


def batches(directory):
    spark = start()
    known_differences(spark)
    seen = collections.Counter()
    stems = sorted(path[:-4] for path in glob.glob(os.path.join(directory, "*.tsv")))
    for k, stem in enumerate(stems):
        compare(spark, stem, SESSIONS[k % len(SESSIONS)], seen)
    if not stems or min(seen.values()) * 10 < sum(seen.values()) or len(seen) < 3:
        sys.exit(f"too little was compared: {dict(seen)}")
    print(f"Spark {spark.version} agrees: {sum(seen.values())} pairs, {seen['F']} false, {seen['T']} true, "
          f"{seen['N']} unknown; {len(stems)} batches under {len(SESSIONS)} sessions")


def judged_by_duckdb(onus, work, query):
    """The other dialect over the same Parquet file, and what the audit itself recorded."""
    import duckdb
    db = duckdb.connect()
    db.execute(f"CREATE VIEW facts AS FROM '{work}/facts.parquet'")
    cursor = db.execute(query)
    names = [column[0] for column in cursor.description]
    return names, {row[0]: row[1:] for row in cursor.fetchall()}


def packs(onus, work):
    run = lambda *args: subprocess.run([onus, *args], check=True, capture_output=True, text=True).stdout
    run("rules", "facts", "--case", f"{work}/case", "-o", f"{work}/facts.parquet")
    names, wanted = judged_by_duckdb(onus, work, run("rules", "sql", "--dialect", "duckdb"))
    spark = start()
    spark.read.parquet(f"{work}/facts.parquet").createOrReplaceTempView("facts")
    frame = spark.sql(run("rules", "sql", "--dialect", "spark"))
    if frame.columns != names:
        sys.exit("the two queries have other columns")
    rows = frame.collect()
    seen = collections.Counter()
    for row in rows:
        if tuple(row)[1:] != wanted[row["access_id"]]:
            bad = [n for n, a, b in zip(names[1:], tuple(row)[1:], wanted[row["access_id"]]) if a != b]
            sys.exit(f"access {row['access_id']}: Spark and DuckDB differ on {bad}")
        seen.update(text.split(":")[0] for text in tuple(row)[2:])
    if len(rows) != len(wanted) or len(seen) < 4:
        sys.exit(f"too little was compared: {dict(seen)}")
    print(f"Spark and DuckDB judge {len(rows)} accesses by {len(names) - 2} rules alike: {dict(seen)}")


if __name__ == "__main__":
    packs(*sys.argv[2:]) if sys.argv[1] == "packs" else batches(sys.argv[2])
