"""The page where an educator makes a sheet of the visit's questions and their quotes."""

from __future__ import annotations

from datetime import date

import streamlit as st

from ui.html.cards import View
from ui.html.citing import EDITION
from ui.html.sheet import (
    EMPTY,
    NAME,
    edition,
    on_sheet,
    sheet_actions_html,
    sheet_file,
    sheet_html,
)
from ui.page.answerer import in_turn, the_answerer
from ui.page.disclaimer import show_always
from ui.page.script import ECHO, show_live
from ui.page.visit import restore, turns
from ui.references import STYLES, Style

TITLE, LEFT_OUT, FILE, FROM = "sheet-title", "sheet-left-out", "sheet-file", "sheet-from"


def show() -> None:
    """Show the sheet and its actions."""
    answerer = the_answerer()
    left_out: list[int] = st.session_state.setdefault(LEFT_OUT, [])

    def ask_again(wanted: object) -> None:
        named = wanted.get(EDITION) if isinstance(wanted, dict) else ""
        st.session_state[FROM] = named if isinstance(named, str) else ""
        left_out.clear()
        restore(in_turn(), wanted)

    def leave_out(number: object) -> None:
        left_out.extend(turn.number for turn in turns() if str(turn.number) == number)

    def export(wanted: object) -> None:
        named = wanted.get("style") if isinstance(wanted, dict) else ""
        style: Style = next((style for style in STYLES if style == named), "vancouver")
        st.session_state[FILE] = sheet_file(
            st.session_state.get(TITLE, ""),
            on_sheet(turns(), left_out),
            answerer.sources,
            edition(answerer.documents),
            style,
        )

    file = st.session_state.pop(FILE, None)
    show_live(
        {"export": export, "choice": leave_out, "restore": ask_again},
        has_questions=True,
        file=file,
    )
    st.html(ECHO)
    shown = on_sheet(turns(), left_out)
    if not shown:
        st.html(f'<h1 class="qw-title">{NAME}</h1><p class="qw-note">{EMPTY}</p>')
    else:
        title = st.text_input("Title of the sheet", key=TITLE, max_chars=120)
        view = View(answerer.documents, answerer.sources, "educator", date.today())
        st.html(sheet_actions_html(shown, view))
        st.html(sheet_html(title, shown, view, st.session_state.get(FROM, "")))
    if left_out:
        st.button("Put back what was left out", key="sheet-back", on_click=left_out.clear)
    show_always(answerer.sources.values())
