"""The page where an educator makes a sheet of the visit's questions and their quotes."""

from __future__ import annotations

from datetime import date

import streamlit as st

from ui.exports.files import File
from ui.html.cards import View
from ui.html.sheet import EMPTY, actions_html, entry_html, foot_html, head_html
from ui.page import on_sheet
from ui.page.answerer import in_turn, the_answerer
from ui.page.disclaimer import documents_of, show_always
from ui.page.script import ECHO, show_live
from ui.page.visit import restore
from ui.sheets.frozen import link_of
from ui.sheets.link import MAX_NOTE, MAX_TITLE
from ui.sheets.sheet import Sheet

TITLE, NOTE, FILE, SAID = "sheet-title", "sheet-note", "sheet-file", "sheet-said"


def show() -> None:
    """Show the sheet and its actions."""
    _show_script()
    st.html(ECHO)
    sheet, answerer = on_sheet.the_sheet(), the_answerer()
    # For an educator, whoever asks: a sheet is the same for everyone, and so are its files.
    today, version = date.today(), answerer.version
    view = View(answerer.documents, answerer.sources, "educator", today, version=version)
    if sheet.entries:
        _show_sheet(sheet, view)
    else:
        st.html(f'{head_html(sheet, view, on_sheet.problem())}<p class="qw-note">{EMPTY}</p>')
    if sheet.entries:
        st.button("Empty the sheet", key="sheet-empty", on_click=on_sheet.leave_all_out)
    if sheet.left_out:
        st.button("Put back what was left out", key="sheet-back", on_click=on_sheet.put_back)
    show_always(documents_of(answerer))


def _show_script() -> None:
    def export(wanted: object) -> None:
        st.session_state[FILE] = on_sheet.file_of(wanted)

    def choose(choice: object) -> None:
        st.session_state[SAID] = on_sheet.arrange(choice)

    file: File | None = st.session_state.pop(FILE, None)
    show_live(
        {"export": export, "choice": choose, "restore": lambda wanted: restore(in_turn(), wanted)},
        has_questions=True,
        message=st.session_state.pop(SAID, ""),
        sheet=on_sheet.to_keep(),
        file=file,
    )


def _show_sheet(sheet: Sheet, view: View) -> None:
    st.session_state[TITLE] = sheet.title
    st.text_input(
        "Title of the sheet",
        key=TITLE,
        max_chars=MAX_TITLE,
        on_change=lambda: on_sheet.write_title(st.session_state[TITLE]),
    )
    st.html(actions_html(link_of(sheet, the_answerer())))
    st.html(head_html(sheet, view, on_sheet.problem()))
    for entry in sheet.entries:
        is_edited = entry.number == on_sheet.edited()
        st.html(entry_html(entry, sheet, view, is_edited=is_edited))
        if is_edited:
            _show_note_box(entry.note)
    st.html(foot_html(view))


def _show_note_box(note: str) -> None:
    st.session_state[NOTE] = note
    st.text_area(
        "Your note, shown apart from the quotes",
        key=NOTE,
        max_chars=MAX_NOTE,
        on_change=lambda: on_sheet.write_note(st.session_state[NOTE]),
    )
