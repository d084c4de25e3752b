"""MicroPython's mpremote, as it is, on the pseudo-terminal of an instance: mpremote_test.py UPYD UPYCTL TOOLS [TEST...].

The package `mpremote` lies in TOOLS/mpremote (it is tools/mpremote of MicroPython's tree), or in the directory that
UPYD_MPREMOTE names. It wants Debian's python3-serial and python3-platformdirs."""

import ast
import functools
import hashlib
import http.server
import json
import os
import pathlib
import subprocess
import sys
import threading
import time

from board import PATIENCE, Board, Terminal, interrupt, run_all, skip

PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's packages


class Mpremote:
    def __init__(self, board, directory):
        self.board = board
        self.here = board.work / "here"
        self.here.mkdir()
        self.environment = {**os.environ, "PYTHONPATH": directory}

    def command(self, *arguments):
        self.board.wait_until_free()
        return [PYTHON, "-m", "mpremote", "connect", self.board.port, *arguments]

    def __call__(self, *arguments, status=0, patience=PATIENCE):
        """What it writes, with the ends of lines that files have."""
        end = subprocess.run(self.command(*arguments), env=self.environment, cwd=self.here, capture_output=True,
                             timeout=patience)
        out = (end.stdout + end.stderr).decode().replace("\r\n", "\n")
        assert end.returncode == status, f"{arguments}: exit status {end.returncode}: {out}"
        return out

    def spawn(self, *arguments):
        return subprocess.Popen(self.command(*arguments), env=self.environment, cwd=self.here, stdout=subprocess.PIPE)


def equal(found, expected):
    assert found == expected, f"{found!r}, not {expected!r}"


def executes(mpremote):
    equal(mpremote("exec", "print(1+1)"), "2\n")
    equal(mpremote("eval", "6*7"), "42\n")
    (mpremote.here / "script.py").write_text("for i in range(3):\n    print('ä', i)\n")
    equal(mpremote("run", "script.py"), "ä 0\nä 1\nä 2\n")
    assert "ZeroDivisionError" in mpremote("exec", "1/0", status=1)


def much_output_arrives(mpremote):
    equal(mpremote("exec", "for i in range(2000): print('%040d' % i)"), "".join("%040d\n" % i for i in range(2000)))


def resumes_and_resets(mpremote):
    mpremote("exec", "x = 5")
    equal(mpremote("resume", "exec", "print(x)"), "5\n")
    mpremote("soft-reset")
    assert "NameError" in mpremote("resume", "exec", "print(x)", status=1)
    mpremote("resume", "exec", "x = 6")
    mpremote("resume", "reset")
    while mpremote.board.is_running():  # who comes before it is over interrupts it
        time.sleep(0.01)
    assert "NameError" in mpremote("resume", "exec", "print(x)", status=1)


def at_prompt(mpremote):
    """As a board's, the greeting of one that is just being opened may be flushed by who opens it."""
    repl = Terminal(mpremote.command("resume", "repl"), mpremote.environment)
    repl.wait_for(b"to exit this shell")
    repl.type(b"\r")
    repl.wait_for(b">>> ")
    return repl


def has_a_prompt(mpremote):
    repl = at_prompt(mpremote)
    repl.type(b"6*7\r")
    repl.wait_for(b"42\r\n>>> ")
    repl.type(b"while True: pass\r\r")
    repl.wait_for(b"... \r\n")
    time.sleep(0.1)
    repl.type(b"\x03")
    repl.wait_for(b"KeyboardInterrupt: \r\n>>> ")
    repl.type(b"\x04")
    repl.wait_for(b"MPY: soft reboot\r\n")
    repl.wait_for(b">>> ")
    repl.type(b"\x1d")
    equal(repl.end(), 0)


def mounts_a_directory_of_the_host(mpremote):
    (mpremote.here / "helper.py").write_text("print('imported')\nX = 7\n")
    code = "import helper, os; print(helper.X, 'helper.py' in os.listdir()); open('w.txt', 'w').write('from the board\\n')"
    assert "imported\n7 True\n" in mpremote("mount", ".", "exec", code)
    equal((mpremote.here / "w.txt").read_text(), "from the board\n")


def has_a_clock(mpremote):
    mpremote("rtc", "--set")
    year = ast.literal_eval(mpremote("resume", "rtc"))[0]
    assert year in (time.localtime().tm_year, time.localtime().tm_year - 1), year


def interrupts_a_busy_script(mpremote):
    busy = mpremote.spawn("exec", "print('on')\nwhile True: pass")
    equal(busy.stdout.readline(), b"on\r\n")
    interrupt(busy)
    busy.wait(PATIENCE)
    busy.stdout.close()
    equal(mpremote("resume", "exec", "print(1)"), "1\n")


