#!/usr/bin/env bash
# What sharing the model costs: the same pictures one after the other and shared by so many people by turns, with the mini, by the time that passes
# outside of the model; and one decision among 20 people. The last line is one JSON object with medians.
#   eng/bench-queue.sh [--people 6] [--rounds 5] [--steps 20] [--json]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/setup.sh
set_up "${studio_needs[@]}"

quietly artifacts/logs/bench-queue-build.log dotnet build eng/QueueBench -c Release -v quiet -nodeReuse:false

exec dotnet artifacts/bin/QueueBench/release/QueueBench.dll "$@"
