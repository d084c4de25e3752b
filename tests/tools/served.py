"""An upyd for clients in other languages: on a Unix socket, and by TLS with certificates of its own authority."""

import socket
import subprocess

from daemon import PATIENCE, Daemon

KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Served(Daemon):
    """`work` has ca.crt, and the certificates and keys of alice, who is an operator, and of eve, who is nobody."""

    def __init__(self, upyd):
        super().__init__()
        self.host = f"localhost:{free_port()}"
        self._openssl("req", "-x509", *KEY, "-subj", "/CN=test", "-keyout", "ca.key", "-out", "ca.crt")
        self._issue("upyd", "subjectAltName=DNS:localhost")
        self._issue("alice", "extendedKeyUsage=clientAuth")
        self._issue("eve", "extendedKeyUsage=clientAuth")
        self.start(upyd, f'''listen = ["unix://{self.socket}", "tls://{self.host}"]
[tls]
cert = "{self.work}/upyd.crt"
key = "{self.work}/upyd.key"
client_ca = "{self.work}/ca.crt"
[[access.rule]]
who = "certificate:alice"
role = "operator"
''', self.socket.exists)

    def read(self, name):
        return (self.work / name).read_bytes()

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.work, check=True, capture_output=True, timeout=PATIENCE)

    def _issue(self, name, extension):
        self._openssl("req", *KEY, "-subj", f"/CN={name}", "-addext", extension, "-keyout", f"{name}.key", "-out",
                      f"{name}.csr")
        self._openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial",
                      "-copy_extensions", "copy", "-out", f"{name}.crt")
