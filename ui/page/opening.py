"""Open the index once for all visitors of the page."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ui.settings import Places

if TYPE_CHECKING:
    from answer.pipeline import Answerer

FIRST = "What is this about?"
"""Asked by nobody, before the first visitor asks."""

_opened: dict[Places, Answerer] = {}
"""What was loaded before the page was served; the page's own cache holds the rest."""


def open_answerer() -> Answerer:
    """Return the answerer of the places this process serves, loading it for the first visitor.

    Raises:
        IngestError, PassageIndexError, AnswerError, CorpusError: if it cannot be loaded.

    """
    places = Places.from_environment()
    return _opened.get(places) or _load(str(places.corpus), str(places.index))


def open_before_serving() -> Answerer:
    """Load the answerer of this process's places ahead of all visitors, who then get the same.

    Raises:
        IngestError, PassageIndexError, AnswerError, CorpusError: if it cannot be loaded.

    """
    places = Places.from_environment()
    _opened[places] = _loaded(places.corpus, places.index)
    return _opened[places]


def is_embeddable() -> bool:
    """Whether this process serves more than the page: what other sites embed."""
    return bool(_opened)


@st.cache_resource(show_spinner="Opening the documents …")
def _load(corpus: str, index: str) -> Answerer:
    return _loaded(Path(corpus), Path(index))


def _loaded(corpus: Path, index: Path) -> Answerer:
    from answer.pipeline import load_answerer  # loads the encoder

    answerer = load_answerer(corpus, index)
    # The first question loads the encoder, five seconds that no visitor should wait.
    answerer.answer(FIRST)
    # What is loaded now stays: never search it for garbage (6 ms instead of 300 ms a visit).
    gc.collect()
    gc.freeze()
    return answerer
