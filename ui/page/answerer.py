"""The server's one answerer, shared by all visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui.queue import QuestionQueue, Queued
from ui.serving.holder import Serving
from ui.settings import Limits

if TYPE_CHECKING:
    from answer.pipeline import Answerer

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
