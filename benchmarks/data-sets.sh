#!/usr/bin/env bash
# The data sets of docs/results.md from their public source files (docs/data-sets.md).
# Usage: benchmarks/data-sets.sh SOURCES DATA [SET…]; what SOURCES has already is not downloaded. Needs curl, git, jq, tar and unzip.
set -euo pipefail
mkdir -p "$1" "$2"
sources=$(realpath "$1") data=$(realpath "$2")
shift 2
cd "$(dirname "$0")/.."
dotnet build -c Release src/LightDxml.Cli
export LC_ALL=C

lightdxml() { dotnet src/LightDxml.Cli/bin/Release/net10.0/LightDxml.Cli.dll "$@"; }
download() { [ -e "$sources/$2" ] || { mkdir -p "$(dirname "$sources/$2")"; curl --fail --location --output "$sources/$2.part" "$1"; mv "$sources/$2.part" "$sources/$2"; }; }

# Sparse ARFF with a list of the labels, in the official split.
mulan() {
  local part
  for part in "$1-train.arff" "$1-test.arff" "$1.xml"; do
    download "https://raw.githubusercontent.com/tsoumakas/mulan/HEAD/data/multi-label/$1/$part" "$1/$part"
  done
  for part in train test; do
    lightdxml data convert "$sources/$1/$1-$part.arff,$sources/$1/$1.xml" --to xml --output "$data/$1/$1_$part.txt"
  done
}

cooking() {
  download https://dl.fbaipublicfiles.com/fasttext/data/cooking.stackexchange.tar.gz cooking/cooking.stackexchange.tar.gz
  tar --extract --gzip --file "$sources/cooking/cooking.stackexchange.tar.gz" --directory "$data/cooking" cooking.stackexchange.txt
  head -n 12404 "$data/cooking/cooking.stackexchange.txt" >"$data/cooking/cooking.train"
  tail -n 3000 "$data/cooking/cooking.stackexchange.txt" >"$data/cooking/cooking.valid"
  rm "$data/cooking/cooking.stackexchange.txt"
}

eurlex57k() {
  download https://archive.org/download/EURLEX57K/dataset.zip eurlex57k/dataset.zip
  download http://nlp.cs.aueb.gr/software_and_datasets/EURLEX57K/eurovoc_en.json eurlex57k/eurovoc_en.json
  local split
  for split in train dev test; do
    unzip -p "$sources/eurlex57k/dataset.zip" "*$split.jsonl" |
      jq -c '{id: .celex_id, title, text: "\(.header)\n\(.recitals) \(.main_body | join(" "))", labels: .eurovoc_concepts}' |
      gzip >"$data/eurlex57k/$split.jsonl.gz"
  done
  jq -c 'to_entries[] | {id: .key, name: .value.label, alt: (.value.alt_labels // []), parents: (.value.parents // [])}' \
    "$sources/eurlex57k/eurovoc_en.json" | gzip >"$data/eurlex57k/labels.jsonl.gz"
}

# Words of ASCII letters alone. Test rows follow the columns of training.
eurlex57k-tfidf() {
  local split to=$data/eurlex57k-tfidf
  for split in train dev test; do
    gzip -dc "$data/eurlex57k/$split.jsonl.gz" |
      jq -c '{id, labels, text: ("\(.title) \(.text)" | explode | map(if . >= 65 and . <= 90 or . >= 97 and . <= 122 then . else 32 end) | implode)}' >"$to/$split.jsonl"
    lightdxml data convert "$to/$split.jsonl" --fit-on "$to/train.jsonl" --to xml --output "$to/$split.txt.gz" --set text.maxNgram=1 text.minDocuments=5 text.subwords=none
  done
  rm "$to"/*.jsonl
}

# A random part of the same, of the shape of EURLex-4K.
eurlex57k-tfidf-15k() {
  local part
  for part in "train 15539" "test 3809"; do
    set -- $part
    gzip -dc "$data/eurlex57k-tfidf/$1.txt.gz" | awk -v rows="$2" 'NR == 1 { print rows, $2, $3 }' >"$data/eurlex57k-tfidf-15k/$1.txt"
    gzip -dc "$data/eurlex57k-tfidf/$1.txt.gz" | tail -n +2 | shuf -n "$2" --random-source=<(yes) >>"$data/eurlex57k-tfidf-15k/$1.txt"
    gzip -f "$data/eurlex57k-tfidf-15k/$1.txt"
  done
}

# A record a file, in two collections. One that is in several splits counts for the first.
tibkat-gnd() {
  local split to=$data/tibkat-gnd
  [ -e "$sources/llms4subjects" ] || git clone --depth 1 https://github.com/jd-coderepos/llms4subjects "$sources/llms4subjects"
  : >"$to/seen"
  for split in train dev test; do
    find "$sources/llms4subjects" -path "*/TIBKAT/*/data/$split/*" -name '*.jsonld' | awk -F/ '{ print $NF "\t" $0 }' | sort -u -k1,1 |
      awk -F'\t' 'FILENAME != "-" { seen[$1] = 1; next } !($1 in seen)' "$to/seen" - >"$to/files"
    cut -f1 "$to/files" >>"$to/seen"
    cut -f2 "$to/files" | tr '\n' '\0' | xargs -0 -r jq -c '
      def text: if type == "array" then join(" ") else . // "" end;
      [.["@graph"][] | select(has("sameAs") and (.["@id"] | startswith("gnd:"))) | {id: .["@id"], name: (.sameAs | text)}] as $names
      | .["@graph"][] | select(has("title")) | {
          id: (input_filename | split("/") | last | rtrimstr(".jsonld")), title: (.title | text), text: (.abstract | text),
          labels: ([.["dcterms:subject"] | if type == "array" then .[] else . // empty end | .["@id"]] | unique), names: $names}
      | select(.labels | length > 0)' >"$to/$split.full"
    jq -c 'del(.names)' "$to/$split.full" | gzip >"$to/$split.jsonl.gz"
  done
  cat "$to"/*.full | jq -c '.labels as $used | .names[] | select(.id | IN($used[]))' | sort -u | awk -F'"' '!seen[$4]++' | gzip >"$to/labels.jsonl.gz"
  rm "$to"/*.full "$to/seen" "$to/files"
}

tibkat-gnd-tfidf() {
  local split
  for split in train test; do
    lightdxml data convert "$data/tibkat-gnd/$split.jsonl.gz" --fit-on "$data/tibkat-gnd/train.jsonl.gz" --to xml --output "$data/tibkat-gnd-tfidf/$split.txt.gz" \
      --write-label-names "$data/tibkat-gnd-tfidf/labels.txt" --set text.maxNgram=1 text.minDocuments=3 text.subwords=none
  done
}

for set in ${@:-bibtex delicious cooking eurlex57k eurlex57k-tfidf eurlex57k-tfidf-15k tibkat-gnd tibkat-gnd-tfidf}; do
  echo "== $set"
  mkdir -p "$data/$set"
  case $set in
    bibtex | delicious) mulan "$set" ;;
    cooking | eurlex57k | eurlex57k-tfidf | eurlex57k-tfidf-15k | tibkat-gnd | tibkat-gnd-tfidf) "$set" ;;
    *) echo "There is no set $set."; exit 2 ;;
  esac
done
