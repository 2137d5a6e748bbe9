#!/usr/bin/env bash
# Installs the client programs, exactly as locked, into artifacts/clients; does nothing when they are there. Where npm or its registry cannot be
# reached it says so in one line and ends with 3, by which tests tell a machine without them from a broken installation.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
target=../../artifacts/clients
unreachable=3
mkdir -p "$target"
exec 9>"$target/.lock"
flock 9
cmp -s package-lock.json "$target/installed.json" && exit 0

if ! command -v npm >/dev/null; then
  echo "npm is not installed, so the client programs are not either." >&2
  exit $unreachable
fi

cp package.json package-lock.json "$target/"
if ! said=$(npm ci --prefix "$target" --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-timeout=30000 2>&1); then
  if grep -qE 'E(NOTFOUND|CONNREFUSED|CONNRESET|TIMEDOUT|AI_AGAIN|HOSTUNREACH|NETUNREACH|SOCKETTIMEDOUT)|code E(401|403|404|5[0-9][0-9])' <<<"$said"; then
    echo "npm's registry gave no client programs: $(grep -m 1 -oE 'code E[A-Z0-9_]+' <<<"$said")." >&2
    exit $unreachable
  fi

  echo "$said" >&2
  exit 1
fi

cp package-lock.json "$target/installed.json"
