"""The state of one visit, shared by all its pages: its questions, and who asks."""

from __future__ import annotations

import streamlit as st

from answer.quotes import Answer
from ui.facts import AUDIENCES, Audience
from ui.turns import Turn

TURNS = "turns"
AUDIENCE = "audience"


def turns() -> list[Turn]:
    """Return the turns of this visit, oldest first; append the next one to this list."""
    asked: list[Turn] = st.session_state.setdefault(TURNS, [])
    return asked


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
