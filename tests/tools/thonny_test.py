"""The back end of Thonny, as it is, on the pseudo-terminal of an instance: thonny_test.py UPYD UPYCTL TOOLS [TEST...].

The package `thonny` lies in TOOLS/thonny (as dpkg -x unpacks Debian's), or in the directory that UPYD_THONNY names, or is
installed. It wants Debian's python3-serial and python3-tk. The window is left out: its end of the back end is this test."""

import glob
import os
import pathlib
import queue
import subprocess
import sys
import threading
import time

from board import PATIENCE, Board, interrupt, run_all, skip

PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's packages
CLIENT = """
import sys
from thonny.common import *
for line in sys.stdin:
    print(serialize_message(eval(line)), flush=True)
"""


class BackEnd:
    """The back end, at work on a board."""

    def __init__(self, board, directory):
        self.board = board
        home = board.work / "thonny-home"
        home.mkdir()
        environment = {**os.environ, "PYTHONPATH": directory, "THONNY_USER_DIR": str(home), "PYTHONUNBUFFERED": "1"}
        settings = {"clean": True, "port": board.port, "local_rtc": True, "sync_time": True, "validate_time": True,
                    "cwd": None, "interrupt_on_connect": True, "submit_mode": None, "dtr": None, "rts": None}
        # Both ends of the protocol are Thonny's own.
        self._speaker = subprocess.Popen([PYTHON, "-c", CLIENT], env=environment, stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True)
        self.process = subprocess.Popen(
            [PYTHON, "-m", "thonny.plugins.micropython.bare_metal_backend", repr(settings)], env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.wait_for("ToplevelResponse")

    def _read(self):
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def send(self, command):
        """A command as Thonny's classes write it."""
        self._speaker.stdin.write(command + "\n")
        self._speaker.stdin.flush()
        self.process.stdin.write(self._speaker.stdout.readline())
        self.process.stdin.flush()

    def wait_for(self, *texts):
        """What it says until it has said all of those."""
        said = ""
        end = time.monotonic() + PATIENCE
        while not all(text in said for text in texts):
            try:
                line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"it does not say {texts}, but {said}") from None
            if line is None:
                raise AssertionError(f"it ended: {said}")
            said += line
        return said

    def end(self):
        for process in (self.process, self._speaker):
            process.kill()
            process.wait()


def runs_scripts(back_end):
    back_end.send("ToplevelCommand('execute_source', source='print(6*7)')")
    back_end.wait_for("42", "ToplevelResponse")
    back_end.send("ToplevelCommand('execute_source', source='1/0')")
    back_end.wait_for("ZeroDivisionError", "ToplevelResponse")


def lists_and_saves_files(back_end):
    back_end.board.write("hello.py", b"print('hi')\n")
    back_end.send("InlineCommand('get_dirs_children_info', id='1', node_id='n', paths={'/'}, include_hidden=False)")
    back_end.wait_for("hello.py")
    back_end.send("InlineCommand('write_file', id='2', make_shebang_scripts_executable=False, path='/saved.py', "
                  "content_bytes=b'x = 1\\n', editor_id='e')")
    back_end.wait_for("InlineResponse", "write_file")
    assert back_end.board.read("saved.py") == b"x = 1\n"


def interrupts(back_end):
    back_end.send("ToplevelCommand('execute_source', source='print(chr(111) + chr(110))\\nwhile True: pass')")
    back_end.wait_for("on")
    back_end.send("ImmediateCommand('interrupt')")
    back_end.wait_for("KeyboardInterrupt", "ToplevelResponse")
    back_end.send("ToplevelCommand('execute_source', source='print(1+1)')")
    back_end.wait_for("2", "ToplevelResponse")


TESTS = [runs_scripts, lists_and_saves_files, interrupts]


def main():
    upyd, upyctl, tools = sys.argv[1:4]
    directory = os.environ.get("UPYD_THONNY", tools + "/thonny/usr/lib/python3/dist-packages")
    environment = {**os.environ, "PYTHONPATH": directory}
    if subprocess.call([PYTHON, "-c", "import thonny, serial, tkinter"], env=environment,
                       stderr=subprocess.DEVNULL):
        skip(f"there is no Thonny in '{directory}', or no python3-serial or python3-tk; ./dev test fetches them")
    chosen = [test for test in TESTS if not sys.argv[4:] or test.__name__ in sys.argv[4:]]
    with Board(upyd, upyctl) as board:
        back_end = BackEnd(board, directory)
        try:
            run_all(chosen, back_end)
        finally:
            back_end.end()


main()
