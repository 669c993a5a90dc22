"""Open the index once for all visitors of the page."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ui.settings import Places

if TYPE_CHECKING:
    from answer.pipeline import Answerer


def open_answerer() -> Answerer:
    """Return the answerer of the places this process serves, loading it for the first visitor.

    Raises:
        IngestError, PassageIndexError, AnswerError, CorpusError: if it cannot be loaded.

    """
    places = Places.from_environment()
    return _load(str(places.corpus), str(places.index))


@st.cache_resource(show_spinner="Opening the documents …")
def _load(corpus: str, index: str) -> Answerer:
    from answer.pipeline import load_answerer  # loads the encoder

    answerer = load_answerer(Path(corpus), Path(index))
    # What is loaded now stays: never search it for garbage (6 ms instead of 300 ms a visit).
    gc.collect()
    gc.freeze()
    return answerer
