#!/usr/bin/env bash
# Draws the example prompts of a checkpoint into its folder `examples`, which the empty page of Create shows. To be run again whenever its weights have changed:
# the studio shows a picture only while the weights are those that drew it.
#   eng/examples.sh [--model models/omnigen2-mini] [--seed 1] [--port 7871]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/setup.sh

model=models/omnigen2-mini
seed=1
port=7871
while (($# > 0)); do
  case $1 in
    --model) model=${2:?"--model needs a folder"}; shift 2 ;;
    --seed) seed=${2:?"--seed needs a number"}; shift 2 ;;
    --port) port=${2:?"--port needs a number"}; shift 2 ;;
    *) sed -n '2,4s/^# *//p' "$0"; exit 2 ;;
  esac
done
set_up "${studio_needs[@]}"
dotnet publish src/OmniGen2.Web -c Release -o artifacts/studio -v quiet -nologo

data=$(mktemp -d)
dotnet artifacts/studio/OmniGen2.Web.dll --urls "http://127.0.0.1:$port" --contentRoot "$PWD" --Model:Path="$model" --Studio:DataPath="$data" >"$data/log" 2>&1 &
studio=$!
trap 'kill $studio; wait $studio || true; rm -rf "$data"' EXIT
until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; do kill -0 $studio || { cat "$data/log" >&2; exit 1; }; sleep 1; done
# Pictures say which weights drew them once these are read.
until [[ -e $data/weights.sha256 ]]; do sleep 1; done

mkdir -p "$model/examples"
number=0
sed -n '/"examples"/,/]/s/^ *"\(.*\)",\{0,1\}$/\1/p' "$model/studio.json" | while IFS= read -r prompt; do
  number=$((number + 1))
  curl -sf "http://127.0.0.1:$port/v1/images/generations" -d "{\"prompt\": \"$prompt\", \"seed\": $seed}" |
    sed 's/.*"b64_json":"\([^"]*\)".*/\1/' | base64 -d >"$model/examples/$number.png"
  echo "$model/examples/$number.png  $prompt"
done
