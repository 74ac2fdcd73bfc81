#!/usr/bin/env bash
# The tables of docs/results.md, from data to Markdown: every method on the same data, each table put into its place by the command
# itself, with its figures for machines and its plots beside it, docs/results/SET*. A table names processor, date and version.
# "seeds" is LightDxml with five seeds on each set.
# Usage: benchmarks/tables.sh DATA OUTPUT [SET…]; a run that was interrupted goes on where it stopped. All sets take two hours.
set -euo pipefail
data=$(realpath "$1") output=$(realpath -m "$2")
shift 2
cd "$(dirname "$0")/.."
dotnet build -c Release src/LightDxml.Cli

trees=lightdxml,xr-linear,xr-linear+leavesPerLabel=2,bonsai,parabel,plt
all=$trees,dismec,pd-sparse,fastxml,pfastrexml,fasttext-ova,fasttext-hs,knn,knn-hnsw,slice,mlp,most-frequent

compare() {
  local set=$1 train=$2 test=$3 methods=$4
  shift 4
  echo "== $set"
  # A method that fails has a row that says why; the other sets go on.
  dotnet src/LightDxml.Cli/bin/Release/net10.0/LightDxml.Cli.dll compare --train "$data/$train" --test "$data/$test" \
    --methods "$methods" --output "$output/$set" --insert "docs/results.md#$set" "$@" || echo "$set: a method failed"
  if [ -f "$output/$set/table.json" ]; then
    mkdir -p docs/results
    sed "s|$data/||g; s|$output/||g" "$output/$set/table.json" >"docs/results/$set.json"
    for plot in cost tail; do
      if [ $# -eq 0 ] && [ -f "$output/$set/$plot.svg" ]; then cp "$output/$set/$plot.svg" "docs/results/$set-$plot.svg"; fi
    done
  fi
}

seeds() { compare "seeds-$1" "$2" "$3" lightdxml --seeds 1,2,3,4,5; }

for set in "${@:-bibtex delicious eurlex57k-tfidf-15k eurlex57k-tfidf tibkat-gnd-tfidf seeds}"; do
  for one in $set; do
    case $one in
      bibtex) compare "$one" bibtex/bibtex_train.txt bibtex/bibtex_test.txt "$all" ;;
      delicious) compare "$one" delicious/delicious_train.txt delicious/delicious_test.txt "$all" ;;
      eurlex57k-tfidf-15k) compare "$one" "$one/train.txt.gz" "$one/test.txt.gz" "$all" ;;
      # One classifier a label, trees over points and layers over all labels grow with points times labels.
      eurlex57k-tfidf) compare "$one" "$one/train.txt.gz" "$one/test.txt.gz" "$trees,fasttext-hs,knn,slice,mlp,most-frequent" ;;
      # Bonsai's nodes have thousands of children there.
      tibkat-gnd-tfidf) compare "$one" "$one/train.txt.gz" "$one/test.txt.gz" "lightdxml,xr-linear,parabel,plt,fasttext-hs,knn,slice,most-frequent" ;;
      seeds)
        for small in bibtex delicious; do seeds "$small" "$small/${small}_train.txt" "$small/${small}_test.txt"; done
        for features in eurlex57k-tfidf-15k eurlex57k-tfidf tibkat-gnd-tfidf; do seeds "$features" "$features/train.txt.gz" "$features/test.txt.gz"; done
        ;;
      *) echo "There is no set $one."; exit 2 ;;
    esac
  done
done
