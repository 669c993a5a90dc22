"""What plain HTML cannot do: announce, keep the visit, scroll, open, copy, save, choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from ui.assets import ASSETS
from ui.page.visit import has_begun, last_restored, session, turns

if TYPE_CHECKING:
    from ui.exports.files import File

KEY = "live"
ECHO = '<div class="qw-echo" id="qw-echo"></div>'
"""Where visit.js shows what is being looked for; in the page, the next turn takes its place."""

_mount = st.components.v2.component(
    "quotewell_live",
    html='<div role="alert"></div><div role="status" aria-live="polite"></div>',
    css="div {position: absolute; width: 1px; height: 1px;\n"
    "overflow: hidden; clip-path: inset(50%)}",
    js=(ASSETS / "live.js").read_text(encoding="utf-8"),
)


Asking = Literal["question", "asked", "within", "earlier", "restore"]
Chosen = Asking | Literal["export", "feedback", "choice"]
"""What a visitor's browser sends, by the name that the scripts give it."""


def show_live(
    on: Mapping[Chosen, Callable[[Any], None]],
    *,
    turn: int = 0,
    earlier: int = 0,
    has_questions: bool = False,
    within: Mapping[str, str] | None = None,
    message: str = "",
    alert: str = "",
    told: str = "",
    sheet: Mapping[str, str | bool] | None = None,
    file: File | None = None,
) -> None:
    """Mount the page's script.

    Args:
        on: called with what the visitor chose: a question, or how to ask one with it; what to
            search; the turn, form and style of a file; the turn and verdict of a feedback; the
            number of an option; the questions to ask again; the number of an earlier one.
            Nothing in it can be trusted.
        turn: the question to scroll to, from 1, or 0 for the top of the page.
        earlier: the question whose answer is shown again, or 0 if none is.
        has_questions: whether the page shows the visit's questions, and ``on`` can restore them.
        within: what is searched, as the ``text`` of a filter and as it is ``said``; None if the
            page does not ask.
        message: what to announce.
        alert: what to announce before everything else.
        told: what to write under the feedback that was just given.
        sheet: for the visitor's browser to keep of the sheet.
        file: for the visitor's browser to save now.

    """

    def call(name: Chosen) -> Callable[[], None]:
        return lambda: on[name](getattr(st.session_state[KEY], name))

    # Of two that come while one is at work, Streamlit keeps the newer. So visit.js sends no
    # question while it waits for an answer, unless that takes too long.
    handlers: dict[str, Any] = {f"on_{name}_change": call(name) for name in on}
    # A browser that has found its server again says hello, to see what the server knows.
    handlers["on_hello_change"] = lambda: None
    data: dict[str, Any] = {
        "turn": turn,
        "earlier": earlier,
        "message": message,
        "alert": alert,
        "told": told,
        "within": within,
        "sheet": sheet,
        "file": None,
        "session": session(),
        "confirmed": last_restored(),
        "run": token_hex(4),  # without a change the script would not be called
    }
    if has_questions:
        data["questions"] = [turn.asked for turn in turns()] if has_begun() else None
    with st.container(key="live-region"):
        _mount(
            key=KEY,
            data=data | ({"file": {"id": token_hex(4), **asdict(file)}} if file else {}),
            **handlers,
        )
