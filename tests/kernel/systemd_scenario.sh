#!/usr/bin/env bash
# What an administrator and a user do with upyd as a service, in a system that systemd_boot.sh has booted.
set -uo pipefail

fail() {
  echo "systemd_scenario: line ${BASH_LINENO[-2]}: $*"
  systemctl --no-pager --full status upyd
  journalctl --no-pager -u upyd -n 50
  exit 1
}

# expect OUTPUT COMMAND...: the command succeeds and prints that.
expect() {
  local output
  output=$("${@:2}" 2>&1) || fail "${*:2} fails: $output"
  [[ $output == "$1" ]] || fail "${*:2} prints: $output"
}

# tells PATTERN COMMAND...: what the command prints matches the shell pattern, whatever its status is.
tells() {
  local output
  output=$("${@:2}" 2>&1)
  # shellcheck disable=SC2053
  [[ $output == $1 ]] || fail "${*:2} prints: $output"
}

# Waits for a condition that is about to come true.
soon() {
  local i
  for ((i = 0; i < 100; i++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  fail "never: $*"
}

as_member() { runuser -u member -- "$@"; }
as_stranger() { runuser -u stranger -- "$@"; }
result() { systemctl show -P "$1" upyd; }

# ---- installing ----

systemd-sysusers || fail "no users"
systemctl daemon-reload
expect '' systemd-analyze verify /usr/lib/systemd/system/upyd.service
udevadm control --reload
useradd --no-create-home --groups upyd member
useradd --no-create-home stranger

mount -t configfs configfs /sys/kernel/config 2>/dev/null
mkdir -p /sys/kernel/config/gpio-sim/rig/bank
echo 8 >/sys/kernel/config/gpio-sim/rig/bank/num_lines
echo rig >/sys/kernel/config/gpio-sim/rig/bank/label
echo 1 >/sys/kernel/config/gpio-sim/rig/live
udevadm settle
chip=$(</sys/kernel/config/gpio-sim/rig/bank/chip_name)
lines=/sys/devices/platform/$(</sys/kernel/config/gpio-sim/rig/dev_name)/$chip
expect 'gpio 660' stat -c '%G %a' "/dev/$chip"

systemctl enable --now upyd 2>/dev/null || fail "it does not start"
expect active systemctl is-active upyd
expect enabled systemctl is-enabled upyd

grep -q 'Seccomp:.2' "/proc/$(result MainPID)/status" || fail "it runs unconfined"

# ---- using it ----

expect 42 as_member upyctl exec 'print(6 * 7)'
tells "*you may not connect to unix:///run/upyd/upyd.sock (Permission denied): only the members of the group 'upyd' may;*sudo usermod -aG upyd*" \
  as_stranger upyctl ps
tells '*made for one run has no files of its own*' as_member upyctl exec 'open("x", "w")'

# The port of a board is for members too.
expect board as_member upyctl create board --tty
expect 'upyd upyd 660' stat -L -c '%U %G %a' /run/upyd/tty/board
tells '*42*' as_member bash -c 'exec 3<>/run/upyd/tty/board; printf "print(6*7)\r" >&3; timeout 10 grep -m1 ^42 <&3'
tells '*Permission denied*' as_stranger bash -c ': </run/upyd/tty/board'
expect '' as_member upyctl rm board
[[ ! -L /run/upyd/tty/board ]] || fail "the port of a board outlives it"

# A board has files of its own, in the state directory, as long as it lives.
expect board as_member upyctl create board
expect '' as_member upyctl exec -i board 'import os; os.mkdir("lib"); open("lib/m.py", "w").write("x = 7")'
expect 7 as_member upyctl exec -i board 'import m; print(m.x)'
expect 'x = 7' cat /var/lib/upyd/instances/board/fs/lib/m.py
expect 'x = 7' as_member upyctl fs cat board :/lib/m.py
echo 'x = 8' >/tmp/m.py
expect '' as_member upyctl fs cp board /tmp/m.py :lib/m.py
expect 'x = 8' as_member upyctl fs cat board :/lib/m.py
expect '' as_member upyctl rm board
[ -z "$(ls /var/lib/upyd/instances)" ] || fail "the files of a board are left"

# A directory of the host is mounted; the config's `listen` counts.
mkdir /var/lib/upyd/shared
chown upyd:upyd /var/lib/upyd/shared
sed 's|^#\(\[\[files.mount]]\)|\1|; s|^#at = |at = |; s|^#directory = .*|directory = "/var/lib/upyd/shared"|
     s|^#access = "read"|access = "write"|; s|^#mounts = .*|mounts = "write"|
     s|^#listen = \[.*|listen = ["unix:///run/upyd/other.sock"]|' /usr/share/upyd/upyd.toml >/etc/upyd/upyd.toml
sed -i "s|^#chips = \[\]|chips = [\"$chip\"]|; s|^#gpio = .*|gpio = [\"$chip:*\"]|" /etc/upyd/upyd.toml
systemctl restart upyd || fail "it does not start with a config"
tells '*no upyd answers at unix:///run/upyd/upyd.sock*sudo systemctl start upyd*' as_member upyctl ps
export UPYD_HOST=unix:///run/upyd/other.sock

expect written as_member upyctl exec '
import os
os.chdir("/host")
os.mkdir("dir")
with open("dir/file.txt", "w") as f: f.write("written")
os.rename("dir/file.txt", "dir/../moved.txt")
print(open("/host/moved.txt").read())'
expect written cat /var/lib/upyd/shared/moved.txt
expect "['moved.txt']" as_member upyctl exec 'import os; os.chdir("/host"); os.rmdir("dir"); print(os.listdir())'
ln -s /etc/passwd /var/lib/upyd/shared/out
tells '*ENOENT*' as_member upyctl exec 'open("/host/out")'
tells '*ENOENT*' as_member upyctl exec 'open("/host/../../../../etc/passwd")'
mkdir /tmp/proj
echo 'def answer(): return "from beside"' >/tmp/proj/helper.py
echo 'import helper; print(helper.answer())' >/tmp/proj/main.py
expect 'from beside' as_member upyctl run /tmp/proj/main.py

as_member upyctl create counter >/dev/null || fail "no instance"
expect '' as_member upyctl exec -i counter "
from machine import Pin
edges = []
led = Pin('$chip:1', Pin.OUT, value=1)
irq = Pin(0, Pin.IN).irq(lambda pin: edges.append(pin.value()))"
expect 1 cat "$lines/sim_gpio1/value"
echo pull-up >"$lines/sim_gpio0/pull"
soon as_member upyctl exec -i counter 'assert edges == [1]'

# ---- signals, faults and the end ----

tells '*process * holds it*' runuser -u upyd -- /usr/bin/upyd
expect active systemctl is-active upyd

sed -i 's|^#max_instances = .*|max_instances = 77|' /etc/upyd/upyd.toml
expect '/etc/upyd/upyd.toml is right' upyd --check-config
systemctl reload upyd || fail "it does not reload"
soon eval 'as_member upyctl version | grep -q "of 77 instances"'
echo 'max_instances = 0' >/tmp/wrong.toml
tells "/tmp/wrong.toml:1: 'max_instances' must be a whole number from 1 to *" \
  eval 'upyd --config /tmp/wrong.toml --check-config 2>&1 | sed "s/^upyd: //"'
expect active systemctl is-active upyd
expect 0 result NRestarts

as_member upyctl create drained >/dev/null
as_member upyctl exec -i drained '
import time
open("/host/state", "w").write("on")
try:
    time.sleep(1000)
finally:
    with open("/host/state", "w") as f: f.write("safe")' 2>/dev/null &
soon grep -q on /var/lib/upyd/shared/state
systemctl stop upyd
expect safe cat /var/lib/upyd/shared/state
expect success result Result
expect 0 result ExecMainStatus
expect 0 cat "$lines/sim_gpio1/value"

echo 'nonsense = 1' >/etc/upyd/upyd.toml
systemctl start upyd 2>/dev/null && fail "it starts with a bad config"
sleep 1
expect 0 result NRestarts
tells "*status=78*Status: \"/etc/upyd/upyd.toml:1*nonsense*" systemctl --no-pager --full status upyd
printf '[[files.mount]]\nat = "/host"\ndirectory = "/nowhere"\n' >/etc/upyd/upyd.toml
systemctl start upyd 2>/dev/null && fail "it starts without what is to be mounted"
tells "*cannot mount '/nowhere' for scripts: No such file or directory; make it*" \
  systemctl --no-pager --full status upyd

rm /etc/upyd/upyd.toml
systemctl start upyd || fail "it does not start again"
unset UPYD_HOST
expect 42 as_member upyctl exec 'print(42)'

# ---- logs, in the journal and after a kill ----

expect main as_member upyctl create main
run=$(as_member upyctl exec -d -i main '
import sys
print("hello")
print("bad\x1b[2J", file=sys.stderr)
1 / 0' | cut -d' ' -f2)
as_member upyctl wait "$run"
[[ $? == 1 ]] || fail "wait does not tell the status of the script"
in_journal() { journalctl --no-pager -u upyd UPYD_INSTANCE=main "$@"; }
soon eval 'in_journal UPYD_STREAM=upyd -o cat | grep -qx "run $run ended by ZeroDivisionError"'
expect hello in_journal UPYD_STREAM=stdout -o cat
expect "bad\\x1b[2J|main|$run|stderr|4|upyd" eval 'in_journal UPYD_STREAM=stderr -o json | head -1 | python3 -c "
import json, sys
entry = json.loads(sys.stdin.readline())
fields = \"MESSAGE\", \"UPYD_INSTANCE\", \"UPYD_RUN\", \"UPYD_STREAM\", \"PRIORITY\", \"SYSLOG_IDENTIFIER\"
print(*(entry[name] for name in fields), sep=\"|\")"'
expect tmpfs stat -f -c %T /run/upyd/log
systemctl reset-failed upyd  # the starts above were many in a short time
kill -9 "$(result MainPID)"
soon as_member upyctl version
expect hello as_member upyctl logs main --stream out

# ---- the watchdog of systemd ----

mkdir -p /run/systemd/system/upyd.service.d
printf '[Service]\nWatchdogSec=2\n' >/run/systemd/system/upyd.service.d/watchdog.conf
systemctl daemon-reload
systemctl restart upyd
sleep 5
expect 0 result NRestarts
pid=$(result MainPID)
kill -STOP "$pid"
soon eval '[[ $(result NRestarts) -gt 0 && $(result MainPID) != "$pid" ]]'
soon as_member upyctl version
soon eval 'journalctl --no-pager -u upyd -o cat | grep -q "SIGABRT on the thread"'
rm -r /run/systemd/system/upyd.service.d
systemctl daemon-reload

# ---- on systemd's own socket ----

systemctl disable --now upyd 2>/dev/null
systemctl enable --now upyd.socket 2>/dev/null || fail "the socket does not start"
expect 'upyd 660' stat -c '%G %a' /run/upyd/upyd.sock
expect inactive result ActiveState
expect 42 as_member upyctl exec 'print(42)'
expect active systemctl is-active upyd
tells '*(Permission denied)*' as_stranger upyctl ps
systemctl restart upyd &
expect 42 as_member upyctl exec 'print(42)'
wait
systemctl stop upyd.socket upyd
systemctl start upyd || fail "it does not start without the socket"
expect 42 as_member upyctl exec 'print(42)'
echo "everything as it should be"
