"""What plain HTML cannot do: announce, scroll to the newest question, copy, save, suggest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from ui.conversation import Turn
    from ui.exports import File

ASSETS = Path(__file__).with_name("assets")
KEY = "live"

_mount = st.components.v2.component(
    "quotewell_live",
    html='<div role="status" aria-live="polite"></div>',
    css="div {position: absolute; width: 1px; height: 1px;\n"
    "overflow: hidden; clip-path: inset(50%)}",
    js=(ASSETS / "live.js").read_text(encoding="utf-8"),
)


def show_live(
    newest: Turn | None,
    message: str,
    ask: Callable[[str], None],
    export: Callable[[object], None],
    file: File | None,
) -> None:
    """Mount the page's script.

    Args:
        newest: the turn to have in view, or None to have the top of the page.
        message: what to announce.
        ask: called with a suggested question when one is chosen.
        export: called with what is wanted when a file is: turn, form, style.
        file: to be saved by the visitor's browser now.

    """

    def on_question_change() -> None:
        ask(st.session_state[KEY].question)

    def on_export_change() -> None:
        export(st.session_state[KEY].export)

    data = {"turn": newest.number if newest else 0, "message": message, "file": None}
    with st.container(key="live-region"):
        _mount(
            key=KEY,
            data=data | ({"file": {"id": token_hex(4), **asdict(file)}} if file else {}),
            on_question_change=on_question_change,
            on_export_change=on_export_change,
        )
