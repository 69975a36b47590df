#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bench/run.sh [rows] [runs]: whole processes over one made-up log, onus beside its rivals; the
# table in Markdown on standard output. Default: 10 million rows (1.7 GB), 3 runs of each.
# What was built with the preset `bench` is measured; ONUS_BENCH_BIN names another folder.
set -euo pipefail
cd "$(dirname "$0")/.."

rows=${1:-${ONUS_BENCH_ROWS:-10000000}}
runs=${2:-${ONUS_BENCH_RUNS:-3}}
bin=${ONUS_BENCH_BIN:-build/bench/bin}
venv=build/rivals
logs=build/bench-logs/$rows

if [ ! -e $venv/bin/python ]; then
  echo "bench: setting up the rivals in $venv" >&2
  python3 -m venv $venv
  $venv/bin/pip install --quiet pandas==3.1.1 duckdb==1.5.6 >&2
fi
if [ ! -e "$logs/truth.json" ]; then
  echo "bench: writing $rows rows" >&2
  "$bin/onus-makelogs" --rows "$rows" -o "$logs" >&2
fi
python3 bench/run.py --bin "$bin" --python $venv/bin/python --log "$logs/network-audit-11.csv" \
  --rows "$rows" --runs "$runs"
echo; echo "Seconds of one more audit, step by step:"
report=$(mktemp -d) && trap 'rm -rf "$report"' EXIT
python3 bench/stages.py "$bin/onus" "$logs" "$report"
