#!/usr/bin/env bash
# The command line: builds it when something has changed, then runs it. Paths count from where you are.
#   eng/cli.sh generate --model models/omnigen2-mini --prompt "a red circle" --out circle.png
set -euo pipefail
here=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/setup.sh
set_up "${studio_needs[@]}"

cli=$PWD/artifacts/cli
newer() { find src/LibTorch src/OmniGen2 src/OmniGen2.Cli eng Directory.*.props global.json -newer "$cli/.built" -print -quit; }
if [[ ! -e $cli/.built || -n $(newer) ]]; then
  echo "Building (the first time takes a minute or two) …" >&2
  quietly "$PWD/artifacts/logs/build.log" dotnet publish src/OmniGen2.Cli -c Release -o "$cli" -v quiet
  touch "$cli/.built"
fi

cd "$here"
exec dotnet "$cli/OmniGen2.Cli.dll" "$@"
