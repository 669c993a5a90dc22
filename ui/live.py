"""What plain HTML cannot do: announce, scroll to the newest question, copy, ask a suggestion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from ui.conversation import Turn

ASSETS = Path(__file__).with_name("assets")
KEY = "live"

_mount = st.components.v2.component(
    "quotewell_live",
    html='<div role="status" aria-live="polite"></div>',
    css="div {position: absolute; width: 1px; height: 1px;\n"
    "overflow: hidden; clip-path: inset(50%)}",
    js=(ASSETS / "live.js").read_text(encoding="utf-8"),
)


def show_live(newest: Turn | None, message: str, ask: Callable[[str], None]) -> None:
    """Mount the page's script.

    Args:
        newest: the turn to have in view, or None to have the top of the page.
        message: what to announce.
        ask: called with a suggested question when one is chosen.

    """

    def on_question_change() -> None:
        ask(st.session_state[KEY].question)

    with st.container(key="live-region"):
        _mount(
            key=KEY,
            data={"turn": newest.number if newest else 0, "message": message},
            on_question_change=on_question_change,
        )