def leaves_a_script_running(mpremote):
    mpremote("exec", "--no-follow", "import time\nwhile True: time.sleep_ms(10)")
    assert mpremote.board.is_running()
    equal(mpremote("resume", "exec", "print(2)"), "2\n")


def tells_who_has_the_console(mpremote):
    repl = at_prompt(mpremote)
    refused = mpremote.board.upyctl("repl", "main", check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert mpremote.board.port in refused.stderr, refused.stderr
    listed = mpremote.board.upyctl("ps", capture_output=True, text=True).stdout
    assert "tty" in listed and mpremote.board.port in listed, listed
    repl.type(b"\x1d")
    equal(repl.end(), 0)


def copies_both_ways(mpremote, size, patience=PATIENCE):
    large = os.urandom(size)
    (mpremote.here / "large").write_bytes(large)
    mpremote("cp", "large", ":large", patience=patience)
    assert mpremote.board.read("large") == large
    mpremote("cp", ":large", "back", patience=patience)
    assert (mpremote.here / "back").read_bytes() == large
    assert hashlib.sha256(large).hexdigest() in mpremote("sha256sum", ":large")
    mpremote("rm", ":large")


def copies_a_mebibyte(mpremote):
    """Minutes: mpremote copies by pieces of 256 bytes, and looks for each answer every 10 ms."""
    copies_both_ways(mpremote, 1 << 20, patience=1200)


def keeps_files(mpremote):
    copies_both_ways(mpremote, 64 << 10)
    (mpremote.here / "lib" / "package").mkdir(parents=True)
    (mpremote.here / "lib" / "package" / "__init__.py").write_text("x = 7\n")
    mpremote("cp", "-r", "lib", ":")
    equal(mpremote("exec", "import package; print(package.x)"), "7\n")
    assert "__init__.py" in mpremote("ls", ":lib/package")
    assert "x = 7\n" in mpremote("cat", ":lib/package/__init__.py")
    mpremote("mkdir", ":lib/more")
    mpremote("touch", ":lib/more/empty")
    assert "empty" in mpremote("tree", ":lib")
    mpremote("rm", "-r", ":lib")
    assert "16777216" in mpremote("df")
    assert "No such file" in mpremote("cat", ":lib/package/__init__.py", status=1)


class PackageIndex(http.server.SimpleHTTPRequestHandler):
    """A directory, in the form of micropython-lib's index, on loopback."""

    def log_message(self, *arguments):
        pass


def installs_packages(mpremote):
    index = mpremote.board.work / "index"
    module, other = b"import second\nx = second.y + 1\n", b"y = 41\n"
    for text in module, other:
        name = hashlib.sha256(text).hexdigest()[:8]
        (index / "file" / name[:2]).mkdir(parents=True, exist_ok=True)
        (index / "file" / name[:2] / name).write_bytes(text)
    packages = {"first": {"hashes": [["first/__init__.py", hashlib.sha256(module).hexdigest()[:8]]],
                          "deps": [["second", "latest"]]},
                "second": {"hashes": [["second.py", hashlib.sha256(other).hexdigest()[:8]]]}}
    for name, package in packages.items():
        (index / "package" / "py" / name).mkdir(parents=True)
        (index / "package" / "py" / name / "latest.json").write_text(json.dumps(package))
    handler = functools.partial(PackageIndex, directory=index)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        said = mpremote("mip", "install", "--index", url, "first")
        assert "Installing: /lib/first/__init__.py" in said and "Done" in said, said
        equal(mpremote("exec", "import first; print(first.x)"), "42\n")
        assert "Exists: /lib/second.py" in mpremote("mip", "install", "--index", url, "first")
        server.shutdown()


TESTS = [executes, much_output_arrives, resumes_and_resets, has_a_prompt, mounts_a_directory_of_the_host, keeps_files,
         installs_packages, has_a_clock, interrupts_a_busy_script, leaves_a_script_running, tells_who_has_the_console]
LONG_TESTS = [copies_a_mebibyte]  # that are run only where they are named


def main():
    upyd, upyctl, tools = sys.argv[1:4]
    directory = os.environ.get("UPYD_MPREMOTE", tools + "/mpremote")
    if not (pathlib.Path(directory) / "mpremote" / "__main__.py").exists():
        skip(f"there is no mpremote in '{directory}'; ./dev test fetches it, or UPYD_MPREMOTE names its directory")
    if subprocess.call([PYTHON, "-c", "import serial, platformdirs"], stderr=subprocess.DEVNULL):
        skip("Debian's python3-serial and python3-platformdirs are not installed")
    chosen = [test for test in TESTS + LONG_TESTS if test.__name__ in sys.argv[4:]] or TESTS
    with Board(upyd, upyctl) as board:
        run_all(chosen, Mpremote(board, directory))


main()
