#!/usr/bin/env bash
# The table of docs/research/experiments.md, "In the training cycle": terms, names of labels and a text encoder, each alone and together.
# Usage: benchmarks/text-encoder.sh TRAIN.jsonl TEST.jsonl LABELS OUTPUT [VARIANT…], a variant being terms, names, vector, vector8, both or both8;
# 8 is for 8-bit weights. SEED and ENCODER are variables. Vectors are encoded once, into OUTPUT, and timed apart from training; models that OUTPUT
# has already are not trained again. Processor seconds are those of the whole process in one thread. Needs jq.
set -euo pipefail
train=$(realpath "$1") test=$(realpath "$2") labels=$(realpath "$3") seed=${SEED:-1} encoder=${ENCODER:-minilm}
mkdir -p "$4"
output=$(realpath "$4")
shift 4
cd "$(dirname "$0")/.."
if [ -z "${LIGHTDXML:-}" ]; then
  dotnet build -c Release src/LightDxml.Cli -p:Encoders=true -v q -clp:ErrorsOnly >&2
  LIGHTDXML="dotnet src/LightDxml.Cli/bin/Release/net10.0/LightDxml.Cli.dll"
fi
export LIGHTDXML_VECTORS=$output/vectors

# Processor seconds of a command are kept in FILE.time; where that is, the command is not run again.
timed() { # FILE COMMAND…
  local file=$1 TIMEFORMAT='%U %S'
  shift
  [ -e "$file.time" ] || { { time $LIGHTDXML "$@" --threads 1 >"$file.log" 2>&1; } 2>"$file.part" && mv "$file.part" "$file.time"; }
  awk '{ printf "%.1f", $1 + $2 }' "$file.time"
}

echo "| | P@1 / 3 / 5 | PSP@1 / 3 / 5 | RP@5, labels of 1 to 50 documents | encoding, processor s | training, processor s | MB |"
echo "|---|---|---|---|---|---|---|"
for variant in ${@:-terms names vector vector8 both both8}; do
  case $variant in
    terms | names) vectors=() ;;
    vector | both) vectors=("text.encoder=$encoder" text.encoderEightBit=false) ;;
    vector8 | both8) vectors=("text.encoder=$encoder" text.encoderEightBit=true) ;;
    *) echo "There is no variant $variant." >&2; exit 2 ;;
  esac
  case $variant in terms | vector*) names=none ;; *) names=auto ;; esac
  encoding=
  if [ ${#vectors[@]} -gt 0 ]; then
    encoded=$output/${vectors[1]}
    encoding=$(timed "$encoded" data convert "$train" --to cache --output "$encoded.cache" --set "${vectors[@]}")
  fi
  model=$output/$variant.$seed
  training=$(timed "$model" train --train "$train" --label-names "$labels" --output "$model" --seed "$seed" --checkpoint-every 0 --set "names.use=$names" ${vectors[@]+"${vectors[@]}"})
  [ -e "$model.json" ] || $LIGHTDXML evaluate --model "$model" --test "$test" --train "$train" --label-names "$labels" --by-frequency --threads 1 --json "$model.json" >"$model.eval" 2>&1
  rare=$(awk '/^1 to 50 / { print $6 }' "$model.eval")
  jq -r --arg row "| $variant" --arg rare "$rare" --arg encoding "$encoding" --arg training "$training" --arg bytes "$(du -sb "$model" | awk '{ printf "%.1f", $1 / 1e6 }')" \
    'def percent: . * 10000 | round / 100 | tostring; def all: [.[0, 2, 4] | percent] | join(" / ");
     "\($row) | \(.precision | all) | \(.propensityScoredPrecision | all) | \($rare) | \($encoding) | \($training) | \($bytes) |"' "$model.json"
done
