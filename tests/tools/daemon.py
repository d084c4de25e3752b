"""A daemon of the build in a directory of its own."""

import pathlib
import subprocess
import sys
import tempfile
import time

PATIENCE = 60  # seconds


class Daemon:
    """`work` is its directory, gone when it ends; with it, as a context, upyd ends, and must do so with status 0."""

    def __init__(self):
        self._directory = tempfile.TemporaryDirectory()
        self.work = pathlib.Path(self._directory.name)
        self.socket = self.work / "upyd.sock"

    def start(self, upyd, config, is_up):
        """Starts upyd with that in its config besides the directories, and waits until is_up()."""
        file = self.work / "upyd.toml"
        file.write_text(f'state = "{self.work}/state"\nlog_dir = "{self.work}/log"\n' + config)
        self._process = subprocess.Popen([upyd, "--config", file])
        end = time.monotonic() + PATIENCE
        while not is_up():
            if self._process.poll() is not None or time.monotonic() > end:
                sys.exit("upyd does not start")
            time.sleep(0.05)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        status = self._process.wait(PATIENCE)
        self._directory.cleanup()
        if status:
            sys.exit(f"upyd: exit status {status}")
