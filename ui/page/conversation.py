"""One visitor's questions and the outcome of each, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from answer.asking.filter import Filter
from answer.quotes import Answer
from ui.facts import NOT_FOUND
from ui.failures import BROKEN
from ui.html.answers import answer_html
from ui.html.asking import ask_button_html
from ui.html.cards import View
from ui.html.verbatim import verbatim
from ui.parts import said_searched
from ui.turns import Over, Quoted, Turn, how_asked

SHOWN = 10
"""Turns kept on the page: each run of the page sends them all again."""


def turn_html(turn: Turn, view: View, *, is_newest: bool, after: str = "") -> str:
    """Return a question and its answer as one section of the page; ``after`` is HTML below it."""
    name = turn.name
    newest = " qw-newest" if is_newest else ""
    return (
        f'<section class="qw-turn{newest}" id="{name}" aria-labelledby="{name}-question">'
        f'<h2 class="qw-question" id="{name}-question" tabindex="-1">'
        f"{verbatim(turn.question)}</h2>"
        f"{_outcome_html(turn, view, name)}{after}</section>"
    )


def earlier_html(turns: Sequence[Turn], opened: int) -> str:
    """Return the collapsed list of questions before those shown; empty if all are shown.

    Args:
        turns: all of the visit.
        opened: the number of the one whose answer is shown under the list, or 0.

    """
    earlier = turns[:-SHOWN]
    if not earlier:
        return ""
    buttons = "".join(
        f'<li><button class="qw-file" type="button" data-earlier="{turn.number}" '
        f'aria-expanded="{str(turn.number == opened).lower()}">'
        f"{verbatim(turn.question)}</button></li>"
        for turn in earlier
    )
    is_open = " open" if any(turn.number == opened for turn in earlier) else ""
    return (
        f'<details class="qw-earlier"{is_open}><summary>Earlier questions: {len(earlier)}</summary>'
        f"<ol>{buttons}</ol></details>"
    )


def alert(turn: Turn) -> str:
    """Return what those who cannot see it appear must hear first: the notice of an emergency."""
    return " ".join(_notices(turn, is_urgent=True))


def announcement(turn: Turn, library: int) -> str:
    """Return the outcome of a question in one line, for those who cannot see it appear.

    ``library`` is how many documents there are.
    """
    calm = _notices(turn, is_urgent=False)
    if turn.answer is None:
        outcome = turn.problem
    elif not turn.answer.is_searched:
        return " ".join(calm)
    else:
        outcome = _found(turn.answer) if turn.answer.is_found else NOT_FOUND
        if turn.within:
            n_documents, n_passages = turn.answer.n_documents, turn.answer.n_passages
            outcome += f" {said_searched(n_documents, n_passages, library)}"
    return " ".join([f"Question {turn.number}:", *calm, outcome])


def _found(answer: Answer) -> str:
    count = len(answer.citations)
    open_ones = sum(not part.is_found for part in answer.parts)
    rest = f" {open_ones} of {len(answer.parts)} questions not answered." if open_ones else ""
    return f"{count} {'quote' if count == 1 else 'quotes'} found.{rest}"


def _notices(turn: Turn, *, is_urgent: bool) -> list[str]:
    notices = turn.answer.notices if turn.answer else ()
    return [one.text for one in notices if (one.kind == "emergency") == is_urgent]


def _outcome_html(turn: Turn, view: View, name: str) -> str:
    searched = _searched_html(turn, view)
    if turn.answer is not None:
        if changed := turn.quoted.changed(view.documents):
            searched += _changed_html(turn, changed, view)
            view = _as_it_was(view, turn.quoted, changed)
        view = replace(view, within=turn.within, asked=(*turn.earlier, turn.asked))
        return searched + answer_html(turn.answer, view, name)
    problem = f'<div class="qw-problem"><p>{verbatim(turn.problem)}</p>{_again_html(turn)}</div>'
    return searched + problem


def _changed_html(turn: Turn, changed: Sequence[str], view: View) -> str:
    """Return what has become of the documents that were quoted, and a button that asks again."""
    said = " ".join(
        f"“{turn.quoted.sources[doc_id].label}” was "
        f"{'replaced' if doc_id in view.documents else 'withdrawn'}."
        for doc_id in changed
    )
    again = ask_button_html(turn.asked, "Ask again")
    return (
        f'<p class="qw-searched"><span class="qw-flag">The library has changed since this was '
        f"answered: {verbatim(said)}</span> {again}</p>"
    )


def _as_it_was(view: View, quoted: Quoted, changed: Sequence[str]) -> View:
    """Return a view in which the documents that have changed are those that were quoted."""
    documents = {doc_id: quoted.documents[doc_id] for doc_id in changed}
    sources = {doc_id: quoted.sources[doc_id] for doc_id in changed}
    return replace(
        view,
        documents=Over(documents, view.documents),
        sources=Over(sources, view.sources),
    )


def _searched_html(turn: Turn, view: View) -> str:
    """Return what a question was restricted to, and a button that asks it of all documents."""
    if not turn.within or (turn.answer and not turn.answer.is_searched):
        return ""
    chosen = Filter.read(turn.within).said(view.sources.values())
    found = (turn.answer.n_documents, turn.answer.n_passages) if turn.answer else (0, 0)
    said = said_searched(*found, len(view.sources), chosen)
    asked = how_asked(alone=turn.alone), turn.question
    button = ask_button_html(asked, "Search all documents")
    return f'<p class="qw-searched">{verbatim(said)} {button}</p>'


def _again_html(turn: Turn) -> str:
    """Return a button that asks again; a question that was refused would be refused again."""
    return ask_button_html(turn.asked, "Ask it again") if turn.problem == BROKEN else ""
