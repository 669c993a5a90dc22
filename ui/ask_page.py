"""The page on which people ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from ui.conversation import SHOWN, Turn, announcement, take_turn, turn_html
from ui.exports import File
from ui.facts import AUDIENCES, Audience, day, newest_change
from ui.live import ASSETS, show_live
from ui.problems import opened_or_told
from ui.render import View
from ui.take_along import LINKED, wanted_file
from ui.verbatim import verbatim

if TYPE_CHECKING:
    from answer.pipeline import Answerer

TURNS = "turns"
AUDIENCE = "audience"
QUESTION = "question"
FILE = "file"

_WELCOME = {
    "clinician": "Ask a clinical question. Every answer is whole sentences of the documents, "
    "word for word, with the kind of evidence they are.",
    "patient": "Ask in your own words. Every answer is whole sentences of the texts, word for "
    "word. Texts written for patients come first.",
    "educator": "Ask what your course asks. Every answer is whole sentences of the documents, "
    "word for word, ready to cite.",
}
_AFTERWORDS = {
    "clinician": "Quotes are not an appraisal: one sentence can mislead without those around it.",
    "patient": "These texts do not know you. Ask your care team what they mean for you.",
    "educator": "Each quote can be checked in its source, and copied with its citation.",
}


def show() -> None:
    """Show the conversation so far and the box to go on with it."""
    answerer = opened_or_told()
    if answerer is None:
        return

    def ask(question: str) -> None:
        _turns().append(take_turn(answerer, question, _turns()))

    def export(wanted: object) -> None:
        answers = {turn.name: turn.answer for turn in _turns() if turn.answer}
        st.session_state[FILE] = wanted_file(wanted, answers, answerer.sources)

    _ask_linked(ask)
    turns = _turns()
    newest = turns[-1] if turns else None
    file: File | None = st.session_state.pop(FILE, None)
    show_live(newest, announcement(newest) if newest else "", ask, export, file)
    st.html(ASSETS / "take_along.css")
    audience = _choose_audience()
    if turns:
        _show_turns(answerer, turns, audience)
    else:
        _show_welcome(answerer, audience)
    _show_ask_box(answerer, ask, ask_on=bool(turns))


def _turns() -> list[Turn]:
    turns: list[Turn] = st.session_state.setdefault(TURNS, [])
    return turns


def _ask_linked(ask: Callable[[str], None]) -> None:
    """Ask the question of a link that was opened, and take it out of the address."""
    if LINKED in st.query_params:
        question = st.query_params[LINKED]
        del st.query_params[LINKED]
        ask(question)


def _choose_audience() -> Audience:
    """Let the visitor say who asks; the choice stays in the address, so that it can be shared."""
    st.session_state.setdefault(AUDIENCE, _audience_of_address())
    chosen = (
        st.segmented_control(
            "I am a",
            AUDIENCES,
            required=True,
            format_func=str.capitalize,
            key=AUDIENCE,
            label_visibility="collapsed",
            persist_state="session",
        )
        or AUDIENCES[0]
    )
    if chosen != _audience_of_address():
        st.query_params[AUDIENCE] = chosen
    return chosen


def _audience_of_address() -> Audience:
    named = st.query_params.get(AUDIENCE, "")
    return next((audience for audience in AUDIENCES if audience == named), AUDIENCES[0])


def _show_welcome(answerer: Answerer, audience: Audience) -> None:
    st.html(
        '<div class="qw-welcome"><h1 class="qw-lead">Answers in the documents’ own words.</h1>'
        f"<p>{_WELCOME[audience]}</p></div>{_suggestions_html(answerer.suggestions(audience))}"
    )


def _suggestions_html(suggestions: Sequence[str]) -> str:
    if not suggestions:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="qw-suggestion" data-ask="{verbatim(suggestion)}">'
        f"{verbatim(suggestion)}</button></li>"
        for suggestion in suggestions
    )
    return f'<h2 class="qw-hidden">Questions to start with</h2><ul class="qw-ideas">{buttons}</ul>'


def _show_turns(answerer: Answerer, turns: Sequence[Turn], audience: Audience) -> None:
    st.html('<h1 class="qw-hidden">Questions and their answers</h1>')
    view = View(answerer.documents, answerer.sources, audience, date.today())
    for turn in turns[-SHOWN:]:
        st.html(turn_html(turn, view, is_newest=turn is turns[-1]))
    with st.container(horizontal=True, vertical_alignment="center", key="tail"):
        st.html(f'<p class="qw-afterword">{_AFTERWORDS[audience]}</p>')
        st.button("New conversation", key="restart", on_click=_turns().clear, type="tertiary")


def _show_ask_box(answerer: Answerer, ask: Callable[[str], None], *, ask_on: bool) -> None:
    def on_submit() -> None:
        ask(st.session_state[QUESTION])

    with st.container(key="ask"):
        st.chat_input(
            "Ask on, or ask something else" if ask_on else "Ask a question",
            key=QUESTION,
            on_submit=on_submit,
        )
        st.html(f'<p class="qw-always">{_always(answerer)}</p>')


def _always(answerer: Answerer) -> str:
    count, newest = len(answerer.sources), newest_change(answerer.sources.values())
    dated = f", newest {day(newest)}" if newest else ""
    return (
        "<b>Not medical advice</b> · <span>In an emergency, call your emergency number</span> · "
        f"<span>{count} documents{dated}</span>"
    )
