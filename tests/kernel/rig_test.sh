#!/usr/bin/env bash
# The rig itself: what becomes of output, exit statuses, hangs and a kernel that dies.
set -euo pipefail
run_in_kernel=$(dirname "${BASH_SOURCE[0]}")/run_in_kernel.sh

# expect STATUS OUTPUT COMMAND...: runs run_in_kernel.sh COMMAND and compares.
expect() {
  local status=0 output
  output=$("$run_in_kernel" "${@:3}" 2>/dev/null) || status=$?
  [[ $status -eq $1 && $output == "$2" ]] && return
  printf 'rig_test: %s: status %s and output:\n%s\nnot status %s and output:\n%s\n' "${*:3}" "$status" "$output" "$1" "$2"
  exit 1
}

expect 0 'two  words' printf '%s\n' 'two  words'
expect 7 "$(seq 20000)" bash -c 'seq 20000; exit 7'
expect 0 "$PWD" pwd
expect 124 begun --timeout 15 bash -c 'echo begun; sleep 1000'
expect 124 '' --timeout 5 bash -c 'while :; do :; done'
expect 125 dying bash -c 'echo dying; sleep 0.2; perl -e "syscall(169, 0xfee1dead, 0x28121969, 0x4321fedc, 0)"'
expect 1 'read-only' bash -c 'touch /etc/upyd-rig-test 2>/dev/null || { echo read-only; exit 1; }'
