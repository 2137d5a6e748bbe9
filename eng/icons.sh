#!/usr/bin/env bash
# Draws the icons of the installed studio, wwwroot/icons/*.png, from wwwroot/favicon.svg. Needs Chromium; run it when the mark changes.
set -euo pipefail
cd "$(dirname "$0")/.."
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# $1 name, $2 pixels a side, $3 percent of them that the mark takes, $4 radius of the corners in percent
draw() {
  cat > "$work/page.html" <<HTML
<!doctype html><style>html,body{margin:0;background:transparent}
div{width:$2px;height:$2px;display:grid;place-items:center;background:#14161a;border-radius:$4%}svg{width:$3%;height:$3%}</style><div>$(cat wwwroot/favicon.svg)</div>
HTML
  "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --default-background-color=00000000 --force-device-scale-factor=1 \
    --user-data-dir="$work/profile" --window-size="$2,$2" --screenshot="$PWD/wwwroot/icons/$1.png" "file://$work/page.html" 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
}

mkdir -p wwwroot/icons
draw icon-192 192 64 22
draw icon-512 512 64 22
draw maskable-512 512 52 0
draw apple-touch-180 180 60 0
