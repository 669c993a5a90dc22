"""The state of one visit, shared by all its pages: its questions, and who asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from secrets import token_hex

import streamlit as st

from answer.quotes import Answer
from corpus.sources import Source
from index.query import visible
from ingest.document import Document
from ui.facts import AUDIENCES, Audience
from ui.turns import Answers, Asked, Turn, take_turns

TURNS, BEGUN, PUT_AWAY, SESSION = "turns", "begun", "put-away", "session"
LAST_RESTORED = "last-restored"
AUDIENCE = "audience"
SHEET_KEPT = "sheet-kept"
"""What the visitor's browser has kept of the sheet, until the page of the sheet opens it."""
MOST = 50
"""Questions restored to a visit; of a longer one the newest."""


def turns() -> list[Turn]:
    """Return the turns of this visit, oldest first; append the next one to this list."""
    asked: list[Turn] = st.session_state.setdefault(TURNS, [])
    return asked


def session() -> str:
    """Return a name for what this server knows of the visit: another one if it was restarted."""
    name: str = st.session_state.setdefault(SESSION, token_hex(8))
    return name


def has_begun() -> bool:
    """Whether this server knows the visit's questions; else the visitor's browser may have them."""
    return bool(turns()) or BEGUN in st.session_state


def restore(answerer: Answers, wanted: object) -> None:
    """Make the visit that of the questions in ``wanted``, which came from the visitor's browser.

    What the browser tells a second time, by its ``id``, changes nothing. If ``is_first``, what was
    asked in this session already comes after those questions.
    """
    wanted = wanted if isinstance(wanted, Mapping) else {}
    if "id" in wanted and wanted["id"] == last_restored():
        return
    listed = wanted.get("questions")
    asked = list(read_asked(listed)) if isinstance(listed, list) else []
    if wanted.get("is_first"):
        asked = _continued(asked, [turn.asked for turn in turns()])
    # After the seconds of asking, the next use of the session may end the callback: a click waits.
    restored = turns()
    st.session_state[SHEET_KEPT] = wanted.get("sheet")
    st.session_state[BEGUN] = True
    st.session_state[LAST_RESTORED] = wanted.get("id")
    restored[:] = take_turns(answerer, asked[-MOST:])


def last_restored() -> object:
    """Return the ``id`` of what was last restored, so that the browser need not tell it again."""
    return st.session_state.get(LAST_RESTORED)


def _continued(asked: list[Asked], others: list[Asked]) -> list[Asked]:
    """Return the questions with the others after them, unless they end with those."""
    return asked if asked[len(asked) - len(others) :] == others else asked + others


def read_asked(listed: Iterable[object]) -> Iterator[Asked]:
    """Yield the questions, with how each was asked, among what came from a visitor's browser."""
    for one in listed:
        if isinstance(one, list) and len(one) == 2:
            how, question = one
            if isinstance(how, str) and isinstance(question, str) and visible(question):
                yield how, question


def begin_anew() -> None:
    """Put the visit's questions away and begin without any."""
    st.session_state[BEGUN] = True
    st.session_state[PUT_AWAY] = list(turns())
    turns().clear()


def can_bring_back() -> bool:
    """Whether there are questions that were put away."""
    return bool(st.session_state.get(PUT_AWAY))


def bring_back() -> None:
    """Take the questions that were put away, with their answers."""
    turns()[:] = st.session_state.pop(PUT_AWAY, [])


def answers() -> dict[str, Answer]:
    """Return the answers of this visit by the name of their turn."""
    return {turn.name: turn.answer for turn in turns() if turn.answer}


def sources_gone(documents: Mapping[str, Document], wanted: object) -> dict[str, Source]:
    """Return the sources, as they were, of what a turn quotes and ``documents`` has no more.

    ``wanted`` names the turn; it came from the visitor's browser.
    """
    name = wanted.get("turn") if isinstance(wanted, Mapping) else None
    quoted = [turn.quoted for turn in turns() if turn.name == name]
    return {doc_id: one.sources[doc_id] for one in quoted for doc_id in one.changed(documents)}


def audience() -> Audience | None:
    """Return who asks: as chosen on the page, else as the address says; None if neither does."""
    chosen = st.session_state.get(AUDIENCE) or st.query_params.get(AUDIENCE)
    return next((known for known in AUDIENCES if known == chosen), None)


def audience_of_address() -> Audience | None:
    """Return who asks according to the address, if it says."""
    named = st.query_params.get(AUDIENCE)
    return next((known for known in AUDIENCES if known == named), None)
