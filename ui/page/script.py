"""What plain HTML cannot do: announce, scroll to the newest question, open, copy, save, choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from ui.assets import ASSETS

if TYPE_CHECKING:
    from ui.exports import File

KEY = "live"

_mount = st.components.v2.component(
    "quotewell_live",
    html='<div role="status" aria-live="polite"></div>',
    css="div {position: absolute; width: 1px; height: 1px;\n"
    "overflow: hidden; clip-path: inset(50%)}",
    js=(ASSETS / "live.js").read_text(encoding="utf-8"),
)


Chosen = Literal["question", "alone", "export", "feedback", "choice"]
"""What a visitor can choose in the page's HTML, by the name that live.js gives it."""


def show_live(
    on: Mapping[Chosen, Callable[[Any], None]],
    *,
    turn: int = 0,
    message: str = "",
    told: str = "",
    file: File | None = None,
) -> None:
    """Mount the page's script.

    Args:
        on: called with what the visitor chose: a question, or one to ask on its own; the turn,
            form and style of a file; the turn and verdict of a feedback; the number of an option.
            Nothing in it can be trusted.
        turn: the question to scroll to, from 1, or 0 for the top of the page.
        message: what to announce.
        told: what to write under the feedback that was just given.
        file: for the visitor's browser to save now.

    """

    def call(name: Chosen) -> Callable[[], None]:
        return lambda: on[name](getattr(st.session_state[KEY], name))

    handlers: dict[str, Any] = {f"on_{name}_change": call(name) for name in on}
    data = {"turn": turn, "message": message, "told": told, "file": None}
    with st.container(key="live-region"):
        _mount(
            key=KEY,
            data=data | ({"file": {"id": token_hex(4), **asdict(file)}} if file else {}),
            **handlers,
        )
