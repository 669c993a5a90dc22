"""The first screen: what is known here, and in whose words it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from ui.facts import Audience
from ui.html.library import library_html
from ui.html.subject import subject
from ui.html.verbatim import verbatim

if TYPE_CHECKING:
    from answer.pipeline import Answerer

LEAD = "Answers in the documents’ own words."
"""What this is, wherever the subject of the documents is known or not."""
ABOUT_ANYTHING = "Ask these documents"
WELCOME: Mapping[Audience | None, str] = {
    None: "Word for word, and with the kind of text that they are from.",
    "clinician": "Whole sentences, word for word, with the kind of evidence they are.",
    "patient": "Whole sentences, word for word. Texts written for patients come first.",
    "educator": "Whole sentences, word for word, ready to cite.",
}


def welcome_html(answerer: Answerer, asks: Audience | None) -> str:
    """Return the subject, how it is answered, and the documents; ``asks`` is None if not known."""
    return (
        '<div class="qw-welcome"><h1 class="qw-lead" id="top-question" tabindex="-1">'
        f"{verbatim(heading(answerer))}</h1><p>{LEAD} {WELCOME[asks]}</p>"
        f"{library_html(answerer.sources.values())}</div>"
    )


@lru_cache(maxsize=1)
def heading(answerer: Answerer) -> str:
    """Return what can be asked about, as the documents name it."""
    titles = [source.name for source in answerer.sources.values()]
    about = subject(titles, (document.text for document in answerer.documents.values()))
    return f"Ask about {about}" if about else ABOUT_ANYTHING
