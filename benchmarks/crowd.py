"""Ask many questions at the same moment through ``POST /api/ask``."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from threading import Barrier, Thread
from urllib.parse import urlsplit

from benchmarks.served import BenchmarkError

TIMEOUT_SECONDS = 120


def ask_at_once(address: str, questions: Sequence[str]) -> list[float]:
    """Ask all questions at the same moment, each over its own connection.

    Returns:
        For each question, the seconds until the whole answer was read.

    Raises:
        BenchmarkError: if one is not answered.

    """
    start, took = Barrier(len(questions)), [0.0] * len(questions)
    refused: list[str] = []

    def ask(number: int) -> None:
        start.wait()
        began = time.perf_counter()
        status = _status(address, questions[number])
        took[number] = time.perf_counter() - began
        if status != 200:
            refused.append(f"question {number}: status {status}")

    threads = [Thread(target=ask, args=(number,)) for number in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if refused:
        raise BenchmarkError("; ".join(refused))
    return took


def _status(address: str, question: str) -> int:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT_SECONDS)
    try:
        body = json.dumps({"question": question})
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        return response.status
    except OSError:
        return 0
    finally:
        connection.close()
