"""Start the chat page: Streamlit, on one address, telling nobody else."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from ui.errors import CommandError
from ui.settings import ROOT, Places

PAGE = Path(__file__).parents[1] / "page" / "app.py"
HOST = "localhost"
START_SECONDS = 60

LIGHT = {
    "primaryColor": "#0b5c66",
    "backgroundColor": "#fcfbf8",
    "secondaryBackgroundColor": "#f1efe8",
    "textColor": "#1d2125",
    "linkColor": "#0b5c66",
    "borderColor": "#d9d5ca",
}
DARK = {
    "primaryColor": "#7fcbd1",
    "backgroundColor": "#15181b",
    "secondaryBackgroundColor": "#1f2428",
    "textColor": "#e9e7e2",
    "linkColor": "#8fd3d8",
    "borderColor": "#3a4147",
}
OPTIONS = {
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "minimal",
    "logger.hideWelcomeMessage": "true",
    # A full collection after every run of the page is what limits answers per second
    # (16 to 36 with it, 70 to 164 without); opening.py freezes the loaded index besides.
    "runner.postScriptGC": "false",
    "theme.linkUnderline": "true",
    "theme.baseRadius": "0.5rem",
    **{f"theme.light.{name}": value for name, value in LIGHT.items()},
    **{f"theme.dark.{name}": value for name, value in DARK.items()},
}
"""Streamlit's settings, given on its command line so that no file of the user's changes them."""


def page_command(port: int, page: Path = PAGE) -> list[str]:
    """Return the command that serves ``page`` on this machine."""
    options = {**OPTIONS, "server.port": str(port), "server.address": HOST}
    options["browser.serverAddress"] = HOST
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(page), *flags]


def serve_page(places: Places, port: int) -> Iterator[str]:
    """Serve the chat page: yield a line with its address, then wait until it has ended.

    Raises:
        CommandError: if the port is taken or the page does not start.

    """
    check_free(HOST, port)
    # Whoever stops this command stops the page: being terminated is like Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    process = start_page(page_command(port), places.to_environment())
    try:
        wait_until_served(process, port)
        yield f"Quotewell is at http://{HOST}:{port} (Ctrl-C stops it).\n"
        if process.wait() != 0:
            raise CommandError("the page's server stopped: see its messages above, start it again")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def start_page(command: Sequence[str], variables: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a page's server; ``variables`` come on top of this process's environment."""
    # Streamlit puts the page's folder on the path, not the repository's.
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path, **variables})


def wait_until_served(process: subprocess.Popen[bytes], port: int) -> None:
    """Return as soon as the page answers.

    Raises:
        CommandError: if its process ends first, or nothing answers in ``START_SECONDS``.

    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise CommandError("the page's server stopped at once: see its messages above")
        if _answers(port):
            return
        time.sleep(0.1)
    raise CommandError(f"the page did not start within {START_SECONDS} s: try again")


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def check_free(host: str, port: int) -> None:
    """Check that a server can listen there.

    Raises:
        CommandError: if the port is taken, or the address is none of this machine's.

    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise CommandError(
                    f"port {port} is taken ({error.strerror}): choose another with --port"
                ) from error
            raise CommandError(
                f"{host} is no address of this machine ({error.strerror}): "
                "give --host localhost, or 0.0.0.0 for all of them"
            ) from error
