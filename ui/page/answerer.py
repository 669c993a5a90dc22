"""The server's one answerer: opened before the first visitor arrives, shared by all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui.process import cores
from ui.queue import QuestionQueue, Queued
from ui.settings import Limits, Places

if TYPE_CHECKING:
    from answer.pipeline import Answerer

_answerer: Answerer | None = None
_queue = QuestionQueue(Limits(), 1)


def open_answerer(places: Places, queue: QuestionQueue) -> Answerer:
    """Load the answerer of ``places`` for this process, before any visitor arrives.

    Args:
        places: what is answered from.
        queue: that every question passes through.

    Raises:
        IngestError, PassageIndexError, BankError, AnswerError, CorpusError: if it cannot be loaded.

    """
    from answer.pipeline import load_answerer  # takes seconds to load

    global _answerer, _queue
    _answerer, _queue = load_answerer(places.corpus, places.index, cores()), queue
    return _answerer


def the_answerer() -> Answerer:
    """Return what ``open_answerer`` opened in this process."""
    if _answerer is None:
        raise RuntimeError("no documents are open: start the page with `quotewell chat`")
    return _answerer


def in_turn() -> Queued:
    """Return the answerer as the visitor whose page this is may use it: in turn."""
    return Queued(the_answerer(), _queue, st.context.ip_address or "")
