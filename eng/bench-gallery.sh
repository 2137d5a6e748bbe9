#!/usr/bin/env bash
# How long a search and a page of the gallery take among very many pictures, in a temporary folder.
#   eng/bench-gallery.sh [--pictures 200000] [--json]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/setup.sh
set_up "${studio_needs[@]}"

if ! dotnet build eng/bench -c Release -v quiet -nologo >artifacts/logs/bench.log 2>&1; then
  grep -E "error|Error" artifacts/logs/bench.log | sort -u | head -n 20 >&2
  exit 1
fi
exec dotnet artifacts/bin/OmniGen2.Bench/release/OmniGen2.Bench.dll gallery "$@"
