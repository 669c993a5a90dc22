"""The first screen: what is known here, and in whose words it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from ui.facts import Audience
from ui.html.library import library_html
from ui.html.subject import subject
from ui.html.verbatim import verbatim
from ui.serving.once import once

if TYPE_CHECKING:
    from answer.pipeline import Answerer

LEAD = "Answers in the documents’ own words."
"""What this is, wherever the subject of the documents is known or not."""
SAMPLE = 100
"""Documents, spread evenly over a library, that say what it is about; twice as many at most. Chosen
by hand: a subject that half of all titles have is in some of them."""
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
        f"{documents_html(answerer)}</div>"
    )


@once
def documents_html(answerer: Answerer) -> str:
    """Return the documents as cards or, of many, their kinds."""
    return library_html(answerer.sources.values())


@once
def heading(answerer: Answerer) -> str:
    """Return what can be asked about, as the documents name it."""
    sources = answerer.sources
    some = [*islice(sources, 0, None, max(1, len(sources) // SAMPLE))]
    texts = (answerer.documents[doc_id].text for doc_id in some)
    about = subject([sources[doc_id].name for doc_id in some], texts)
    return f"Ask about {about}" if about else ABOUT_ANYTHING
