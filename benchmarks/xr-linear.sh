#!/usr/bin/env bash
# LightDxml beside XR-Linear of PECOS at its default settings: the same features, one machine, in turn. Prints a row a method and set.
# Usage: benchmarks/xr-linear.sh DATA PECOS OUTPUT [ROUNDS [SET…]]
#   DATA    folder of data sets (docs/data-sets.md): eurlex57k, tibkat-gnd and their features eurlex57k-tfidf, …
#   PECOS   sources of https://github.com/amzn/pecos, built by this script; needs python3 with numpy and scipy, g++, OpenBLAS and jq
#   OUTPUT  folder for features, models and predictions; features that lie there are used again
# Processor seconds are those of the whole process: reading, training and writing. Training has two threads, a prediction one.
set -euo pipefail
data=$(realpath "$1") pecos=$(realpath "$2") output=$(realpath -m "$3") rounds=${4:-3}
sets=("${@:5}")
[ ${#sets[@]} -gt 0 ] || sets=(eurlex57k-tfidf eurlex57k-tfidf-15k tibkat-gnd-tfidf eurlex57k-titles tibkat-gnd-titles)
cd "$(dirname "$0")/.."
mkdir -p "$output"
if [ -z "${LIGHTDXML:-}" ]; then
  dotnet build -c Release src/LightDxml.Cli -v q -clp:ErrorsOnly >&2
  LIGHTDXML="dotnet src/LightDxml.Cli/bin/Release/net10.0/LightDxml.Cli.dll"
fi
dotnet build -c Release benchmarks/LightDxml.Benchmarks -v q -clp:ErrorsOnly >&2
bench="dotnet benchmarks/LightDxml.Benchmarks/bin/Release/net10.0/LightDxml.Benchmarks.dll"
peer="${PYTHON:-python3} benchmarks/pecos_peer.py"
export PYTHONPATH="$pecos" OPENBLAS_NUM_THREADS=1
if [ ! -f "$pecos/pecos/core/libpecos_float32.so" ]; then
  (cd "$pecos/pecos/core" && g++ -fopenmp -std=c++17 -O3 -march=native -fPIC -shared -I. libpecos.cpp -o libpecos_float32.so -lopenblas) >&2
fi

features() { # SET PART: the file OUTPUT/SET.PART.txt
  local file="$output/$1.$2.txt" text=${1%-titles}
  [ -f "$file" ] && return
  if [ "$text" = "$1" ]; then
    zcat "$data/$1/$2.txt.gz" >"$file.part"
  else
    $LIGHTDXML data convert "$data/$text/$2.jsonl".* --to jsonl --output "$output/$1.all.jsonl" >&2
    jq -c '{id, text: .title, labels}' "$output/$1.all.jsonl" >"$output/$1.$2.jsonl"
    $LIGHTDXML data convert "$output/$1.$2.jsonl" --fit-on "$output/$1.train.jsonl" --to xml --output "$file.part" --set text.subwords=none >&2
  fi
  mv "$file.part" "$file"
}

seconds() { # COMMAND…: its processor seconds
  local TIMEFORMAT='%U %S'
  { time "$@" >"$output/log" 2>&1 || { cat "$output/log" >&2; exit 1; }; } 2>&1 | awk '{ printf "%.1f", $1 + $2 }'
}

accuracy() { # SET PREDICTIONS: P@1 / 3 / 5 and PSP@1 / 3 / 5
  $LIGHTDXML evaluate --predictions "$2" --test "$output/$1.test.txt" --train "$output/$1.train.txt" 2>&1 |
    awk '$1 == "P" { p = $2 " / " $4 " / " $6 } $1 == "PSP" { s = $2 " / " $4 " / " $6 } END { print p " | " s }'
}

bytes() { du -sb "$1" | awk '{ printf "%.1f", $1 / 1e6 }'; }

echo "| set | method | training, processor s | µs per document | model, MB | P@1 / 3 / 5 | PSP@1 / 3 / 5 |"
echo "|---|---|---|---|---|---|---|"
for set in "${sets[@]}"; do
  for part in train test; do
    features "$set" $part
    [ -f "$output/$set.$part.Y.npz" ] || $peer convert "$output/$set.$part.txt" "$output/$set.$part"
  done
  for round in $(seq "$rounds"); do
    ours=$(seconds $LIGHTDXML train --train "$output/$set.train.txt" --output "$output/$set.model" --seed "$round" --threads 2)
    $LIGHTDXML predict --model "$output/$set.model" --input "$output/$set.test.txt" --top 10 --output "$output/$set.jsonl" >&2
    micros=$($bench predict "$output/$set.model" "$output/$set.test.txt" 5 | awk -F'[| ]+' '/in blocks/ { print $5 }')
    echo "| $set | LightDxml, seed $round | $ours | $micros | $(bytes "$output/$set.model") | $(accuracy "$set" "$output/$set.jsonl") |"
    theirs=$(seconds $peer train "$output/$set.train" "$output/$set.pecos")
    micros=$($peer predict "$output/$set.pecos" "$output/$set.test" "$output/$set.npz")
    echo "| $set | XR-Linear | $theirs | $micros | $(bytes "$output/$set.pecos") | $(accuracy "$set" "$output/$set.npz") |"
  done
done
