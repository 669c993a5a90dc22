"""A process that answers questions for the server which started it, until that one ends.

What passes between them is bytes: a request as JSON one way; a head and an answer as JSON, with a
line end between them, the other way. The worker follows changes of the library by itself.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from library.checkout import open_last
from ui.api.desk import Reply, answered, opened
from ui.api.problems import RefusedError
from ui.api.request import AskRequest
from ui.process import CORES_PER_WORKER, prepare
from ui.serving.holder import Serving, keep_out_of_collections, state_of
from ui.settings import Places
from ui.watching.logs import begin_log

if TYPE_CHECKING:
    from answer.pipeline import Answerer

READY = b"ready"
THREADS = CORES_PER_WORKER
"""Windows that one worker reads at a time."""


def work(connection: Connection, places: Places) -> None:
    """Load a library, say so, and answer until nobody is at the other end."""
    # Both are sent to all processes of a terminal or a service; the server says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    prepare()
    begin_log()
    serving = Serving(
        lambda: opened(places.corpus, places, THREADS),
        lambda: state_of(places),
        first=lambda: _first(places),
    )
    keep_out_of_collections()
    end_watch = serving.watch()
    try:
        connection.send_bytes(READY)
        while True:
            connection.send_bytes(reply_to(connection.recv_bytes(), lambda: serving.answerer))
    except (EOFError, OSError):
        return  # the server has ended
    finally:
        end_watch()


def _first(places: Places) -> Answerer:
    """Return what answers first: the version before, where the library has no index yet."""
    return open_last(places.corpus, places.index, lambda corpus: opened(corpus, places, THREADS))[0]


def reply_to(frame: bytes, answerer: Callable[[], Answerer]) -> bytes:
    """Return the frame that answers one of the server's."""
    try:
        reply = Reply.of(answered(answerer(), AskRequest.model_validate_json(frame)))
    except RefusedError as refused:
        told = {"status": refused.status, "code": refused.code, "detail": refused.detail}
        return json.dumps({"refused": told}).encode() + b"\n"
    head = {"outcome": reply.outcome, "timing_ms": dict(reply.timing_ms)}
    return json.dumps(head).encode() + b"\n" + reply.body


def read_reply(frame: bytes) -> Reply:
    """Return the reply that a worker's frame holds.

    Raises:
        RefusedError: if it holds a refusal.

    """
    first, _, body = frame.partition(b"\n")
    head = json.loads(first)
    if refused := head.get("refused"):
        raise RefusedError(refused["status"], refused["code"], refused["detail"])
    return Reply(body, head["outcome"], head["timing_ms"])
