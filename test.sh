#!/usr/bin/env bash
# Builds everything, checks the formatting, runs every test. The last line is "N passed, N failed"; before it stands what was skipped, and why.
#   ./test.sh [a filter for dotnet test, e.g. FullyQualifiedName~Scheduler]
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source eng/setup.sh
set_up "${studio_needs[@]}" "${test_needs[@]}"

passed=0 failed=0
ok() { passed=$((passed + 1)); echo "ok   $1"; }
bad() { failed=$((failed + 1)); echo "FAIL $1"; }
finish() { echo "$passed passed, $failed failed"; [[ $failed -eq 0 && $passed -gt 0 ]]; exit; }

if dotnet build OmniGen2.Web.sln -c Release -v quiet -nodeReuse:false >artifacts/logs/build.log 2>&1; then
  ok "the solution builds without a warning"
else
  grep -E "error|Error" artifacts/logs/build.log | sort -u | head -n 40
  bad "the solution builds without a warning (artifacts/logs/build.log)"
  finish
fi

if [[ $# -eq 0 ]]; then
  if dotnet format OmniGen2.Web.sln --verify-no-changes --no-restore >artifacts/logs/format.log 2>&1; then
    ok "dotnet format has nothing to change"
  else
    head -n 20 artifacts/logs/format.log
    bad "dotnet format has nothing to change (artifacts/logs/format.log)"
  fi
fi

for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  results=artifacts/tests/$name.trx
  rm -f "$results"
  dotnet test "$project" -c Release --no-build --results-directory artifacts/tests --logger "trx;LogFileName=$name.trx" \
    --logger "console;verbosity=minimal" --blame-hang-timeout 15m ${1:+--filter "$1"}
  status=$?
  if [[ ! -e $results ]]; then
    bad "$name wrote no results (exit $status)"
    continue
  fi
  counters=$(grep -o '<Counters [^>]*>' "$results" | head -n 1)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  passed=$((passed + $(count passed)))
  broken=$(($(count executed) - $(count passed)))
  skipped=$(($(count total) - $(count executed)))
  ((skipped == 0)) || echo "skip $skipped of $name: $(grep -A 4 'outcome="NotExecuted"' "$results" | sed -n 's/.*<Message>\(.*\)<\/Message>.*/\1/p' | sort -u | paste -sd ';')"
  if ((broken == 0 && status != 0)); then
    bad "$name ended with exit $status"
  fi
  failed=$((failed + broken))
done

if [[ $# -eq 0 ]]; then
  if eng/crash-test.sh --kills 5 >artifacts/logs/crash-test.log 2>&1; then
    ok "the studio survives $(tail -n 1 artifacts/logs/crash-test.log)"
  else
    tail -n 20 artifacts/logs/crash-test.log
    bad "the studio survives being killed (artifacts/logs/crash-test.log)"
  fi
fi
finish
