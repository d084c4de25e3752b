"""JavaScript's grpc-js, as npm has it, on the Unix socket and by TLS: grpc_js_test.py UPYD PROTOS MODULES. The packages
@grpc/grpc-js and @grpc/proto-loader lie in MODULES/node_modules, or in the directory that UPYD_NODE_MODULES names."""

import os
import pathlib
import shutil
import subprocess
import sys

from board import PATIENCE, skip
from served import Served

CLIENT = pathlib.Path(__file__).with_name("grpc_js_client.js")


def main(upyd, protos, modules):
    directory = os.environ.get("UPYD_NODE_MODULES", f"{modules}/node_modules")
    if not shutil.which("node"):
        skip("there is no node; Debian's nodejs has it")
    if not pathlib.Path(directory, "@grpc", "proto-loader").is_dir():
        skip(f"there is no @grpc/proto-loader in {directory}")
    with Served(upyd) as served:
        arguments = ["node", CLIENT, protos, served.socket, served.host, served.work]
        subprocess.run(arguments, env=os.environ | {"NODE_PATH": directory}, timeout=PATIENCE, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:4])
