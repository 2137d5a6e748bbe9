#!/usr/bin/env bash
# How long a search and a page of the gallery take among very many pictures, in a temporary folder.
#   eng/bench-gallery.sh [--pictures 200000] [--json]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/setup.sh
set_up "${studio_needs[@]}"

quietly artifacts/logs/bench.log dotnet build eng/bench -c Release -v quiet -nologo
exec dotnet artifacts/bin/OmniGen2.Bench/release/OmniGen2.Bench.dll gallery "$@"
