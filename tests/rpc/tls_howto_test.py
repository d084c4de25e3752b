#!/usr/bin/env python3
"""tls_howto_test.py UPYD UPYCTL TEXT: does what docs/tls.md tells to do, in directories of its own."""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

UPYD, UPYCTL, TEXT = sys.argv[1:4]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def sections(text: str) -> dict[str, str]:
    """What the text says, by heading."""
    parts = re.split(r"^## (.*)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def commands(section: str) -> list[str]:
    return re.findall(r"^    (\S.*)$", section, re.M)


def toml(section: str) -> str:
    return re.search(r"^```toml\n(.*?)^```", section, re.M | re.S)[1]


def main(place: pathlib.Path) -> None:
    here = {"garage.lan": "localhost", "7533": str(free_port()), "0.0.0.0": "127.0.0.1", "/etc/upyd": str(place / "etc"),
            "/run/upyd": str(place), "sudo ": "", " -g upyd": ""}
    text = pathlib.Path(TEXT).read_text()
    for there, instead in here.items():
        assert there in text, there
        text = text.replace(there, instead)
    told = sections(text)
    environment = os.environ | {"XDG_CONFIG_HOME": str(place / "home"), "XDG_RUNTIME_DIR": str(place),
                                "STATE_DIRECTORY": str(place / "state"), "RUNTIME_DIRECTORY": str(place),
                                "PATH": f"{pathlib.Path(UPYCTL).parent}:{os.environ['PATH']}"}
    environment.pop("UPYD_HOST", None)

    def do(command: str, succeeds: bool = True) -> str:
        done = subprocess.run(["bash", "-c", command], cwd=place, env=environment, input="y\n", capture_output=True,
                              text=True, timeout=60)
        assert (done.returncode == 0) == succeeds, (command, done)
        return done.stdout + done.stderr

    def wait_until(condition) -> None:
        end = time.monotonic() + 30
        while not condition():
            assert time.monotonic() < end, "it takes too long"
            time.sleep(0.05)

    for heading in ("An authority", "A certificate for upyd"):
        for command in commands(told[heading]):
            do(command)
    config = place / "etc" / "upyd.toml"
    config.write_text(toml(told["A certificate for upyd"]))
    assert "is right" in do(f"{UPYD} --config {config} --check-config")
    daemon = subprocess.Popen([UPYD, "--config", config], env=environment)
    try:
        client = told["A certificate for a client"]
        home = place / "home" / "upyd"
        home.mkdir(parents=True)
        making = [each for each in commands(client) if each.startswith("openssl ")]
        for command in making:
            do(command)
        for name in ("alice.crt", "alice.key", "ca.crt"):
            shutil.copy(place / name, home)
        (home / "hosts.toml").write_text(toml(client))
        wait_until(lambda: (place / "upyd.sock").exists())
        using = [each for each in commands(client) if each not in making]
        assert len(using) == 3
        answers = [do(command) for command in using]
        assert re.search(r"garage +yes +tls://localhost:\d+ +ok: upyd ", answers[0]), answers
        assert answers[2] == "42\n", answers

        revoking = commands(told["Revoking"])
        for command in revoking[:-1]:
            do(command)
        config.write_text(config.read_text().replace("#crl = ", "crl = "))
        daemon.send_signal(signal.SIGHUP)
        wait_until(lambda: "is revoked" in subprocess.run([UPYCTL, "ps"], env=environment, capture_output=True,
                                                          text=True).stderr)
        fingerprint = do(revoking[-1]).partition("=")[2].strip()
        config.write_text(config.read_text().replace("[tls]\n", f'[tls]\ndeny = ["{fingerprint}"]\n'))
        assert "is right" in do(f"{UPYD} --config {config} --check-config")
    finally:
        daemon.terminate()
        daemon.wait(20)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        main(pathlib.Path(directory))
