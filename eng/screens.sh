#!/usr/bin/env bash
# Uses the studio in a browser for a minute and keeps a picture of every page, on a desk and on a phone, dark and light.
#   eng/screens.sh [a folder, default docs/screens]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p "${1:-docs/screens}"
SCREENS=$(realpath "${1:-docs/screens}") exec ./test.sh FullyQualifiedName~EveryPageTests
