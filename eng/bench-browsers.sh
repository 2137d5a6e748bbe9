#!/usr/bin/env bash
# Many browsers at once in one studio, each a circuit of its own in which somebody opens pages, writes and chooses, while the worker draws all the
# time with one thread. Prints the errors, and the median and the 95th percentile of how long the studio took to answer an act; the last line is JSON.
#   eng/bench-browsers.sh [--browsers 50] [--seconds 30] [--pause 1] [--model models/omnigen2-mini]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/setup.sh
set_up "${studio_needs[@]}"

studio=artifacts/bench-browsers
quietly artifacts/logs/bench-browsers-build.log build_with_studio "$studio" BrowserBench

# One core for the model, the others for the pages.
export OMP_NUM_THREADS=1
exec dotnet artifacts/bin/BrowserBench/release/BrowserBench.dll --studio "$studio/OmniGen2.Web.dll" "$@"
