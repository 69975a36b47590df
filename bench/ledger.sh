#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bench/ledger.sh [entries] [writers] [rounds]: onus ledger serve beside Tessera's POSIX server, both under
# Tessera's own load tool with entries of 300 bytes, in turns. Needs Go 1.25 and the Go module proxy.
# Prints for each: entries a second, processor seconds of server and load tool, bytes on disk. Tessera
# answers after at most a second (batches of 256, its server's own setting): give it many writers.
set -euo pipefail
cd "$(dirname "$0")/.."

goal=${1:-50000} writers=${2:-256} rounds=${3:-3}
onus=${ONUS_BENCH_BIN:-build/release/bin}/onus
verify=${ONUS_BENCH_BIN:-build/release/bin}/onus-verify
tools=${ONUS_TESSERA_BIN:-$PWD/build/tessera}
version=v1.0.4

if [ ! -x "$tools/hammer" ]; then
  echo "bench: building Tessera $version in $tools" >&2
  mkdir -p "$tools"
  GOBIN=$tools go install github.com/transparency-dev/tessera/cmd/conformance/posix@$version
  GOBIN=$tools go install github.com/transparency-dev/tessera/cmd/fsck@$version
  source=$(go mod download -json github.com/transparency-dev/tessera@$version | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  work=$(mktemp -d) && cp -r "$source/." "$work" && chmod -R u+w "$work"
  (cd "$work" && go build -o "$tools/hammer" ./internal/hammer)
  rm -rf "$work"
fi

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
cpu() { awk '{print ($14 + $15) / 100}' "/proc/$1/stat"; }  # processor seconds so far

start_onus() {
  "$onus" ledger init "$work/onus" --origin bench.example/onus >/dev/null
  "$onus" ledger checkpoint "$work/onus" --json | sed -n 's/ *"vkey": "\(.*\)",*/\1/p' >"$work/key"
  "$onus" ledger serve "$work/onus" --in-clear --port 8481 --checkpoint-ms "${ONUS_CHECKPOINT_MS:-1000}" >"$work/onus.out" &
  server=$!
  url=http://127.0.0.1:8481 dir=$work/onus
}
start_tessera() {  # the key of its own `posix` test server is made by onus: the same format
  "$onus" ledger init "$work/keys" --origin bench.example/tessera >/dev/null
  "$onus" ledger checkpoint "$work/keys" --json | sed -n 's/ *"vkey": "\(.*\)",*/\1/p' >"$work/key"
  mkdir "$work/tessera"
  "$tools/posix" --storage_dir="$work/tessera" --listen=127.0.0.1:8482 --private_key="$work/keys/key" >"$work/tessera.out" 2>&1 &
  server=$!
  url=http://127.0.0.1:8482 dir=$work/tessera
}

one() {  # one NAME
  rm -rf "$work"/*
  "start_$1"
  sleep 2
  local before after load
  before=$(date +%s.%N)
  TIMEFORMAT='%U %S'
  load=$({ time "$tools/hammer" --log_url="$url/" --write_log_url="$url/" --log_public_key="$(cat "$work/key")" --show_ui=false \
    --num_writers="$writers" --max_write_ops=${ONUS_BENCH_RATE:-40000} --leaf_write_goal="$goal" --leaf_min_size=300 --dup_chance=0 \
    --num_readers_full=1 --num_readers_random=1 --max_read_ops=20 --max_runtime=300s >"$work/hammer.out" 2>&1; } 2>&1) || true
  after=$(date +%s.%N)
  grep -q "FATAL\|[Mm]ismatch\|invalid proof" "$work/hammer.out" && { tail -5 "$work/hammer.out" >&2; exit 1; }
  local used size bytes
  used=$(cpu "$server")
  kill "$server" && wait "$server" 2>/dev/null || true
  server=
  size=$(sed -n 2p "$dir/checkpoint")
  [ "$1" = tessera ] || "$verify" folder "$dir" --log "$(cat "$work/key")" >/dev/null
  bytes=$(du -s --apparent-size -B1 "$dir" | cut -f1)
  awk -v n="$1" -v size="$size" -v t="$(echo "$after - $before" | bc)" -v cpu="$used" -v load="$load" -v bytes="$bytes" 'BEGIN {
    split(load, l, " "); printf "%-8s %8d entries %7.1f s %8.0f /s  server cpu %6.1f s  load tool cpu %6.1f s  %4.2f bytes per content byte\n",
    n, size, t, size / t, cpu, l[1] + l[2], bytes / (size * 304) }'  # it writes 304 bytes when asked for 300
}

for ((round = 0; round < rounds; ++round)); do
  one onus
  one tessera
done
