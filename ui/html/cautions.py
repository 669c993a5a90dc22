"""What to know before relying on a quote, as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote as percent_encode

from corpus.sources import Source
from ui.cautions import GRAVE, Caution, cautions_of
from ui.html.references import link_html
from ui.html.verbatim import verbatim


def cautions_html(cautions: Iterable[Caution]) -> str:
    """Return cautions as notes, each with its links; empty if there are none."""
    return "".join(map(_caution_html, cautions))


def said_html(source: Source) -> str:
    """Return what became of a source in a sentence each, for a list of sources; mostly empty."""
    return "".join(
        f'<span class="qw-said qw-is-{caution.kind}">{verbatim(caution.text)}</span>'
        for caution in cautions_of(source)
    )


def _caution_html(caution: Caution) -> str:
    grave = " qw-grave" if caution.kind in GRAVE else ""
    # What a screen reader says first: the mark before the words is for the eye.
    return (
        f'<p class="qw-caution qw-is-{caution.kind}{grave}" role="note">'
        f"<b>{verbatim(caution.text)}</b>{_links_html(caution)}</p>"
    )


def _links_html(caution: Caution) -> str:
    links = [link_html(caution.link, "See the notice")] if caution.link else []
    if caution.document:
        address = f"./sources#{percent_encode(caution.document)}"
        links.append(f'<a href="{address}">In this library</a>')
    return "".join(f" {link}" for link in links)
