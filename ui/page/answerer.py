"""The one answerer of a server: opened before the first visitor comes, shared by all of them."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from ui.process import cores
from ui.settings import Places

if TYPE_CHECKING:
    from answer.pipeline import Answerer

FIRST = "What is this about?"
"""Asked by nobody, before the first visitor asks."""

_answerer: Answerer | None = None


def open_answerer(places: Places) -> Answerer:
    """Load the answerer of ``places`` for this process, ahead of all visitors.

    Raises:
        IngestError, PassageIndexError, BankError, AnswerError, CorpusError: if it cannot be loaded.

    """
    from answer.pipeline import load_answerer  # loads for seconds

    global _answerer
    answerer = load_answerer(places.corpus, places.index, cores())
    # The first question loads the encoder, five seconds that no visitor should wait.
    answerer.answer(FIRST)
    # What is loaded now stays: never search it for garbage (6 ms instead of 300 ms a visit).
    gc.collect()
    gc.freeze()
    _answerer = answerer
    return answerer


def the_answerer() -> Answerer:
    """Return what ``open_answerer`` opened in this process."""
    if _answerer is None:
        raise RuntimeError("nothing is open to answer from: the page is served by `quotewell chat`")
    return _answerer
