"""The state of one visit, shared by all its pages: its questions, and who asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from secrets import token_hex

import streamlit as st

from answer.quotes import Answer
from ui.facts import AUDIENCES, Audience
from ui.turns import Answers, Asked, Turn, take_turns

TURNS, BEGUN, PUT_AWAY, SESSION = "turns", "begun", "put-away", "session"
AUDIENCE = "audience"
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
    """Make the visit that of the questions in ``wanted``, which came from the visitor's browser."""
    listed = wanted.get("questions") if isinstance(wanted, Mapping) else None
    asked = list(_asked(listed)) if isinstance(listed, list) else []
    st.session_state[BEGUN] = True
    turns()[:] = take_turns(answerer, asked[-MOST:])


def _asked(listed: list[object]) -> Iterator[Asked]:
    for one in listed:
        if isinstance(one, list) and len(one) == 2:
            kind, question = one
            if isinstance(kind, str) and isinstance(question, str):
                yield kind, question


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


def audience() -> Audience:
    """Return who asks: as chosen on the page, else as the address says, else the first audience."""
    chosen = st.session_state.get(AUDIENCE) or st.query_params.get(AUDIENCE)
    return next((known for known in AUDIENCES if known == chosen), AUDIENCES[0])


def audience_of_address() -> Audience:
    """Return who asks according to the address, else the first audience."""
    named = st.query_params.get(AUDIENCE)
    return next((known for known in AUDIENCES if known == named), AUDIENCES[0])
