#!/usr/bin/env bash
# Kills the studio at random moments while it works through a mixed queue, and compares what came of it with the same work undisturbed.
# The last line is "N kills: N lost, N doubled, N different".
#   eng/crash-test.sh [--kills 5] [--seed 1]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/setup.sh
set_up "${studio_needs[@]}"

studio=artifacts/crash-test
log=artifacts/logs/crash-test-build.log
if ! { dotnet publish src/OmniGen2.Web -c Release -o "$studio" -v quiet -nodeReuse:false &&
  dotnet build eng/CrashTest -c Release -v quiet -nodeReuse:false; } >"$log" 2>&1; then
  grep -E "error|Error" "$log" | sort -u | head -n 20 >&2
  echo "The build failed. The whole log: $log" >&2
  exit 1
fi

exec dotnet artifacts/bin/CrashTest/release/CrashTest.dll --studio "$studio/OmniGen2.Web.dll" "$@"
