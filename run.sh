#!/usr/bin/env bash
# Starts the studio: installs what is missing, builds what has changed, prints the address last.
#   ./run.sh [--port 7860] [any other option of the studio, e.g. --Model:Path=/models/OmniGen2]
#   ./run.sh --lan [--cert studio.pem --cert-key studio.key]     for a team: everybody on the network, each with an account
#   ./run.sh history rebuild     makes the database again from the pictures; the old one is kept
#   ./run.sh backup FILE         writes history and pictures into one file, also while the studio runs
#   ./run.sh restore FILE        brings them back, while it does not
set -euo pipefail
here=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
source eng/setup.sh

port=7860
host=127.0.0.1
scheme=http
options=()
archive=()
while (($# > 0)); do
  case $1 in
    --port) port=${2:?"--port needs a number"}; shift 2 ;;
    --port=*) port=${1#*=}; shift ;;
    backup | restore) archive=("$1" "$(cd "$here" && realpath -m "${2:?"$1 needs a file, for example studio.zip"}")"); shift 2 ;;
    --lan) host=0.0.0.0; shift ;;
    --cert) scheme=https; options+=("--Kestrel:Certificates:Default:Path=$(cd "$here" && realpath "${2:?"--cert needs a file"}")"); shift 2 ;;
    --cert-key) options+=("--Kestrel:Certificates:Default:KeyPath=$(cd "$here" && realpath "${2:?"--cert-key needs a file"}")"); shift 2 ;;
    -h | --help) sed -n '2,7s/^# *//p' "$0"; exit 0 ;;
    *) options+=("$1"); shift ;;
  esac
done
if ! [[ $port =~ ^[0-9]+$ ]] || ((port < 1 || port > 65535)); then
  echo "--port $port is not a port: use a number from 1 to 65535, for example --port 7860." >&2
  exit 2
fi

set_up "${studio_needs[@]}"

studio=artifacts/studio
newer() { find src wwwroot eng appsettings*.json Directory.*.props global.json -newer "$studio/.built" -print -quit; }
if [[ ! -e $studio/.built || -n $(newer) ]]; then
  echo "Building (the first time takes a minute or two) …"
  quietly artifacts/logs/build.log dotnet publish src/OmniGen2.Web -c Release -o "$studio" -v quiet
  touch "$studio/.built"
fi

exec dotnet "$studio/OmniGen2.Web.dll" --urls "$scheme://$host:$port" --contentRoot "$PWD" ${options[@]+"${options[@]}"} ${archive[@]+"${archive[@]}"}
