#!/usr/bin/env bash
# Whether the memory of a service stays flat: its working set after each tenth of many requests, and the requests that failed.
# Usage: benchmarks/serving-memory.sh MODEL TEXTS [REQUESTS]: TEXTS are JSON Lines with a text each; a million requests unless another number is given.
# Needs wrk and jq.
set -euo pipefail
model=$(realpath "$1") texts=$(realpath "$2") requests=${3:-1000000}
cd "$(dirname "$0")"
dotnet build -c Release ../src/LightDxml.Cli -v q -clp:ErrorsOnly >/dev/null
address=http://127.0.0.1:18078
bodies=$(mktemp)
jq -c '{text}' "$texts" >"$bodies"
dotnet ../src/LightDxml.Cli/bin/Release/net10.0/LightDxml.Cli.dll serve --model "m=$model" --urls "$address" 2>/dev/null &
service=$!
trap 'kill $service; rm -f "$bodies"' EXIT
until curl -s -o /dev/null "$address/health/ready"; do sleep 0.1; done

megabytes() { awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$service/status"; }

echo "| requests | failed | working set, MB |"
echo "|---|---|---|"
echo "| 0 | 0 | $(megabytes) |"
answered=0 failed=0
for tenth in $(seq 10); do
  while ((answered * 10 < requests * tenth)); do
    line=$(wrk -t 1 -c 16 -d 5 --timeout 10 -s serving.lua "$address/v1/models/m/predict" -- "$bodies" 0 | tail -n 1)
    read -r more wrong <<<"$(sed -E 's/.*, ([0-9]+) answered, ([0-9]+) failed/\1 \2/' <<<"$line")"
    answered=$((answered + more)) failed=$((failed + wrong))
  done
  echo "| $answered | $failed | $(megabytes) |"
done
