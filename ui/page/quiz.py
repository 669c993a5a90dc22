"""The quiz page: which passage supports this? Made from the corpus's question bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from secrets import randbits
from typing import TYPE_CHECKING

import streamlit as st

from answer.offering.quiz import QuizItem, quiz_item, quiz_questions
from ui.html.cards import View, card_html
from ui.html.verbatim import verbatim
from ui.page.answerer import the_answerer
from ui.page.disclaimer import documents_of, show_always
from ui.page.script import show_live

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from bank.questions import KnownQuestion

QUIZ = "quiz"
NO_BANK = "There is no quiz for these documents: they came without a question bank."
INSTRUCTION = "Which passage supports this?"
RIGHT, WRONG = "Right.", "Not this one."


@dataclass(slots=True)
class Quiz:
    """A visitor's quiz so far."""

    seed: int
    """Decides the order of its questions and options."""
    number: int = 1
    """Which question it is, from 1."""
    chosen: int | None = None
    """Position of the option that was chosen; None until one is."""
    n_right: int = 0
    bank: Sequence[KnownQuestion] = ()
    """What it is made from: with another, it begins anew."""

    def choose(self, item: QuizItem, option: object) -> None:
        """Take the first choice; anything that is not an option is ignored."""
        if self.chosen is None and option in [str(at) for at in range(len(item.options))]:
            self.chosen = int(str(option))
            self.n_right += self.chosen == item.right

    def go_on(self) -> None:
        """Go to the next question."""
        self.number, self.chosen = self.number + 1, None


def show() -> None:
    """Show one question of the quiz or, once it is answered, the result."""
    answerer = the_answerer()
    quiz: Quiz | None = st.session_state.get(QUIZ)
    if quiz is None or quiz.bank is not answerer.bank:
        quiz = st.session_state[QUIZ] = Quiz(randbits(32), bank=answerer.bank)
    item = item_of(answerer, quiz)
    if item is None:
        st.html(f'<h1 class="qw-title">Quiz</h1><p class="qw-note">{NO_BANK}</p>')
        return
    show_live(
        {"choice": lambda option: quiz.choose(item, option)},
        turn=quiz.number,
        message=verdict(quiz, item),
    )
    view = View(answerer.documents, answerer.sources, "educator", date.today())
    st.html(quiz_html(quiz, item, view))
    if quiz.chosen is not None:
        st.button("Next question", key="quiz-next", on_click=quiz.go_on)
    if quiz.chosen is not None and quiz.chosen != item.right:
        st.html(chosen_html(quiz.chosen, item, view))
    show_always(documents_of(answerer))


def item_of(answerer: Answerer, quiz: Quiz) -> QuizItem | None:
    """Return the quiz's current question, the same on every call; None without a bank.

    Retracted sources are not asked about.
    """
    sources = answerer.sources

    def is_sound(doc_id: str) -> bool:
        return not sources[doc_id].is_retracted

    known = [q for q in quiz_questions(answerer.bank) if is_sound(q.evidence[0].doc_id)]
    Random(quiz.seed).shuffle(known)
    for at in range(len(known)):
        one = known[(quiz.number - 1 + at) % len(known)]
        drawn = Random(quiz.seed + quiz.number)
        if item := quiz_item(one, answerer.documents, drawn, is_sound):
            options = (replace(o, status=sources[o.doc_id].status) for o in item.options)
            return replace(item, options=tuple(options))
    return None


def verdict(quiz: Quiz, item: QuizItem) -> str:
    """Return how the question was answered; empty until it is."""
    if quiz.chosen is None:
        return ""
    said = RIGHT if quiz.chosen == item.right else WRONG
    done = f"{quiz.n_right} of {quiz.number} right so far."
    return f"{said} Passage {item.right + 1} supports it. {done}"


def quiz_html(quiz: Quiz, item: QuizItem, view: View) -> str:
    """Return the question with its options or, once one is chosen, with the right one's source."""
    shown = _options_html(item) if quiz.chosen is None else _outcome_html(quiz, item, view)
    return (
        f'<section class="qw-turn qw-quiz" id="turn-{quiz.number}">'
        f'<p class="qw-ask-quiz">Quiz, question {quiz.number}. {INSTRUCTION}</p>'
        f'<h1 class="qw-question" id="turn-{quiz.number}-question" tabindex="-1">'
        f"{verbatim(item.question)}</h1>{shown}</section>"
    )


def chosen_html(chosen: int, item: QuizItem, view: View) -> str:
    """Return the passage that was wrongly chosen, with its source."""
    card = card_html(item.options[chosen], view, "quiz-chosen", None)
    return (
        f'<h2 class="qw-closest">You chose passage {chosen + 1}</h2>'
        f'<ul class="qw-quotes">{card}</ul>'
    )


def _options_html(item: QuizItem) -> str:
    options = "".join(
        f'<li><button class="qw-option" type="button" data-choice="{at}">'
        f'<span class="qw-number">{at + 1}</span>'
        f'<span class="qw-text">{verbatim(option.quote)}</span></button></li>'
        for at, option in enumerate(item.options)
    )
    return f'<ol class="qw-quotes">{options}</ol>'


def _outcome_html(quiz: Quiz, item: QuizItem, view: View) -> str:
    kind = "qw-right" if quiz.chosen == item.right else "qw-wrong"
    right = card_html(item.options[item.right], view, f"quiz-{quiz.number}-right", item.right + 1)
    return (
        f'<p class="qw-verdict {kind}">{verdict(quiz, item)}</p><ul class="qw-quotes">{right}</ul>'
    )
