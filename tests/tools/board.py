"""A board for the tools that know boards by their serial port: an upyd of the build, with an instance that has a
pseudo-terminal."""

import os
import pathlib
import select
import signal
import subprocess
import sys
import time

from daemon import PATIENCE, Daemon

SKIPPED = 77  # the exit status that CTest takes for that


def skip(why):
    print("skipped:", why)
    sys.exit(SKIPPED)


class Board(Daemon):
    """The instance "main" of a daemon of its own."""

    def __init__(self, upyd, upyctl):
        super().__init__()
        self._url = f"unix://{self.socket}"
        self._upyctl = str(pathlib.Path(upyctl).resolve())
        self.start(upyd, f'listen = ["{self._url}"]\ntty_dir = "{self.work}/tty"\n',
                   lambda: not self.upyctl("health", check=False, capture_output=True).returncode)
        self.upyctl("create", "main", "--tty")
        self.port = f"{self.work}/tty/main"

    def upyctl(self, *arguments, **options):
        options.setdefault("check", True)
        return subprocess.run([self._upyctl, "--host", self._url, *arguments], timeout=PATIENCE, **options)

    def write(self, path, data):
        """Makes a file of the board."""
        self.upyctl("fs", "cp", "main", "-", ":" + path, input=data)

    def read(self, path):
        return self.upyctl("fs", "cat", "main", ":" + path, stdout=subprocess.PIPE).stdout

    def wait_until_free(self):
        """Until upyd has noticed that the program before has closed the port: one that opens it in that moment goes on
        in the other's session."""
        end = time.monotonic() + PATIENCE
        while "CONSOLE_HOLDER_TTY" in self.upyctl("--json", "ps", capture_output=True, text=True).stdout:
            assert time.monotonic() < end, "the port is still open"
            time.sleep(0.01)

    def is_running(self):
        return "<stdin>" in self.upyctl("ps", capture_output=True, text=True).stdout


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, arguments, environment=None):
        self._near, far = os.openpty()
        self._process = subprocess.Popen(arguments, stdin=far, stdout=far, stderr=far, env=environment,
                                         start_new_session=True)
        os.close(far)
        self.shown = b""

    def type(self, keys):
        os.write(self._near, keys)

    def wait_for(self, text):
        """Waits until it has shown that since the last call, and takes it."""
        end = time.monotonic() + PATIENCE
        while text not in self.shown:
            if not select.select([self._near], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"{text} is not shown; there is {self.shown}")
            try:
                self.shown += os.read(self._near, 4096)
            except OSError:
                raise AssertionError(f"ended without {text}: {self.shown}") from None
        self.shown = self.shown.split(text, 1)[1]

    def end(self):
        """Its exit status."""
        status = self._process.wait(PATIENCE)
        os.close(self._near)
        return status


def interrupt(process):
    process.send_signal(signal.SIGINT)


def run_all(tests, *arguments):
    """Runs the functions; exits with their success."""
    faults = 0
    for test in tests:
        print(test.__name__, flush=True)
        try:
            test(*arguments)
        except Exception as error:  # whatever a test does wrong, the others are of interest
            print(f"{test.__name__}: {type(error).__name__}: {error}")
            faults += 1
    sys.exit(faults > 0)
