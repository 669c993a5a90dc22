"""The server's one answerer: opened before the first visitor arrives, shared by all of them."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from ui.process import cores
from ui.settings import Places

if TYPE_CHECKING:
    from answer.pipeline import Answerer

FIRST = "What is this about?"
"""Asked at the start to load the encoder; the answer is thrown away."""

_answerer: Answerer | None = None


def open_answerer(places: Places) -> Answerer:
    """Load the answerer of ``places`` for this process, before any visitor arrives.

    Raises:
        IngestError, PassageIndexError, BankError, AnswerError, CorpusError: if it cannot be loaded.

    """
    from answer.pipeline import load_answerer  # takes seconds to load

    global _answerer
    answerer = load_answerer(places.corpus, places.index, cores())
    # The first question loads the encoder: five seconds that no visitor should have to wait.
    answerer.answer(FIRST)
    # What is loaded now stays: never search it for garbage (6 ms per visit instead of 300 ms).
    gc.collect()
    gc.freeze()
    _answerer = answerer
    return answerer


def the_answerer() -> Answerer:
    """Return what ``open_answerer`` opened in this process."""
    if _answerer is None:
        raise RuntimeError("no documents are open: start the page with `quotewell chat`")
    return _answerer
