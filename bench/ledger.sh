#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bench/ledger.sh [all|rate|latency|verify]: onus ledger serve beside Tessera's POSIX server, in turns. Needs Go 1.25 and the
# Go module proxy, and build/release/bin (or ONUS_BENCH_BIN) with onus and onus-verify.
#   rate     both under Tessera's own load tool, entries of 300 bytes: first with checkpoints each second and, for Tessera, batches
#            of 256 or a second (its server's own), then each at its default (onus: 200 ms; Tessera: 256 or 250 ms, 10 s)
#   latency  one client, low load: acknowledgement, and when a published checkpoint covers an entry
#   verify   a log of ten million entries, written by append and proven by onus-verify
# Settings: SECONDS_EACH (40), WRITERS (2000), ROUNDS (3), ENTRIES (10000000), WHERE (a folder on the disk in question).
set -euo pipefail
cd "$(dirname "$0")/.."

what=${1:-all} seconds=${SECONDS_EACH:-40} writers=${WRITERS:-2000} rounds=${ROUNDS:-3} entries=${ENTRIES:-10000000}
onus=${ONUS_BENCH_BIN:-build/release/bin}/onus
verify=${ONUS_BENCH_BIN:-build/release/bin}/onus-verify
tools=${ONUS_TESSERA_BIN:-$PWD/build/tessera}
version=v1.0.4

if [ "$what" != verify ] && [ ! -x "$tools/posix-default" ]; then
  echo "bench: building Tessera $version in $tools" >&2
  mkdir -p "$tools"
  GOBIN=$tools go install github.com/transparency-dev/tessera/cmd/conformance/posix@$version
  GOBIN=$tools go install github.com/transparency-dev/tessera/cmd/fsck@$version
  source=$(go mod download -json github.com/transparency-dev/tessera@$version | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  work=$(mktemp -d) && cp -r "$source/." "$work" && chmod -R u+w "$work"
  (cd "$work" && go build -o "$tools/hammer" ./internal/hammer)
  sed -i '/WithCheckpointInterval(time.Second)/d; /WithBatching(256, time.Second)/d' "$work/cmd/conformance/posix/main.go"
  (cd "$work" && go build -o "$tools/posix-default" ./cmd/conformance/posix)
  rm -rf "$work"
fi

work=$(mktemp -d -p "${WHERE:-${TMPDIR:-/tmp}}")
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
cpu() { awk '{print ($14 + $15) / 100}' "/proc/$1/stat"; }  # processor seconds so far
vkey() { "$onus" ledger checkpoint "$1" --json | sed -n 's/ *"vkey": "\(.*\)",*/\1/p'; }

start() {  # start onus|tessera same|default
  rm -rf "${work:?}"/*
  if [ "$1" = onus ]; then
    "$onus" ledger init "$work/log" --origin bench.example/onus >/dev/null
    vkey "$work/log" >"$work/key"
    local ms=200; [ "$2" = default ] || ms=1000
    "$onus" ledger serve "$work/log" --in-clear --port 8481 --checkpoint-ms "$ms" >"$work/out" &
    address=127.0.0.1:8481
  else  # the key of its server is made by onus: the same format
    "$onus" ledger init "$work/keys" --origin bench.example/tessera >/dev/null
    vkey "$work/keys" >"$work/key"
    mkdir "$work/log"
    local program=$tools/posix-default; [ "$2" = default ] || program=$tools/posix
    "$program" --storage_dir="$work/log" --listen=127.0.0.1:8482 --private_key="$work/keys/key" >"$work/out" 2>&1 &
    address=127.0.0.1:8482
  fi
  server=$!
  sleep 2
}
stop() { kill "$server" && wait "$server" 2>/dev/null || true; server=; }

rate() {  # rate onus|tessera same|default
  start "$1" "$2"
  local before after load used size bytes
  before=$(date +%s.%N)
  TIMEFORMAT='%U %S'
  load=$({ time "$tools/hammer" --log_url="http://$address/" --write_log_url="http://$address/" --log_public_key="$(cat "$work/key")" \
    --show_ui=false --num_writers="$writers" --max_write_ops=40000 --leaf_min_size=300 --dup_chance=0 \
    --num_readers_full=1 --num_readers_random=1 --max_read_ops=20 --max_runtime="${seconds}s" >"$work/hammer.out" 2>&1; } 2>&1) || true
  after=$(date +%s.%N)
  grep -q "FATAL\|[Mm]ismatch\|invalid proof" "$work/hammer.out" && { tail -5 "$work/hammer.out" >&2; exit 1; }
  used=$(cpu "$server")
  stop
  size=$(sed -n 2p "$work/log/checkpoint")
  [ "$1" = tessera ] || "$verify" folder "$work/log" --log "$(cat "$work/key")" >/dev/null
  bytes=$(du -s --apparent-size -B1 "$work/log" | cut -f1)
  awk -v n="$1 $2" -v size="$size" -v t="$(echo "$after - $before" | bc)" -v cpu="$used" -v load="$load" -v bytes="$bytes" 'BEGIN {
    split(load, l, " "); printf "%-16s %8d entries %6.1f s %7.0f /s  server %5.1f us/entry  load tool %5.1f us/entry  %4.2f bytes per content byte\n",
    n, size, t, size / t, 1e6 * cpu / size, 1e6 * (l[1] + l[2]) / size, bytes / (size * 304) }'  # it writes 304 bytes when asked for 300
}

rates() {
  for ((round = 0; round < rounds; ++round)); do
    for settings in same default; do
      rate onus $settings
      rate tessera $settings
    done
  done
}
latencies() {
  for settings in same default; do
    for name in onus tessera; do
      start $name $settings
      python3 bench/ledger_latency.py "$name $settings" "$address" "${LATENCY_SECONDS:-30}"
      stop
    done
  done
}
verifying() {
  rm -rf "${work:?}"/*
  "$onus" ledger init "$work/log" --origin bench.example/verify >/dev/null
  TIMEFORMAT="append   $entries entries: %R s, processor %U + %S s"
  time awk -v n="$entries" 'BEGIN { pad = sprintf("%290s", ""); for (i = 0; i < n; ++i) printf "%010d%s\n", i, pad }' |
    "$onus" ledger append "$work/log" --in-clear >/dev/null
  du -s --apparent-size -B1 "$work/log" | awk -v n="$entries" '{ printf "disk     %.3f bytes per content byte\n", $1 / (300 * n) }'
  TIMEFORMAT="verify   $entries entries: %R s, processor %U + %S s (awk is in the line of append)"
  time "$verify" folder "$work/log" --log "$(vkey "$work/log")" >/dev/null
}

python3 bench/ledger_flush.py "$work"
[ "$what" != all ] && [ "$what" != latency ] || latencies
[ "$what" != all ] && [ "$what" != rate ] || rates
[ "$what" != all ] && [ "$what" != verify ] || verifying
