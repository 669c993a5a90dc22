"""The state of a visit's sheet: what is on it, and which of its notes is being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from answer.quotes import Answer
from ui.exports.files import FORMATS, File, export
from ui.page.answerer import in_turn, the_answerer
from ui.page.visit import SHEET_KEPT, has_begun, turns
from ui.references import STYLES, Style
from ui.sheets.frozen import link_of, opened, packed
from ui.sheets.link import LinkError
from ui.sheets.sheet import (
    Sheet,
    answered_again,
    moved,
    noted,
    selection,
    titled,
    with_all,
    with_turns,
    without,
)
from ui.sheets.still import still_quoted
from ui.turns import Turn, take_turn

SHEET, EDITED, PROBLEM = "sheet", "sheet-edited", "sheet-problem"
AGAIN = "sheet-again"
"""Answers to its questions, asked again, until they are put on it."""


def the_sheet() -> Sheet:
    """Return the sheet, with the visit's new questions, or as the visitor's browser kept it."""
    kept = st.session_state.pop(SHEET_KEPT, None)
    if isinstance(kept, Mapping):
        _open(kept)
    sheet = answered_again(st.session_state.get(SHEET, Sheet()), st.session_state.get(AGAIN, {}))
    sheet = still_quoted(with_turns(sheet, turns()), the_answerer().documents)
    st.session_state[SHEET] = sheet
    st.session_state.pop(AGAIN, None)
    return sheet


def to_keep() -> dict[str, str | bool] | None:
    """Return what the browser keeps of the sheet; None while this server does not know it."""
    if not has_begun():
        return None
    sheet, library = the_sheet(), the_answerer()
    return {
        "link": link_of(sheet, library),
        "left_out": packed("", sheet.left_out, library),
        "own": sheet.opened is None,
    }


def problem() -> str:
    """Return why a link could not be opened; empty if it was."""
    said: str = st.session_state.get(PROBLEM, "")
    return said


def edited() -> int:
    """Return the number of the question whose note is being written, or 0."""
    number: int = st.session_state.get(EDITED, 0)
    return number


def arrange(choice: object) -> str:
    """Do what a button says; return what to announce.

    Args:
        choice: what to do and, after a space, the number of a question; it came from the browser.

    """
    action, _, named = str(choice).partition(" ")
    sheet = the_sheet()
    number = next((one.number for one in sheet.entries if str(one.number) == named), 0)
    if action == "again":
        return _ask_again(sheet)
    if not number:
        return ""
    if action == "note":
        st.session_state[EDITED] = 0 if edited() == number else number
        return ""
    if action == "out":
        st.session_state[SHEET] = without(sheet, [number])
        return "Left out. It can be put back at the end of the sheet."
    st.session_state[SHEET] = moved(sheet, number, -1 if action == "up" else 1)
    place = st.session_state[SHEET].position(number)
    return f"Moved: now question {place} of {len(sheet.entries)}."


def put_back() -> None:
    """Put back what was left out."""
    st.session_state[SHEET] = with_all(the_sheet())


def leave_all_out() -> None:
    """Begin the sheet anew; what was on it can be put back."""
    sheet = the_sheet()
    emptied = without(sheet, [entry.number for entry in sheet.entries])
    st.session_state[SHEET] = replace(emptied, title="", opened=None)


def write_title(title: str) -> None:
    """Give the sheet another title."""
    st.session_state[SHEET] = titled(the_sheet(), title)


def write_note(note: str) -> None:
    """Write on the question whose note is being written."""
    st.session_state[SHEET] = noted(the_sheet(), edited(), note)


def file_of(wanted: object) -> File | None:
    """Return the sheet as the file that the page's script asks for, or None if there is none."""
    if not isinstance(wanted, Mapping):
        return None
    form = next((form for form in FORMATS if form == wanted.get("form")), None)
    style: Style = next((style for style in STYLES if style == wanted.get("style")), "vancouver")
    answerer = the_answerer()
    if form is None:
        return None
    return export(selection(the_sheet(), answerer.version), answerer.sources, form, style)


def _open(kept: Mapping[str, object]) -> None:
    """Open the sheet that a browser has in its address or its storage; it can be anything."""
    link, left_out = kept.get("link"), kept.get("left_out")
    st.session_state[PROBLEM] = ""
    try:
        sheet = _opened(link)
        out = _opened(left_out).entries
    except LinkError as error:
        st.session_state[PROBLEM] = str(error)
        return
    if kept.get("own") is True and not (sheet.opened and sheet.opened.is_other_version):
        sheet = replace(sheet, opened=None)
    last = len(sheet.entries)
    numbered = tuple(replace(one, number=last + one.number) for one in out)
    st.session_state[SHEET] = replace(sheet, left_out=numbered)


def _opened(link: object) -> Sheet:
    return opened(link, the_answerer()) if isinstance(link, str) and link else Sheet()


def _ask_again(sheet: Sheet) -> str:
    # Kept before they are known: a click meanwhile ends this when the session is used next.
    answers: dict[int, Answer] = {}
    st.session_state[AGAIN] = answers
    for entry in sheet.entries:
        question, earlier, within = entry.asked
        before = [Turn(number, words, None) for number, words in enumerate(earlier, start=1)]
        turn = take_turn(in_turn(), question, before, alone=not earlier, within=within)
        if turn.answer:
            answers[entry.number] = turn.answer
    if len(answers) < len(sheet.entries):
        return "Not every question could be asked. Please ask again in a moment."
    return "The questions were asked again: these quotes are of the documents as they are now."
