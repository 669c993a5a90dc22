"""The references that a quote cites, as HTML, and links out of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from answer.quotes import Citation
from ingest.document import Reference
from ui.facts import SECOND_HAND, web_address
from ui.html.verbatim import CLOSE, OPEN, Insert, verbatim

_CITED = re.compile(r"\[(\d+(?:\s*[-‐‑–—−,]\s*\d+)*)\]")
"""Numbers in brackets, as text has them: ``[8-10]``, ``[2, 5]``."""


def reference_links(citation: Citation, name: str) -> Iterator[Insert]:
    """Make each ``[13]`` with a known reference open that reference."""
    known = {entry.number for entry in citation.references}
    for cited in _CITED.finditer(citation.quote):
        numbers = [int(number) for number in re.findall(r"\d+", cited[1])]
        number = min((n for n in known if min(numbers) <= n <= max(numbers)), default=None)
        if number is not None:
            yield cited.start(), OPEN, f'<a class="qw-cited" href="#{name}-ref-{number}">'
            yield cited.end(), CLOSE, "</a>"


def references_html(references: Sequence[Reference], name: str) -> str:
    """Return the collapsed list of the references that a quote cites; empty if it cites none."""
    if not references:
        return ""
    numbers = ", ".join(f"[{entry.number}]" for entry in references)
    entries = "".join(
        f'<li id="{name}-ref-{entry.number}"><span>[{entry.number}]</span> '
        f"<span>{verbatim(entry.text)}</span>{_reference_link(entry)}</li>"
        for entry in references
    )
    return (
        f'<details class="qw-refs"><summary>Cited inside: {numbers}</summary>'
        f'<p class="qw-second">{SECOND_HAND}</p><ul>{entries}</ul></details>'
    )


def _reference_link(entry: Reference) -> str:
    address = f"https://doi.org/{entry.doi}" if entry.doi else entry.url
    return f" {link_html(address, 'Open it')}" if web_address(address) else ""


def link_html(address: str | None, words: str) -> str:
    """Return a link that opens a new tab and does not reveal where the visitor came from."""
    return (
        f'<a class="qw-link" href="{verbatim(web_address(address))}" target="_blank" '
        f'rel="noopener noreferrer">{verbatim(words)}'
        '<span class="qw-hidden"> (opens a new tab)</span></a>'
    )
