"""The page for asking questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from index.query import visible
from ui.exports.files import File
from ui.facts import AUDIENCES, Audience
from ui.feedback import keep_feedback
from ui.html.cards import View
from ui.html.citing import wanted_file
from ui.page.answerer import in_turn, the_answerer
from ui.page.conversation import SHOWN, alert, announcement, earlier_html, turn_html
from ui.page.disclaimer import always_html, documents_of
from ui.page.offers import first_ideas_html, next_ideas_html
from ui.page.script import ECHO, show_live
from ui.page.visit import (
    AUDIENCE,
    answers,
    audience,
    audience_of_address,
    begin_anew,
    bring_back,
    can_bring_back,
    read_asked,
    restore,
    sources_gone,
    turns,
)
from ui.page.welcome import welcome_html
from ui.page.within import choice_of, choose, said, within
from ui.settings import feedback_file
from ui.turns import Over, how_read, take_turn, with_answer

if TYPE_CHECKING:
    from answer.pipeline import Answerer

QUESTION, FILE, TOLD, EARLIER = "question", "file", "told", "earlier"

BRING_BACK = "Bring back the last conversation"
AFTERWORDS: Mapping[Audience | None, str] = {
    None: "One sentence can mislead without those around it. These texts do not know you.",
    "clinician": "Quotes are not an appraisal: one sentence can mislead without those around it.",
    "patient": "These texts do not know you. Ask your care team what they mean for you.",
    "educator": "Each quote can be checked in its source, and copied with its citation.",
}


def show() -> None:
    """Show the conversation so far, and the box to continue it."""
    answerer = the_answerer()

    def ask(question: str, *, alone: bool = False) -> None:
        if not visible(str(question)):
            return
        st.session_state[EARLIER] = 0
        chosen = within(answerer.sources)
        turns().append(take_turn(in_turn(), question, turns(), alone=alone, within=chosen))

    def ask_as(wanted: object) -> None:
        for how, question in read_asked([wanted]):
            alone, chosen = how_read(how)
            choose(chosen, answerer.sources)
            ask(question, alone=alone)

    _keep_audience()
    _show_script(answerer, ask, ask_as)
    asks = _choose_audience()
    with st.container(key="conversation"):
        if turns():
            _show_turns(answerer, asks)
        else:
            _show_welcome(answerer, asks)
    _show_ask_box(answerer, ask)
    if not turns() and (ideas := first_ideas_html(answerer, asks)):
        with st.container(key="start"):
            st.html(ideas)


def _show_script(
    answerer: Answerer, ask: Callable[[str], None], ask_as: Callable[[object], None]
) -> None:
    def export(wanted: object) -> None:
        sources = Over(sources_gone(answerer.documents, wanted), answerer.sources)
        st.session_state[FILE] = wanted_file(wanted, answers(), sources, audience())

    def feedback(wanted: object) -> None:
        if kept_in := feedback_file():
            st.session_state[TOLD] = keep_feedback(wanted, answers(), audience(), kept_in)

    def show_earlier(wanted: object) -> None:
        asked = turns()  # after asking, the session may not be to be had: see ``restore``
        number = next((turn.number for turn in asked if str(turn.number) == wanted), 0)
        st.session_state[EARLIER] = number
        asked[:] = with_answer(in_turn(), asked, number)

    chosen = within(answerer.sources)
    newest = turns()[-1] if turns() else None
    file: File | None = st.session_state.pop(FILE, None)
    told: str = st.session_state.pop(TOLD, "")
    show_live(
        {
            "question": ask,
            "asked": ask_as,
            "within": lambda wanted: choose(wanted, answerer.sources),
            "restore": lambda wanted: restore(in_turn(), wanted),
            "export": export,
            "feedback": feedback,
            "earlier": show_earlier,
        },
        earlier=st.session_state.get(EARLIER, 0),
        turn=newest.number if newest else 0,
        has_questions=True,
        within={"text": chosen, "said": said(chosen, answerer.sources)},
        message=told or (announcement(newest, len(answerer.sources)) if newest else ""),
        alert=alert(newest) if newest else "",
        told=told,
        file=file,
    )


def _keep_audience() -> None:
    """Put who asks into the address, so that it can be shared.

    It comes before the script: Streamlit's new address has nothing after the "#", and visit.js
    puts the questions there again.
    """
    if (chosen := audience()) and chosen != audience_of_address():
        st.query_params[AUDIENCE] = chosen


def _choose_audience() -> Audience | None:
    """Let visitors say who they are."""
    st.session_state.setdefault(AUDIENCE, audience_of_address())
    return st.segmented_control(
        "I am a",
        AUDIENCES,
        required=True,
        format_func=str.capitalize,
        key=AUDIENCE,
        persist_state="session",
    )


def _show_welcome(answerer: Answerer, asks: Audience | None) -> None:
    st.html(ECHO)
    st.html(f"{welcome_html(answerer, asks)}{_embed_html(asks)}")
    if can_bring_back():
        st.button(BRING_BACK, key="bring-back", on_click=bring_back, type="tertiary")


def _show_turns(answerer: Answerer, asks: Audience | None) -> None:
    st.html('<h1 class="qw-hidden">Questions and their answers</h1>')
    view = View(
        answerer.documents,
        answerer.sources,
        asks,
        date.today(),
        takes_feedback=feedback_file() is not None,
    )
    ideas = next_ideas_html(answerer, asks, turns())
    opened = st.session_state.get(EARLIER, 0)
    if earlier := earlier_html(turns(), opened):
        st.html(earlier)
    for turn in turns()[:-SHOWN]:
        if turn.number == opened:
            st.html(turn_html(turn, view, is_newest=False))
    for turn in turns()[-SHOWN:]:
        is_newest = turn is turns()[-1]
        st.html(turn_html(turn, view, after=ideas if is_newest else "", is_newest=is_newest))
    st.html(ECHO)
    with st.container(horizontal=True, vertical_alignment="center", key="tail"):
        st.html(f'<div class="qw-afterword"><p>{AFTERWORDS[asks]}</p>{_embed_html(asks)}</div>')
        st.button("New conversation", key="restart", on_click=begin_anew, type="tertiary")


def _embed_html(asks: Audience | None) -> str:
    """Return the link, for educators only, to the code that they can paste into a course page."""
    if asks != "educator":
        return ""
    return (
        '<p><a class="qw-link" href="embed" target="_blank" rel="noopener noreferrer">'
        'Embed it in your course page<span class="qw-hidden"> (opens a new tab)</span></a></p>'
    )


def _show_ask_box(answerer: Answerer, ask: Callable[[str], None]) -> None:
    def on_submit() -> None:
        ask(st.session_state[QUESTION])

    with st.container(key="ask"):
        if choice := choice_of(answerer):
            st.html(choice)
        st.chat_input(
            "Ask a follow-up or a new question" if turns() else "Ask a question",
            key=QUESTION,
            on_submit=on_submit,
        )
        st.html(always_html(documents_of(answerer)))
