"""The server's one answerer, shared by all visitors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from answer.errors import QuestionError
from ui.errors import BusyError
from ui.queue import QuestionQueue
from ui.serving.holder import Serving
from ui.settings import Limits

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from answer.quotes import Answer
    from corpus.sources import Source
    from ingest.document import Document

_serving: Serving | None = None
_queue = QuestionQueue(Limits(), 1)


def share(serving: Serving, queue: QuestionQueue) -> None:
    """Have the page of this process answer from ``serving``, each question through ``queue``."""
    global _serving, _queue
    _serving, _queue = serving, queue


def the_answerer() -> Answerer:
    """Return the answerer in use; the next call can return another."""
    if _serving is None:
        raise RuntimeError("no documents are open: start the page with `quotewell chat`")
    return _serving.answerer


def in_turn() -> Queued:
    """Return the answerer as the visitor whose page this is may use it: in turn."""
    return Queued(the_answerer(), _queue, st.context.ip_address or "")


class Queued:
    """An answerer as one client may use it: in turn, and not too often."""

    def __init__(self, answerer: Answerer, queue: QuestionQueue, client: str) -> None:
        self._answerer, self._queue, self._client = answerer, queue, client

    @property
    def sources(self) -> Mapping[str, Source]:
        """What is answered from, by doc_id."""
        return self._answerer.sources

    @property
    def documents(self) -> Mapping[str, Document]:
        """Their texts, likewise."""
        return self._answerer.documents

    def answer(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a question as the answerer does, after those that were asked before.

        Raises:
            QuestionError: if it cannot be asked.
            BusyError: if it would wait too long, or its client asks too often.

        """
        what = id(self._answerer), question, tuple(history), tuple(documents or ())

        def in_turn() -> Answer:
            with self._queue.turn():
                return self._answerer.answer(question, history, documents)

        with self._queue.place(self._client):
            try:
                answer = self._queue.once(what, in_turn)
            except (QuestionError, BusyError):
                raise
            except Exception:
                self._queue.tally.ended("failed", {})
                raise
        self._queue.tally.ended("answered" if answer.is_found else "declined", answer.timing_ms)
        return answer
