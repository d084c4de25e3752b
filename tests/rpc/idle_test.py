#!/usr/bin/env python3
"""idle_test.py UPYD UPYCTL: a daemon that nobody talks to, and whose instances have nothing to do, does nothing.

What a kernel counts of its threads (how often each gave up its CPU) stands still, with and without instances, and little
of it is in memory.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

UPYD, UPYCTL = sys.argv[1:3]
WATCHED_S = 3
MOST_RESIDENT_KIB = 16 << 10


def naps(process: int) -> dict[str, int]:
    """How often each thread slept: whoever wakes up sleeps again."""
    counts = {}
    for task in pathlib.Path(f"/proc/{process}/task").iterdir():
        status = (task / "status").read_text()
        counts[f"{(task / 'comm').read_text().strip()} {task.name}"] = int(
            status.split("\nvoluntary_ctxt_switches:")[1].split()[0])
    return counts


def expect_sleep(process: int, when: str) -> None:
    before = naps(process)
    time.sleep(WATCHED_S)
    after = naps(process)
    awake = {thread: count - before.get(thread, 0) for thread, count in after.items() if count != before.get(thread)}
    assert not awake, f"{when}: these threads woke up in {WATCHED_S} s: {awake}"


def figure(process: int, name: str) -> int:
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(status.split(f"\n{name}:")[1].split()[0])


def expect_little_memory(process: int, when: str) -> None:
    resident = figure(process, "VmRSS")
    print(f"{when}: {resident} KiB resident, of that {figure(process, 'RssAnon')} KiB not of files; "
          f"{figure(process, 'Threads')} threads")
    assert resident < MOST_RESIDENT_KIB, when


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        host = f"unix://{directory}/upyd.sock"
        environment = os.environ | {"STATE_DIRECTORY": directory, "RUNTIME_DIRECTORY": directory, "UPYD_HOST": host}
        log = open(os.path.join(directory, "log"), "w+")
        daemon = subprocess.Popen([UPYD, "--config", "/dev/null", "--listen", host], env=environment, stderr=log)
        try:
            while "listening on" not in pathlib.Path(directory, "log").read_text():
                time.sleep(0.05)
            time.sleep(0.5)
            expect_sleep(daemon.pid, "before the first client")
            expect_little_memory(daemon.pid, "before the first client")
            for command in (["create", "a"], ["exec", "-i", "a", "from machine import Pin\n"
                                              "Pin(5, Pin.IN).irq(lambda pin: None)"]):
                subprocess.run([UPYCTL, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
            deadline = time.monotonic() + 60
            while any(name.startswith("nexting_thread") for name in naps(daemon.pid)):  # gRPC's
                assert time.monotonic() < deadline, "gRPC does not end"
                time.sleep(0.5)
            time.sleep(0.5)
            expect_sleep(daemon.pid, "with an idle instance")
            expect_little_memory(daemon.pid, "with an idle instance")
            subprocess.run([UPYCTL, "exec", "-i", "a", "print('awake')"], env=environment, check=True,
                           stdout=subprocess.DEVNULL)
        finally:
            daemon.terminate()
            assert daemon.wait() == 0


main()
