"""The real server of the package ``milvus``, in processes of its own on this machine."""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

SERVE = """
import socket, sys
from milvus import MilvusServer
server = MilvusServer()
server.set_base_dir(sys.argv[1])
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    server.listen_port = probe.getsockname()[1]
server.start()
print(server.listen_port, flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def running(folder):
    """Yield the address of a server that keeps its data in a folder, and stop it."""
    command = [sys.executable, "-c", SERVE, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.stdin.close()
            server.wait(60)


def stored(path, folder):
    """Put a file where a server that keeps its data in ``folder`` imports from; return its name there."""
    data = Path(folder, "data")
    shutil.copyfile(path, data / path.name)
    return str(data / path.name)
