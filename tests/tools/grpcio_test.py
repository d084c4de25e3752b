"""Python's grpcio, as Debian has it, on the Unix socket and by TLS: grpcio_test.py UPYD PROTOS. It wants Debian's
python3-grpcio and protobuf-compiler."""

import importlib
import pathlib
import subprocess
import sys

from board import PATIENCE, run_all, skip
from served import Served


def load(protos, work):
    """The messages of the API: Python's of them are made where nothing else is."""
    files = [str(file.relative_to(protos)) for file in pathlib.Path(protos, "upyd/v1").glob("*.proto")]
    subprocess.run(["protoc", "-I", protos, f"--python_out={work}", *files], check=True)
    sys.path.insert(0, str(work))
    return [importlib.import_module(f"upyd.v1.{name}_pb2") for name in ("daemon", "script", "instance")]


def main(upyd, protos):
    try:
        import grpc
        import google.protobuf  # noqa: F401
    except ImportError as error:
        skip(f"{error}; Debian's python3-grpcio has it")
    with Served(upyd) as served:
        daemon, script, instance = load(protos, served.work)

        def credentials(name=None):
            pair = [served.read(f"{name}.key"), served.read(f"{name}.crt")] if name else [None, None]
            return grpc.ssl_channel_credentials(served.read("ca.crt"), *pair)

        def by_tls(name=None):
            return grpc.secure_channel(served.host, credentials(name))

        def status(channel):
            ask = channel.unary_unary("/upyd.v1.DaemonService/GetStatus",
                                      request_serializer=daemon.GetStatusRequest.SerializeToString,
                                      response_deserializer=daemon.Status.FromString)
            return ask(daemon.GetStatusRequest(), timeout=PATIENCE)

        def run(channel, source):
            """What a script of an instance of its own prints."""
            begin = channel.unary_stream("/upyd.v1.ScriptService/Run",
                                         request_serializer=script.RunRequest.SerializeToString,
                                         response_deserializer=script.RunResponse.FromString)
            request = script.RunRequest(own=script.OwnInstance(), source=source)
            return b"".join(event.output.data for answer in begin(request, timeout=PATIENCE) for event in answer.events)

        def refusal(channel):
            try:
                status(channel)
            except grpc.RpcError as error:
                return error.code()
            return grpc.StatusCode.OK

        def on_the_unix_socket():
            with grpc.insecure_channel(f"unix:{served.socket}") as channel:
                assert status(channel).version
                assert run(channel, b"print(6 * 7)") == b"42\n"

        def by_mutual_tls():
            with by_tls("alice") as channel:
                assert status(channel).version
                assert run(channel, b"for i in range(20000): print(i)") == b"".join(b"%d\n" % i for i in range(20000))
                create = channel.unary_unary("/upyd.v1.InstanceService/CreateInstance",
                                             request_serializer=instance.CreateInstanceRequest.SerializeToString,
                                             response_deserializer=instance.Instance.FromString)
                made = create(instance.CreateInstanceRequest(name="hers"), timeout=PATIENCE)
                assert made.config.owner == "certificate:alice", made

        def who_is_nobody_is_refused():
            with by_tls("eve") as channel:
                assert refusal(channel) == grpc.StatusCode.PERMISSION_DENIED
            with by_tls() as channel:
                assert refusal(channel) == grpc.StatusCode.UNAVAILABLE

        run_all([on_the_unix_socket, by_mutual_tls, who_is_nobody_is_refused])


if __name__ == "__main__":
    main(*sys.argv[1:3])
