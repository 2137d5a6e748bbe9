#!/bin/sh
# Prepares a bare Debian or Ubuntu for building the studio (`build`) or running it (`run`); the Dockerfile's steps, so that they can be tried without
# a container engine in any clean root.
set -eu
export DEBIAN_FRONTEND=noninteractive
newest() { apt-cache pkgnames | grep -xE "$1" | sort -V | tail -n 1; }

apt-get update -qq
common="ca-certificates $(newest 'libicu[0-9]+') $(newest 'libssl3(t64)?')"
case $1 in
  build)
    torch="libtorch-dev libopenblas0-openmp"
    [ -z "${LIBTORCH_URL:-}" ] || torch="curl unzip"
    apt-get install -y -qq --no-install-recommends $common $torch g++ cmake ninja-build
    if [ -n "${LIBTORCH_URL:-}" ]; then
      curl -fsSL "$LIBTORCH_URL" -o /tmp/libtorch.zip
      unzip -q /tmp/libtorch.zip -d /opt
      rm /tmp/libtorch.zip
    fi
    ;;
  run)
    # One that was brought from elsewhere comes along from the build.
    torch=
    [ -n "${LIBTORCH_URL:-}" ] || torch=$(newest 'libtorch[0-9.]+')
    apt-get install -y -qq --no-install-recommends $common curl $(newest 'libvips42(t64)?') libsqlite3-0 ${torch:+$torch libopenblas0-openmp}
    useradd --create-home --uid 10001 studio
    install -d -o studio -m 700 /data
    ;;
  *)
    echo "usage: $0 build|run" >&2
    exit 2
    ;;
esac
rm -rf /var/lib/apt/lists/*
