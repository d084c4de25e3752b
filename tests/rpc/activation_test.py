#!/usr/bin/env python3
"""activation_test.py UPYD UPYCTL: upyd on sockets that a service manager made (sd_listen_fds)."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

UPYD, UPYCTL = sys.argv[1:3]
FIRST = 3  # the descriptor that the first socket has


class Activation(unittest.TestCase):
    def setUp(self):
        self._directory = tempfile.TemporaryDirectory()
        self.addCleanup(self._directory.cleanup)
        self.directory = self._directory.name

    def path(self, name: str) -> str:
        return os.path.join(self.directory, name)

    def listen(self, name: str) -> socket.socket:
        made = socket.socket(socket.AF_UNIX)
        self.addCleanup(made.close)
        made.bind(self.path(name))
        made.listen()
        return made

    def start(self, sockets: list, config: str = "") -> subprocess.Popen:
        """A daemon that gets these."""
        pathlib.Path(self.path("upyd.toml")).write_text(config)
        moved = "; ".join(f"exec {FIRST + i}<&{50 + i}" for i in range(len(sockets)))
        for i, each in enumerate(sockets):
            os.dup2(each.fileno(), 50 + i)
        environment = os.environ | {"STATE_DIRECTORY": self.directory, "RUNTIME_DIRECTORY": self.directory,
                                    "LISTEN_FDS": str(len(sockets))}
        daemon = subprocess.Popen(
            ["bash", "-c", f'{moved}; export LISTEN_PID=$$; exec "$0" --config "$1"', UPYD, self.path("upyd.toml")],
            env=environment, pass_fds=range(50, 50 + len(sockets)), stderr=subprocess.PIPE, text=True)
        for i in range(len(sockets)):
            os.close(50 + i)
        self.addCleanup(self.stop, daemon)
        return daemon

    def stop(self, daemon: subprocess.Popen) -> str:
        """What it logged; of one that has ended, nothing."""
        if daemon.returncode is not None:
            return ""
        daemon.send_signal(signal.SIGTERM)
        return daemon.communicate(timeout=20)[1]

    def ask(self, address: str) -> str:
        host = address if "://" in address else "unix://" + self.path(address)
        asked = subprocess.run([UPYCTL, "--host", host, "exec", "print(6 * 7)"], capture_output=True, text=True,
                               timeout=20)
        return asked.stdout + asked.stderr

    def test_a_client_waits_for_the_daemon(self):
        made = self.listen("upyd.sock")
        client = subprocess.Popen([UPYCTL, "--host", "unix://" + self.path("upyd.sock"), "exec", "print('here')"],
                                  stdout=subprocess.PIPE, text=True)
        time.sleep(0.3)
        daemon = self.start([made])
        self.assertEqual(client.communicate(timeout=20)[0], "here\n")
        self.assertIn("listening on unix://" + self.path("upyd.sock"), self.stop(daemon))
        self.assertEqual(daemon.returncode, 0)
        self.assertTrue(os.path.exists(self.path("upyd.sock")), "it is not the daemon's to remove")
        self.start([made])
        self.assertEqual(self.ask("upyd.sock"), "42\n")

    def test_what_is_configured_besides_is_opened(self):
        made = self.listen("activated.sock")
        self.start([made], f'listen = ["unix://{self.path("activated.sock")}", "unix://{self.path("own.sock")}"]\n')
        self.assertEqual(self.ask("activated.sock"), "42\n")
        self.assertEqual(self.ask("own.sock"), "42\n")

    def test_the_metrics_have_theirs(self):
        made = self.listen("metrics.sock")
        clients = self.listen("upyd.sock")
        self.start([made, clients], f'[metrics]\nlisten = "unix://{self.path("metrics.sock")}"\n')
        self.assertEqual(self.ask("upyd.sock"), "42\n")
        with socket.socket(socket.AF_UNIX) as scraper:
            scraper.connect(self.path("metrics.sock"))
            scraper.sendall(b"GET /metrics HTTP/1.1\r\n\r\n")
            self.assertTrue(scraper.recv(100).startswith(b"HTTP/1.1 200 OK\r\n"))

    def test_tcp(self):
        made = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(made.close)
        unprotected = self.start([made])
        self.assertIn("insecure_tcp", unprotected.communicate(timeout=20)[1])
        self.assertEqual(unprotected.returncode, 78)
        self.start([made], "insecure_tcp = true\n")
        self.assertEqual(self.ask("tcp://127.0.0.1:%d" % made.getsockname()[1]), "42\n")

    def certificate(self, name: str, *arguments: str) -> None:
        """One that has signed itself."""
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                        f"/CN={name}", "-keyout", self.path(name + ".key"), "-out", self.path(name + ".crt"), *arguments],
                       check=True, capture_output=True)

    def test_tls(self):
        """What systemd listens at for all the world is served by TLS, if the config says so."""
        made = socket.create_server(("0.0.0.0", 0))
        self.addCleanup(made.close)
        port = made.getsockname()[1]
        self.certificate("upyd", "-addext", "subjectAltName=DNS:localhost")
        self.certificate("alice")
        self.start([made], f'''listen = ["tls://0.0.0.0:{port}"]
[tls]
cert = "{self.path("upyd.crt")}"
key = "{self.path("upyd.key")}"
client_ca = "{self.path("alice.crt")}"
[[access.rule]]
who = "certificate:alice"
role = "operator"
''')
        asked = subprocess.run([UPYCTL, "--host", f"tls://localhost:{port}", "--ca", self.path("upyd.crt"), "--cert",
                                self.path("alice.crt"), "--key", self.path("alice.key"), "exec", "print(6 * 7)"],
                               capture_output=True, text=True, timeout=20)
        self.assertEqual(asked.stdout, "42\n", asked.stderr)

    def refusal(self, made: socket.socket) -> str:
        daemon = self.start([made])
        told = daemon.communicate(timeout=20)[1]
        self.assertEqual(daemon.returncode, 1, told)
        return told

    def test_what_cannot_be_served_is_refused(self):
        everywhere = socket.create_server(("0.0.0.0", 0))
        self.addCleanup(everywhere.close)
        self.assertIn("reaches beyond this machine", self.refusal(everywhere))
        one, other = socket.socketpair()
        self.addCleanup(one.close)
        self.addCleanup(other.close)
        self.assertIn("it needs ListenStream= and Accept=no", self.refusal(one))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
