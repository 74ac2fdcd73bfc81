#!/usr/bin/env bash
# The table of docs/updating.md: models that are updated, against the same models as they were and against training anew on all documents.
# Usage: benchmarks/updates.sh TRAIN.jsonl TEST.jsonl LABELS OUTPUT [CHANGE…], a change being 1, 10 or 100 (per cent more documents, drawn at
# random), latest (the last tenth of the file) or labels (5 % more labels, of up to 100 documents each, with all documents that have one).
# Models that OUTPUT has already are not trained again. Needs awk and jq.
set -euo pipefail
train=$(realpath "$1") test=$(realpath "$2") labels=$(realpath "$3")
mkdir -p "$4"
output=$(realpath "$4")
shift 4
cd "$(dirname "$0")/.."
dotnet build -c Release src/LightDxml.Cli >&2
export LC_ALL=C
lightdxml() { dotnet src/LightDxml.Cli/bin/Release/net10.0/LightDxml.Cli.dll "$@"; }

# Lines in an order that is random and always the same.
shuffle() { awk 'BEGIN { state = 3 } { state = (state * 1103515245 + 12345) % 2147483648; printf "%d\t%s\n", state, $0 }' | sort -n -s -k 1,1 | cut -f 2-; }

# Documents before and after a change: base.jsonl and new.jsonl of its folder.
split() {
  local change=$1 folder=$2 count base
  count=$(wc -l <"$train")
  case $change in
    latest) base=$((count * 10 / 11)); head -n "$base" "$train" >"$folder/base.jsonl"; tail -n "+$((base + 1))" "$train" >"$folder/new.jsonl" ;;
    labels)
      jq -r '.labels[]' "$train" | sort | uniq -c >"$folder/counts"
      awk '$1 <= 100 { print $2 }' "$folder/counts" | shuffle | head -n "$(($(wc -l <"$folder/counts") * 5 / 105))" | jq -R '{ (.): true }' | jq -s add >"$folder/hidden.json"
      jq -c --slurpfile hidden "$folder/hidden.json" 'select(any(.labels[]; $hidden[0][.]))' "$train" >"$folder/new.jsonl"
      jq -c --slurpfile hidden "$folder/hidden.json" 'select(any(.labels[]; $hidden[0][.]) | not)' "$train" >"$folder/base.jsonl" ;;
    *) base=$((count * 100 / (100 + change))); shuffle <"$train" >"$folder/all.jsonl"; head -n "$base" "$folder/all.jsonl" >"$folder/base.jsonl"; tail -n "+$((base + 1))" "$folder/all.jsonl" >"$folder/new.jsonl" ;;
  esac
}

# Runs a command that writes a model, and keeps its processor seconds.
timed() {
  local model=$1
  shift
  [ -e "$model" ] && return
  TIMEFORMAT='%U %S'
  { time lightdxml "$@" --label-names "$labels" --output "$model" >&2 2>"$model.log"; } 2>"$model.time"
}

row() {
  lightdxml evaluate --model "$2" --test "$test" --train "$train" --json "$2.json" >/dev/null 2>"$2.log"
  jq -r --arg name "$1" --arg seconds "$(tail -n 1 "$2.time" | awk '{ printf "%.1f", $1 + $2 }')" \
    'def all: [.[0, 2, 4] * 10000 | round / 100 | tostring] | join(" / "); "| \($name) | \(.precision | all) | \(.propensityScoredPrecision | all) | \($seconds) |"' "$2.json"
}

echo "| change | model | P@1 / 3 / 5 | PSP@1 / 3 / 5 | processor s |"
echo "|---|---|---|---|---|"
timed "$output/all" train --train "$train" --checkpoint-every 0
row "all documents | trained anew" "$output/all"
for change in ${@:-1 10 100 latest labels}; do
  folder=$output/$change
  mkdir -p "$folder"
  [ -e "$folder/new.jsonl" ] || split "$change" "$folder"
  timed "$folder/base" train --train "$folder/base.jsonl" --checkpoint-every 0
  timed "$folder/alone" update --model "$folder/base" --train "$folder/new.jsonl"
  timed "$folder/previous" update --model "$folder/base" --train "$folder/new.jsonl" --previous "$folder/base.jsonl"
  timed "$folder/terms" update --model "$folder/base" --train "$folder/new.jsonl" --previous "$folder/base.jsonl" --new-terms
  name="$(wc -l <"$folder/new.jsonl") more documents"
  case $change in latest) name="$name, the latest" ;; labels) name="$name with $(jq length "$folder/hidden.json") labels more" ;; esac
  row "$name | as it was" "$folder/base"
  row "| updated" "$folder/alone"
  row "| updated with \`--previous\`" "$folder/previous"
  row "| updated with \`--previous --new-terms\`" "$folder/terms"
done
