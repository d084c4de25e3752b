#!/usr/bin/env bash
# Shows upyd at work: demo.sh DIRECTORY-OF-THE-PROGRAMS. It uses nothing outside a temporary directory.
set -euo pipefail

bin=$(cd "$1" && pwd)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
daemon=
script=

clean_up() {
  [[ -z $script ]] || kill "$script" 2>/dev/null || true
  [[ -z $daemon ]] || kill "$daemon" 2>/dev/null || true
  wait || true
  rm -rf "$work"
}
trap clean_up EXIT

say() { printf '\n== %s\n' "$*"; }

upyctl() {
  printf '$ upyctl %s\n' "$*" >&2
  "$bin/upyctl" "$@"
}

# Waits until a command succeeds, for 10 seconds at most.
wait_for() {
  for _ in {1..200}; do
    "$@" >/dev/null 2>&1 && return
    sleep 0.05
  done
  echo "demo: waited in vain for: $*" >&2
  exit 1
}

led_is_held() { "$bin/upyctl" gpio info LED | grep -q 'writer=blinker'; }
busy_runs() { [[ $("$bin/upyctl" ps | grep -c worker) -ge 1 ]]; }

export UPYD_HOST=unix://$work/upyd.sock
cat >"$work/upyd.toml" <<'TOML'
[[gpio.simulated]]
name = "gpiochip0"
names = { BUTTON = 4, LED = 17 }
TOML

say "Start upyd on a socket of its own, with a simulated chip"
STATE_DIRECTORY=$work/state RUNTIME_DIRECTORY=$work "$bin/upyd" --listen "$UPYD_HOST" --config "$work/upyd.toml" &
daemon=$!
wait_for test -S "$work/upyd.sock"
upyctl gpio detect

say "Run a script that blinks a line, counts edges and ticks a timer"
upyctl run --name blinker "$here/demo.py" &
script=$!
wait_for led_is_held
upyctl gpio info LED BUTTON

say "Press the button twice, from outside"
for level in 1 0 1 0; do
  upyctl gpio set BUTTON=$level
  sleep 0.2
done

say "Look into its memory while it runs"
upyctl mem-info blinker
wait "$script"
script=

say "Keep an instance, and what it has computed"
upyctl create worker
upyctl exec -i worker 'answer = 6 * 7'
upyctl exec -i worker 'print("the answer is", answer)'

say "Interrupt a busy loop in it"
upyctl run -i worker "$here/busy.py" &
script=$!
wait_for busy_runs
sleep 0.3
upyctl ps
upyctl interrupt worker
status=0
wait "$script" || status=$?
script=
echo "the script's exit status is $status"
[[ $status -eq 130 ]]
upyctl rm worker

say "Stop upyd"
kill "$daemon"
wait "$daemon"
daemon=
echo "it ended with status 0"
