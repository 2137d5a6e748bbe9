#!/usr/bin/env bash
# What an audience costs: how much slower a running job denoises while so many watch it, each through a circuit of its own that gets every change
# and every preview it names. The same job without and with them, by turns; the last line is one JSON object with the median of the ratios.
#   eng/bench-previews.sh [--watchers 20] [--rounds 7] [--seconds 5] [--model models/omnigen2-mini] [--json]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/setup.sh
set_up "${studio_needs[@]}"

studio=artifacts/bench-previews
quietly artifacts/logs/bench-previews-build.log build_with_studio "$studio" PreviewBench

exec dotnet artifacts/bin/PreviewBench/release/PreviewBench.dll --studio "$studio/OmniGen2.Web.dll" "$@"
