"""The documents of a library on the first screen: a card for each, or a line for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from urllib.parse import quote as percent_encode

from corpus.sources import Source
from ui.facts import day
from ui.html.cautions import said_html
from ui.html.verbatim import verbatim

MOST_CARDS = 4
"""Of more documents the kinds are shown. Chosen by hand: a small phone still has the ask box in
view."""
MOST_KINDS = 5
"""Of more kinds the most frequent ones are shown. Chosen by hand."""
NO_KIND = "Kind of evidence not given"
HEADING = "What the answers come from"


def library_html(sources: Collection[Source]) -> str:
    """Return the documents as cards that lead to the Sources page; of many, kinds and years."""
    many = len(sources) > MOST_CARDS
    shown = _kinds_html(sources) if many else "".join(map(_card_html, sources))
    return (
        f'<section class="qw-library" aria-labelledby="qw-library"><h2 id="qw-library">{HEADING}'
        f'</h2><ul class="{"qw-kinds" if many else "qw-documents"}">{shown}</ul></section>'
    )


def _card_html(source: Source) -> str:
    facts = " · ".join(
        f"<span>{verbatim(fact)}</span>"
        for fact in (_capital(source.evidence), _date(source))
        if fact
    )
    return (
        f'<li><a href="./sources#{percent_encode(source.doc_id)}">{verbatim(source.name)}</a>'
        f"<p>{facts}</p>{said_html(source)}</li>"
    )


def _date(source: Source) -> str:
    return day(source.updated) if source.updated else ""


def _kinds_html(sources: Collection[Source]) -> str:
    of_kind: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources:
        of_kind[_kind(source)].append(source)
    ranked = sorted(of_kind.items(), key=lambda each: -len(each[1]))
    rows = [_row_html(kind, some) for kind, some in ranked[:MOST_KINDS]]
    others = [source for _, some in ranked[MOST_KINDS:] for source in some]
    return "".join([*rows, _row_html("Others", others) if others else ""])


def _kind(source: Source) -> str:
    """Return the kind of evidence without what is true of one document only: "n = 1"."""
    return _capital(source.evidence.partition(",")[0].strip()) or NO_KIND


def _row_html(kind: str, sources: Sequence[Source]) -> str:
    number = f"{len(sources)} {'document' if len(sources) == 1 else 'documents'}"
    return (
        f'<li><a href="./sources">{verbatim(kind)}</a>'
        f"<p>{number}{verbatim(_years(sources))}</p></li>"
    )


def _years(sources: Sequence[Source]) -> str:
    known = sorted(source.updated[:4] for source in sources if source.updated)
    if not known:
        return ""
    first, last = known[0], known[-1]
    return f", {first}" if first == last else f", {first} to {last}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
