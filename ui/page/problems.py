"""Failures as a visitor sees them: plain words, no traceback, no path; the log gets the rest."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import streamlit as st

from answer.errors import AnswerError
from bank.errors import BankError
from corpus.sources import CorpusError
from index.errors import PassageIndexError
from ingest.errors import IngestError
from ui.page.opening import open_answerer

if TYPE_CHECKING:
    from answer.pipeline import Answerer

UNREADY = (
    '<div class="qw-problem" role="alert"><h1>Quotewell is not ready</h1>'
    "<p>The documents could not be opened, so nothing can be asked yet. "
    "If you run this page: its log says why; <code>quotewell build</code> prepares them.</p></div>"
)

logger = logging.getLogger(__name__)


def opened_or_told() -> Answerer | None:
    """Return the answerer or, where it cannot be opened, tell the visitor and return None."""
    try:
        return open_answerer()
    except (AnswerError, BankError, CorpusError, IngestError, PassageIndexError, OSError) as error:
        logger.error("the documents could not be opened: %s", error)
    except Exception:
        logger.exception("the documents could not be opened")
    st.html(UNREADY)
    return None
