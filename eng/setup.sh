# Sourced by run.sh and test.sh: makes sure that the Debian packages and the .NET SDK this repository needs are there.
# Each need is "proof|package": a command or file that shows it is there, and what brings it. A package whose name holds its
# version is written as a pattern; the newest that Debian has is taken.

studio_needs=(
  '/usr/lib/*/libicuuc.so.*|libicu[0-9]+'
  '/usr/lib/*/libssl.so.3|libssl3'
  '/usr/lib/*/cmake/Caffe2/Caffe2Config.cmake|libtorch-dev'
  '/usr/lib/*/openblas-*/libblas.so.3|libopenblas0-openmp'
  'g++|g++'
  'cmake|cmake'
  'ninja|ninja-build'
  '/usr/lib/*/libvips.so.42|libvips42'
  '/usr/lib/*/libsqlite3.so.0|libsqlite3-0'
)
# npm brings the client programs that the API is tested with (tests/clients), curl runs the README's examples.
test_needs=('chromium|chromium' 'npm|npm' 'curl|curl')

is_there() {
  if [[ $1 == /* ]]; then
    compgen -G "$1" >/dev/null
  else
    command -v "$1" >/dev/null
  fi
}

missing_packages() {
  local need
  for need in "$@"; do
    # A libtorch of one's own (LIBTORCH=/path/to/libtorch) replaces Debian's.
    [[ ${need#*|} == libtorch-dev && -n ${LIBTORCH:-} ]] && continue
    is_there "${need%|*}" || echo "${need#*|}"
  done
}

newest() {
  local package
  for package in "$@"; do
    case $package in
      *\[*) apt-cache pkgnames | grep -xE "$package" | sort -V | tail -n 1 ;;
      *) echo "$package" ;;
    esac
  done
}

install_packages() {
  local log=artifacts/logs/setup.log as_root=()
  if [[ $EUID -ne 0 ]]; then
    if ! command -v sudo >/dev/null; then
      echo "These Debian packages are missing: $*. As root, run: apt-get install $*" >&2
      exit 1
    fi
    as_root=(sudo)
    [[ -t 0 ]] || as_root=(sudo -n)
  fi
  echo "Installing from Debian: $*"
  if ! { ${as_root[@]+"${as_root[@]}"} apt-get update -qq &&
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(newest "$@"); } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "apt-get could not install: $*. The whole log: $log" >&2
    exit 1
  fi
}

set_up() {
  local missing
  mkdir -p artifacts/logs
  mapfile -t missing < <(missing_packages "$@")
  if ((${#missing[@]} > 0)); then
    install_packages "${missing[@]}"
  fi
  if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK is missing. Install version $(sed -n 's/.*"version": "\([0-9.]*\)".*/\1/p' global.json) or newer, then run this again: https://dot.net/download" >&2
    exit 1
  fi
}

# Builds out of sight; where that fails, what is wrong and where the rest stands: quietly LOG COMMAND …
quietly() {
  local log=$1
  shift
  if ! "$@" >"$log" 2>&1; then
    grep -E "error|Error" "$log" | sort -u | head -n 20 >&2
    echo "The build failed. The whole log: $log" >&2
    exit 1
  fi
}

# A studio in a folder of its own, and the program of eng/ that drives it: build_with_studio FOLDER PROGRAM
build_with_studio() {
  dotnet publish src/OmniGen2.Web -c Release -o "$1" -v quiet -nodeReuse:false && dotnet build "eng/$2" -c Release -v quiet -nodeReuse:false
}

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
