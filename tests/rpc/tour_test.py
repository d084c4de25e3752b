"""Types the tour of upyctl that README.md gives: tour_test.py UPYD UPYCTL. Each command must do without an error; those
that go on until the user ends them are ended after a while."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

PATIENCE = 30  # seconds
GO_ON = ("repl", "console", "events", "gpio mon")
ROOT = pathlib.Path(__file__).resolve().parents[2]


def commands():
    """The lines of the section's first block, without their comments."""
    section = re.search(r"^## A tour of upyctl\n\n((?:    .*\n)+)", (ROOT / "README.md").read_text(), re.MULTILINE)
    return [line.split("  #")[0].strip() for line in section[1].splitlines()]


def run(command, directory, environment):
    """None, or what was wrong."""
    print("$", command, flush=True)
    goes_on = any(command.startswith("upyctl " + name) for name in GO_ON)
    process = subprocess.Popen(command, shell=True, cwd=directory, env=environment, start_new_session=True,
                               stdin=subprocess.DEVNULL if not goes_on else subprocess.PIPE)
    try:
        status = process.wait(1 if goes_on else PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        return None if goes_on else "does not end"
    return "ends by itself" if goes_on else f"exit status {status}" if status else None


def main():
    upyd, upyctl = (pathlib.Path(path).resolve() for path in sys.argv[1:])
    faults = 0
    with tempfile.TemporaryDirectory() as work:
        shutil.copytree(ROOT / "examples", work + "/examples")
        url = f"unix://{work}/upyd.sock"
        environment = {**os.environ, "UPYD_HOST": url, "PATH": f"{upyctl.parent}:{os.environ['PATH']}"}
        daemon = subprocess.Popen([upyd, "--listen", url, "--config", os.devnull, "--state", work + "/state"],
                                  env={**os.environ, "RUNTIME_DIRECTORY": work})
        try:
            while subprocess.call([upyctl, "health"], env=environment, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL):
                if daemon.poll() is not None:
                    sys.exit("upyd does not start")
            directory = work
            for command in commands():
                if command.startswith("cd "):
                    directory = os.path.join(directory, command[3:])
                elif fault := run(command, directory, environment):
                    print("tour_test:", command + ":", fault)
                    faults += 1
        finally:
            daemon.terminate()
            status = daemon.wait()
        if status:
            print("tour_test: upyd: exit status", status)
            faults += 1
    sys.exit(faults > 0)


main()
