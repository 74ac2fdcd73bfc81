#!/usr/bin/env bash
# What a service answers a second on one processor, beside what the library predicts on it alone; and latencies at half that load.
# Usage: benchmarks/serving.sh MODEL TEXTS [ROUNDS [SECONDS]]: TEXTS are JSON Lines with a text each. Needs wrk and jq, and two processors:
# the service has the first, wrk the second.
set -euo pipefail
model=$(realpath "$1") texts=$(realpath "$2") rounds=${3:-3} seconds=${4:-10}
cd "$(dirname "$0")"
dotnet build -c Release LightDxml.Benchmarks -v q -clp:ErrorsOnly
tool=../src/LightDxml.Cli/bin/Release/net10.0/LightDxml.Cli.dll
dotnet build -c Release ../src/LightDxml.Cli -v q -clp:ErrorsOnly
address=http://127.0.0.1:18077
bodies=$(mktemp)
jq -c '{text}' "$texts" >"$bodies"

load() { # CONNECTIONS SECONDS PAUSE
  taskset -c 1 wrk -t 1 -c "$1" -d "$2" --timeout 10 -s serving.lua "$address/v1/models/m/predict" -- "$bodies" "$3" | tail -n 1
}

for round in $(seq "$rounds"); do
  echo "round $round: the library alone, one thread"
  taskset -c 0 dotnet LightDxml.Benchmarks/bin/Release/net10.0/LightDxml.Benchmarks.dll predict-text "$model" "$texts" 5 | grep -E "one string|in batches"
  taskset -c 0 dotnet "$tool" serve --model "m=$model" --urls "$address" 2>/dev/null &
  service=$!
  trap 'kill $service; rm -f "$bodies"' EXIT
  until curl -s -o /dev/null "$address/health/ready"; do sleep 0.1; done
  load 4 5 0 >/dev/null # warm
  full=$(load 4 "$seconds" 0)
  echo "the service, 4 connections: $full"
  # Eight connections, each with the pause that makes half that load.
  echo "the service at half that load: $(load 8 "$seconds" "$(awk -v r="${full%% *}" 'BEGIN { print int(8 * 1000 / (r / 2)) }')")"
  kill "$service"
  wait "$service" || true
  trap 'rm -f "$bodies"' EXIT
done
