"""Questions to ask next, as buttons: at the start, and after an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from answer.offering.suggestions import N_FOLLOW_UPS, follow_ups
from ui.facts import Audience
from ui.html.verbatim import verbatim

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from ui.turns import Turn

TO_START = "Questions to start with"
NEXT = "Ask next"


def first_ideas_html(answerer: Answerer, audience: Audience | None) -> str:
    """Return questions for an audience, or for anybody, to start with; empty if there are none."""
    heading = f'<h2 class="qw-next">{TO_START}</h2>'
    return _ideas_html(heading, answerer.suggestions(audience))


def next_ideas_html(answerer: Answerer, audience: Audience | None, turns: Sequence[Turn]) -> str:
    """Return follow-ups to the newest answer, or questions to start with if it has none.

    After a notice of an emergency or of self-harm nothing is suggested: there is one thing to do.
    """
    asked = {turn.question for turn in turns}
    answer = turns[-1].answer
    if answer and any(notice.kind == "emergency" for notice in answer.notices):
        return ""
    quoted = answer.citations if answer else ()
    questions = follow_ups(answerer.offered, audience, quoted, asked) or tuple(
        question for question in answerer.suggestions(audience) if question not in asked
    )
    return _ideas_html(f'<h2 class="qw-next">{NEXT}</h2>', questions[:N_FOLLOW_UPS])


def _ideas_html(heading: str, questions: Sequence[str]) -> str:
    if not questions:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="qw-suggestion" data-ask="{verbatim(question)}">'
        f"{verbatim(question)}</button></li>"
        for question in questions
    )
    return f'{heading}<ul class="qw-ideas">{buttons}</ul>'
