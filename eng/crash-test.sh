#!/usr/bin/env bash
# Kills the studio at random moments while it works through a mixed queue, and compares what came of it with the same work undisturbed.
# The last line is "N kills: N lost, N doubled, N different".
#   eng/crash-test.sh [--kills 5] [--seed 1]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/setup.sh
set_up "${studio_needs[@]}"

studio=artifacts/crash-test
quietly artifacts/logs/crash-test-build.log build_with_studio "$studio" CrashTest

exec dotnet artifacts/bin/CrashTest/release/CrashTest.dll --studio "$studio/OmniGen2.Web.dll" "$@"
