#!/usr/bin/env bash
# ./dev test on Debian 13, in a root of its own that debootstrap makes once, under ~/.cache/upyd: trixie.sh [ARGS].
# It is built in build-trixie/, where a warning is no error: that compiler is newer. Needs root.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/upyd
root=$cache/trixie

if [[ ! -d $root ]]; then
  mkdir -p "$cache"
  new=$(mktemp -d "$cache/trixie.XXXXXX")
  trap 'rm -rf "$new"' EXIT
  debootstrap --variant=minbase trixie "$new"
  chmod 755 "$new"
  mv "$new" "$root"
fi

# The mounts are seen by these processes alone, and gone with them.
mkdir -p "$root/upyd" "$project/build" "$project/build-trixie"
export root project
unshare --mount --pid --fork --kill-child --mount-proc="$root/proc" bash -euc '
  mount --bind "$project" "$root/upyd"
  mount --bind "$project/build-trixie" "$root/upyd/build"
  mount -t tmpfs tmpfs "$root/dev/shm"
  exec env -i HOME=/root PATH="$PATH" LANG=C.UTF-8 TERM="${TERM:-dumb}" \
    UPY_CMAKE_OPTIONS=-DCMAKE_COMPILE_WARNING_AS_ERROR=OFF chroot "$root" /upyd/dev test "$@"
' trixie "$@"
