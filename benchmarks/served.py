"""Run the server over the real index, as anyone would, and a real browser to look at it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryFile

from playwright.sync_api import Browser, sync_playwright

from answer.notices import notices_for
from bank.questions import BANK
from ui.settings import Places

HOST = "127.0.0.1"
START_SECONDS = 120
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


class BenchmarkError(Exception):
    """The server or the browser cannot be started, or does not do what should be measured."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server in a process of its own."""

    address: str
    """Without a slash at its end."""
    pid: int


@contextmanager
def served(places: Places) -> Iterator[str]:
    """Serve in a separate process; yield the address, as ``served_process`` does."""
    with served_process(places) as server:
        yield server.address


@contextmanager
def served_process(places: Places, options: Sequence[str] = ()) -> Iterator[Served]:
    """Serve in a separate process.

    Args:
        places: what is answered from.
        options: more of ``quotewell serve``.

    Raises:
        BenchmarkError: if it stops, or is not healthy within ``START_SECONDS``.

    """
    port = _free_port()
    folders = ["--corpus", str(places.corpus), "--index", str(places.index)]
    command = [sys.executable, "-m", "ui", "serve", "--host", HOST, "--port", str(port), *folders]
    with TemporaryFile() as log:
        process = subprocess.Popen(
            [*command, *options], stdout=subprocess.DEVNULL, stderr=log, env=dict(os.environ)
        )
        try:
            _wait_until_healthy(process, port)
            yield Served(f"http://{HOST}:{port}", process.pid)
        except BenchmarkError:
            log.seek(0)
            sys.stderr.buffer.write(log.read())
            raise
        finally:
            process.terminate()
            process.wait()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a browser.

    Raises:
        BenchmarkError: if Chromium is not installed.

    """
    if not CHROMIUM.exists():
        raise BenchmarkError(
            f"there is no Chromium at {CHROMIUM}: install it (apt install chromium)"
        )
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


def questions(corpus: Path, count: int) -> list[str]:
    """Return different questions of the corpus's bank, the same ones every time.

    Those that a notice alone replies to are left out: nobody waits for a quote then.
    """
    lines = [
        json.loads(line)
        for path in sorted((corpus / BANK).glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    asked = sorted({line["question"] for line in lines if not line.get("history")})
    drawn = iter(Random(count).sample(asked, len(asked)))
    searched = (one for one in drawn if not any(n.stands_alone for n in notices_for(one)))
    return [*islice(searched, count)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BenchmarkError("the server stopped at once: see its message above")
        if _is_healthy(port):
            return
        time.sleep(0.1)
    raise BenchmarkError(f"the server was not healthy within {START_SECONDS} s: try again")


def _is_healthy(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
