"""How fast a board's port takes a script by raw paste, as mpremote and Thonny send it: paste_bench.py UPYD UPYCTL.

Where the variable MICROPYTHON names a binary of MicroPython's unix port, and socat is there, the same is pasted to that
through a pseudo-terminal, and upyd must not take more than twice as long."""

import os
import pathlib
import select
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
from board import Board  # noqa: E402

ROUNDS = 9
SCRIPT = b"".join(b"value_%06d = %d  # a line of a script\n" % (i % 50, i) for i in range(2600))[:100_000]
SCRIPT = SCRIPT[: SCRIPT.rindex(b"\n") + 1] + b"print('done')\n"


class Port:
    """The serial port of a board."""

    def __init__(self, path):
        self._descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY)
        self._come = b""

    def write(self, data):
        while data:
            data = data[os.write(self._descriptor, data):]

    def until(self, end):
        """Takes what comes up to `end`."""
        while end not in self._come:
            if not select.select([self._descriptor], [], [], 30)[0]:
                sys.exit(f"no answer but {self._come[-200:]}")
            self._come += os.read(self._descriptor, 65536)
        before, self._come = self._come.split(end, 1)
        return before

    def take(self, count):
        while len(self._come) < count:
            self._come += os.read(self._descriptor, 65536)
        taken, self._come = self._come[:count], self._come[count:]
        return taken

    def paste(self, script):
        """Seconds until it was taken and run."""
        self.write(b"\x05A\x01")
        start = time.monotonic()
        self.until(b"R\x01")
        window = int.from_bytes(self.take(2), "little")
        room = window
        while script:
            while room == 0 or self._come or select.select([self._descriptor], [], [], 0)[0]:
                if self.take(1) != b"\x01":
                    sys.exit("the paste is refused")
                room += window
            self.write(script[:room])
            script, room = script[room:], room - len(script[:room])
        self.write(b"\x04")
        self.until(b"\x04")
        out = self.until(b"\x04>")
        if b"done" not in out:
            sys.exit(f"the script says {out[-500:]}")
        return time.monotonic() - start


def measure(path):
    port = Port(path)
    port.write(b"\r\x03\r\x01")
    port.until(b"raw REPL; CTRL-B to exit\r\n>")
    return statistics.median(port.paste(SCRIPT) for _ in range(ROUNDS))


def measure_micropython(binary, directory):
    path = directory + "/port"
    socat = subprocess.Popen(["socat", f"PTY,link={path},rawer", f"EXEC:{binary},pty,rawer,stderr"])
    try:
        while not os.path.exists(path):
            time.sleep(0.01)
        time.sleep(0.2)
        return measure(path)
    finally:
        socat.terminate()
        socat.wait()


def tell(who, seconds):
    print(f"paste of {len(SCRIPT)} bytes, {who}: {seconds * 1000:.1f} ms, {len(SCRIPT) / seconds / 1e6:.2f} MB/s")


def main():
    with Board(*sys.argv[1:3]) as board:
        ours = measure(board.port)
    tell("upyd", ours)
    binary = os.environ.get("MICROPYTHON")
    if not binary or subprocess.call(["which", "socat"], stdout=subprocess.DEVNULL):
        return
    with tempfile.TemporaryDirectory() as directory:
        theirs = measure_micropython(binary, directory)
    tell("MicroPython's unix port", theirs)
    sys.exit(ours > 2 * theirs)


main()
