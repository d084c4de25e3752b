#!/usr/bin/env bash
# upyd as it is installed: `cmake --install` of a build into the root of a system of its own, whose systemd then runs the
# real unit, in a kernel of its own.
#
#   systemd_test.sh BUILD-DIRECTORY
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)

installed=$(mktemp -d "${TMPDIR:-/tmp}/upyd-installed.XXXXXX")
trap 'rm -rf "$installed"' EXIT
DESTDIR=$installed cmake --install "$build" --prefix /usr --strip >/dev/null
exec_start=$(sed -n 's/^ExecStart=\([^ ]*\).*/\1/p' "$installed/usr/lib/systemd/system/upyd.service")
[[ $exec_start == /usr/bin/upyd ]] || {
  echo "systemd_test: the unit starts '$exec_start', which is not where upyd was installed" >&2
  exit 1
}
"$here/run_in_kernel.sh" --timeout 240 "$here/systemd_boot.sh" "$installed" "$here/systemd_scenario.sh"
