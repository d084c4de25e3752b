#!/usr/bin/env python3
"""prometheus_test.py UPYD UPYCTL: Debian's Prometheus and upyd.

promtool finds nothing to say of the metrics and of the alerts in examples/; Prometheus scrapes a live daemon. Both are
looked for in PATH; without them the test is skipped (77): ./dev test-prometheus fetches them.
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples/prometheus"
SKIPPED = 77


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url: str, accept: str = "*/*") -> bytes:
    return urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": accept}), timeout=10).read()


def until(what: str, condition):
    """The first answer that is true."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if answer := condition():
                return answer
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit(f"{what}: not within a minute")


def promtool(*arguments: str, text: bytes = b"") -> None:
    done = subprocess.run(["promtool", *arguments], input=text, capture_output=True)
    if done.returncode != 0 or b"error" in done.stderr:
        sys.exit(f"promtool {' '.join(arguments)}:\n{done.stdout.decode()}{done.stderr.decode()}")
    if arguments[1] == "metrics" and (done.stdout or done.stderr):
        sys.exit(f"promtool check metrics:\n{done.stdout.decode()}{done.stderr.decode()}")


def query(server: str, expression: str) -> list:
    answer = json.loads(get(f"{server}/api/v1/query?query={urllib.request.quote(expression)}"))
    return answer["data"]["result"]


def scrape(directory: str, metrics: str) -> None:
    """Prometheus itself, with the configuration of examples/ but for the address and the interval."""
    port = free_port()
    config = (EXAMPLES / "prometheus.yml").read_text().replace("127.0.0.1:9533", metrics)
    pathlib.Path(directory, "prometheus.yml").write_text("global: {scrape_interval: 1s, scrape_timeout: 1s}\n" + config)
    shutil.copy(EXAMPLES / "upyd-alerts.yml", directory)
    log = open(pathlib.Path(directory, "prometheus.log"), "w")
    prometheus = subprocess.Popen(["prometheus", f"--config.file={directory}/prometheus.yml",
                                   f"--storage.tsdb.path={directory}/data", f"--web.listen-address=127.0.0.1:{port}"],
                                  stdout=log, stderr=log)
    try:
        server = f"http://127.0.0.1:{port}"
        until("Prometheus scrapes upyd", lambda: any(each["value"][1] == "1" for each in query(server, 'up{job="upyd"}')))
        found = until("the heap of an instance", lambda: query(server, 'upyd_instance_heap_used_bytes{name="main"}'))
        assert int(found[0]["value"][1]) > 0, found
        bad = [rule for group in json.loads(get(f"{server}/api/v1/rules"))["data"]["groups"] for rule in group["rules"]
               if rule["health"] == "err"]
        assert not bad, bad
    finally:
        prometheus.terminate()
        prometheus.wait()


def main(upyd: str, upyctl: str) -> None:
    if not shutil.which("promtool") or not shutil.which("prometheus"):
        print("skipped: neither promtool nor prometheus; ./dev test-prometheus fetches them")
        sys.exit(SKIPPED)
    promtool("check", "rules", str(EXAMPLES / "upyd-alerts.yml"))
    with tempfile.TemporaryDirectory() as directory:
        metrics = f"127.0.0.1:{free_port()}"
        config = pathlib.Path(directory, "upyd.toml")
        config.write_text(f'[metrics]\nlisten = "tcp://{metrics}"\n')
        host = f"unix://{directory}/upyd.sock"
        environment = os.environ | {"STATE_DIRECTORY": directory, "RUNTIME_DIRECTORY": directory,
                                    "UPYD_HOST": host}
        daemon = subprocess.Popen([upyd, "--config", str(config), "--listen", host], env=environment)
        try:
            url = f"http://{metrics}/metrics"
            until("upyd answers", lambda: get(url))
            for arguments in (["create", "main"], ["exec", "-i", "main", "from machine import Pin\n"
                                                   "Pin(5, Pin.IN).irq(lambda pin: None)"], ["gpio", "set", "5=1"]):
                subprocess.run([upyctl, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)
            promtool("check", "metrics", text=get(url))
            scrape(directory, metrics)
        finally:
            daemon.terminate()
            assert daemon.wait() == 0


main(*sys.argv[1:])
