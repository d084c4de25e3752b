#!/usr/bin/env bash
# Prints the path of a User Mode Linux kernel of kernel.config, made from Debian's kernel source. The first time it is
# built, some minutes on 2 cores; it is kept under ~/.cache/upyd for every version of source and configuration.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
  echo "build_kernel: $*" >&2
  exit 1
}

# The newest source that Debian's packages linux-source-* have installed.
find_source() {
  find /usr/src -maxdepth 1 -name 'linux-source-*.tar.xz' | sort -V | tail -n 1
}

version() { dpkg-query -W -f '${Version}' "$(basename "$1" .tar.xz)"; }

# Two facts of the source that kernel.config cannot change:
# - A process's floating-point registers get 2696 bytes, but those of x86 processors with AMX need 11008.
# - Edges of simulated lines wait for the next tick of the clock, and there are only 100 in a second.
adapt() {
  sed -i 's/(HOST_FP_SIZE, 2696)/(HOST_FP_SIZE, 12288)/' arch/x86/um/user-offsets.c
  sed -i '/^config HZ$/,/default/s/default 100$/default 1000/' arch/um/Kconfig
}

# Builds $kernel, in a directory of its own beside it that is gone in the end.
build() {
  work=$(mktemp -d "$cache/building.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  echo "build_kernel: building $kernel from $source" >&2
  tar -xf "$source" -C "$work" --strip-components=1
  (
    cd "$work"
    adapt
    make -s ARCH=um KCONFIG_ALLCONFIG="$here/kernel.config" allnoconfig
    make -s ARCH=um -j "$(nproc)" linux
  ) >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    fail "the kernel does not build"
  }
  mv "$work/linux" "$kernel"
}

source=$(find_source)
[[ -n $source ]] || fail "there is no kernel source in /usr/src; install Debian's package linux-source"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/upyd
hash=$({ version "$source" && declare -f adapt && cat "$here/kernel.config"; } | sha256sum | head -c 16)
kernel=$cache/kernel-$hash
mkdir -p "$cache"
exec 9>"$kernel.lock" # two who want it at once build it once
flock 9
[[ -x $kernel ]] || build
echo "$kernel"
