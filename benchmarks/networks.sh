#!/usr/bin/env bash
# The tables of docs/results.md, "Deep networks": LightDxml, trees and fastText beside networks over words and transformers, from raw text, on the
# processor alone. Passes and lengths are chosen so that each training ends within twenty minutes on two cores.
# Usage: benchmarks/networks.sh DATA OUTPUT [SET…], a set being cooking, cooking-transformers, eurlex57k-titles or eurlex57k-text; a run that was interrupted goes on where it stopped.
# Needs jq for titles.
set -euo pipefail
data=$(realpath "$1") output=$(realpath -m "$2")
shift 2
cd "$(dirname "$0")/.."
mkdir -p "$output" docs/results
dotnet build -c Release src/LightDxml.Cli -p:LibTorch=cpu -p:Encoders=true
lightdxml="dotnet src/LightDxml.Cli/bin/Release/net10.0/LightDxml.Cli.dll"
trees=lightdxml,xr-linear,parabel,fasttext-ova,fasttext-hs,knn,most-frequent

compare() { # SET METHODS OPTIONS…
  local set=$1 methods=$2
  shift 2
  echo "== $set"
  # A method that fails has a row that says why; the other sets go on.
  $lightdxml compare --methods "$methods" --output "$output/$set" --insert "docs/results.md#networks-$set" "$@" || echo "$set: a method failed"
  if [ -f "$output/$set/table.json" ]; then
    sed "s|$data/||g; s|$output/||g" "$output/$set/table.json" >"docs/results/networks-$set.json"
  fi
}

with_encoder() { # NAME ENCODER TRAINING…: the predictions OUTPUT/with.NAME.jsonl of LightDxml on terms and vectors of a text encoder, for the questions about cooking
  local name=$1 encoder=$2
  shift 2
  [ -f "$output/with.$name.jsonl" ] && return
  $lightdxml train "$@" --output "$output/with.$name" --set "text.encoder=$encoder" --set text.encoderTokens=32 --seed 1
  $lightdxml predict --model "$output/with.$name" --format fasttext --input "$data/cooking/cooking.valid" --output "$output/with.$name.jsonl"
}

titles() { # PART: the file OUTPUT/titles.PART.jsonl
  [ -f "$output/titles.$1.jsonl" ] && return
  $lightdxml data convert "$data/eurlex57k/$1.jsonl".* --to jsonl --output "$output/all.$1.jsonl"
  jq -c '{id, text: .title, labels}' "$output/all.$1.jsonl" >"$output/titles.$1.part"
  rm "$output/all.$1.jsonl"
  mv "$output/titles.$1.part" "$output/titles.$1.jsonl"
}

for set in "${@:-cooking cooking-transformers eurlex57k-titles eurlex57k-text}"; do
  for one in $set; do
    case $one in
      cooking)
        compare cooking "$trees,cnn-kim,bow-cnn,xml-cnn,attention-xml,haxmlnet" \
          --format fasttext --train "$data/cooking/cooking.train" --test "$data/cooking/cooking.valid"
        ;;
      cooking-transformers)
        questions=(--format fasttext --train "$data/cooking/cooking.train")
        with_encoder minilm minilm "${questions[@]}"
        [ -d "$output/minilm-trained" ] || $lightdxml encoder train --encoder minilm "${questions[@]}" --output "$output/minilm-trained" --set maxTokens=32 --set epochs=2 --seed 1
        with_encoder minilm-trained "$output/minilm-trained" "${questions[@]}"
        compare cooking-transformers "lightdxml,parabel,bert+maxTokens=32+epochs=3,x-bert+maxTokens=32+epochs=2,xr-transformer+maxTokens=32+epochs=1,bertmesh+maxTokens=32+epochs=2" \
          --import "lightdxml+minilm=$output/with.minilm.jsonl" --import "lightdxml+minilm-trained=$output/with.minilm-trained.jsonl" "${questions[@]}" --test "$data/cooking/cooking.valid"
        ;;
      eurlex57k-titles)
        titles train
        titles test
        compare eurlex57k-titles "$trees,cnn-kim+epochs=12,bow-cnn+epochs=8,xml-cnn+epochs=12,attention-xml+clusterLabels=16+maxTokens=48+epochs=4,haxmlnet+maxTokens=48+epochs=4,bert+maxTokens=48+epochs=1,x-bert+maxTokens=48+epochs=1" \
          --train "$output/titles.train.jsonl" --test "$output/titles.test.jsonl"
        ;;
      eurlex57k-text)
        compare eurlex57k-text "lightdxml,xr-linear,cnn-kim+maxTokens=64+epochs=7,xml-cnn+maxTokens=64+epochs=7" \
          --train "$data"/eurlex57k/train.jsonl.* --test "$data"/eurlex57k/test.jsonl.*
        ;;
      *) echo "There is no set $one."; exit 2 ;;
    esac
  done
done
