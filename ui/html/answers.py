"""An answer as HTML: a card for each quote, or plain words if there is none."""

from __future__ import annotations

from dataclasses import replace

from answer.quotes import Answer
from ui.facts import CLOSEST, NOT_FOUND
from ui.feedback import feedback_html
from ui.html.asking import ask_button_html
from ui.html.cards import View, card_html, quotes_html
from ui.html.citing import take_along_html
from ui.html.glossary import glossary_html, term_ids, terms
from ui.html.verbatim import verbatim
from ui.parts import (
    ShownPart,
    in_reading_order,
    said_again,
    said_read_as,
    said_searched,
    shown_parts,
)
from ui.turns import how_asked


def answer_html(answer: Answer, view: View, name: str) -> str:
    """Return an answer's notices and quotes, or a note that there are none and the closest ones.

    ``name`` keeps the ids in the fragment different from those of other answers on the page.
    """
    notices = "".join(
        f'<div class="qw-notice qw-{notice.kind}" role="note">{verbatim(notice.text)}</div>'
        for notice in answer.notices
    )
    if not answer.is_searched:
        return notices
    answer = in_reading_order(answer, view.sources, view.audience)
    explained = terms(
        answer.citations,
        view.documents,
        view.sources,
        with_definitions=view.audience != "clinician",
    )
    linked = replace(view, term_ids=term_ids(explained, name))
    shown = enumerate(shown_parts(answer), start=1)
    parts = "".join(_part_html(part, number, answer, linked, name) for number, part in shown)
    taken = take_along_html(answer, view.sources, name, view.asked) if answer.is_found else ""
    return (
        f"{notices}{_read_as_html(answer, view)}{parts}"
        f'<div class="qw-after">{glossary_html(explained, name)}'
        f"{taken}{_feedback_html(view, name)}</div>"
    )


def _read_as_html(answer: Answer, view: View) -> str:
    """Return how a question was read, and a button that asks it without the earlier ones."""
    if not answer.read_as:
        return ""
    asked = how_asked(view.within, alone=True), answer.question
    return (
        f'<p class="qw-read">{verbatim(said_read_as(answer.read_as))} '
        f"{ask_button_html(asked, 'Ask it on its own')}</p>"
    )


def _part_html(part: ShownPart, number: int, answer: Answer, view: View, name: str) -> str:
    """Return the cards of one of the questions in a message, under it if there are several."""
    heading = f'<h3 class="qw-part">{verbatim(part.question)}</h3>' if part.question else ""
    if not part.is_found:
        return heading + _not_found_html(part, answer, view, f"{name}-{number}")
    again = f'<p class="qw-again">{said_again(part.again)}</p>' if part.again else ""
    return f"{heading}{quotes_html(part.quotes, view, f'{name}-quote')}{again}"


def _not_found_html(part: ShownPart, answer: Answer, view: View, name: str) -> str:
    closest = "".join(
        card_html(citation, view, f"{name}-close-{number}", None)
        for number, citation in enumerate(part.related, start=1)
    )
    level = "h4" if part.question else "h3"
    related = f'<{level} class="qw-closest">{CLOSEST}</{level}><ul class="qw-quotes">{closest}</ul>'
    searched = said_searched(answer.n_documents, answer.n_passages, len(view.documents))
    said = "" if view.within else f"{searched} "  # with a filter, it stands above
    return (
        f'<div class="qw-none"><p class="qw-none-title">{NOT_FOUND}</p>'
        f"<p>{said}Other words may find more.</p></div>"
        f"{related if part.related else ''}"
    )


def _feedback_html(view: View, name: str) -> str:
    return feedback_html(name) if view.takes_feedback else ""
