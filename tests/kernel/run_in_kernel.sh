#!/usr/bin/env bash
# Runs a command in a kernel of its own, with configfs, gpio-sim and real GPIO chips:
#
#   run_in_kernel.sh [--timeout SECONDS] COMMAND [ARGUMENT...]
#
# The kernel is a plain process (User Mode Linux, see build_kernel.sh) and needs no privilege. The command is root there
# and sees the host's files, read-only; TMPDIR is empty memory. Its output and its exit status are passed on. The status
# is 124 when the command took longer than the timeout (5 minutes) and was killed, 125 when the kernel did not get
# as far as running it to its end; what the kernel itself wrote is then shown.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
memory_mib=512

fail() {
  echo "run_in_kernel: $*" >&2
  exit 125
}

# Ends with a status after showing what the kernel wrote.
give_up() {
  sed 's/^/kernel: /' "$rig/log" >&2
  echo "run_in_kernel: $2" >&2
  exit "$1"
}

# A directory for the file that is the kernel's memory: one with room where files may be executed, in memory if there is.
memory_directory() {
  local directory
  for directory in /dev/shm "${TMPDIR:-/tmp}"; do
    [[ -w $directory && ,$(findmnt -n -o OPTIONS -T "$directory"), != *,noexec,* ]] || continue
    [[ $(df --output=avail -m "$directory" | tail -n 1) -gt $memory_mib ]] || continue
    echo "$directory"
    return
  done
  fail "neither /dev/shm nor ${TMPDIR:-/tmp} has $memory_mib MiB for files that may be executed"
}

# The command with its environment and working directory, as a script.
describe() {
  export -p
  printf 'export TMPDIR=%q\n' "$rig/tmp"
  printf 'cd %q\n' "$PWD"
  printf 'exec'
  printf ' %q' "$@"
}

timeout=300
if [[ ${1:-} == --timeout ]]; then
  timeout=$2
  shift 2
fi
[[ $# -gt 0 ]] || fail "there is no command"

linux=$("$here/build_kernel.sh") || fail "there is no kernel"
rig=$(mktemp -d "${TMPDIR:-/tmp}/upyd-rig.XXXXXX")
kernel=
guard=
clean_up() {
  [[ -z $kernel ]] || kill -KILL -- "-$kernel" 2>/dev/null || true
  [[ -z $guard ]] || kill "$guard" 2>/dev/null || true
  wait 2>/dev/null || true # for the last of the output
  rm -rf "$rig"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

mkdir "$rig/tmp"
mkfifo "$rig/console"
describe "$@" >"$rig/command"
cpu=$(sed -n 's/^Cpus_allowed_list:.*[^0-9]\([0-9]*\)$/\1/p' /proc/self/status)
cat "$rig/console" & # between the kernel and a terminal, whose modes it would change
# Its processes take turns with every system call, and wake each other many times faster on one CPU than across two.
TMPDIR=$(memory_directory) taskset -c "$cpu" "$linux" mem=${memory_mib}M uml_dir="$rig/" \
  rootfstype=hostfs rootflags=/ ro init="$here/init.sh" RIG="$rig" \
  con=null con0=null,fd:1 con1=null,fd:2 con2=null,fd:3 console=tty1 \
  </dev/null >"$rig/console" 2>"$rig/log" 3>"$rig/status" &
kernel=$!
# The kernel leads a group of all its processes. Another session kills it, so that even a killed script leaves nothing.
setsid bash -c 'timeout "$1" tail --pid="$2" -f /dev/null; kill -KILL -- "-$3"' guard "$timeout" $$ "$kernel" \
  >/dev/null 2>&1 &
guard=$!
status=0
wait "$kernel" 2>/dev/null || status=$?

[[ $status -ne 137 ]] || give_up 124 "killed after $SECONDS seconds: $*"
[[ -s $rig/status ]] || give_up 125 "the kernel ended before the command: $*"
exit "$(<"$rig/status")"
