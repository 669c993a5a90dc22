"""What is searched: all documents, or those of some kind or year, or written for somebody.

The choice is in the address, where a visitor's browser keeps it; a question keeps its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import streamlit as st

from answer.asking.filter import (
    AUDIENCE,
    AUDIENCES,
    DOCUMENT,
    FROM,
    KIND,
    TO,
    Filter,
    kinds,
    year_of,
)
from answer.errors import QuestionError
from corpus.sources import Source
from ui.facts import years
from ui.html.verbatim import verbatim
from ui.serving.once import once

if TYPE_CHECKING:
    from answer.pipeline import Answerer

WITHIN = "in"
"""The part of the address that has the choice."""
FEW = 3
"""Documents of a library in which nobody needs to choose."""
MOST = 200
"""Documents that can be chosen one by one; of more, only by kind, readers and year. Chosen by hand:
nobody looks through a longer list."""


def within(sources: Mapping[str, Source]) -> str:
    """Return the text of the filter that is chosen; empty if everything is searched."""
    if len(sources) <= FEW:
        return ""
    return _known(Filter.read(st.query_params.get(WITHIN, "")), sources).text


def choose(wanted: object, sources: Mapping[str, Source]) -> None:
    """Search from now on what ``wanted``, which came from the visitor's browser, says."""
    text = wanted if isinstance(wanted, str) and len(sources) > FEW else ""
    if chosen := _known(Filter.read(text), sources).text:
        st.query_params[WITHIN] = chosen
    else:
        st.query_params.pop(WITHIN, None)


def said(text: str, sources: Mapping[str, Source]) -> str:
    """Say what is searched, for the line that is always in view."""
    read = Filter.read(text)
    try:
        chosen = read.chosen(sources.values())
    except QuestionError:
        chosen = ()
    if chosen is None:
        return f"All {len(sources)} documents"
    return f"{len(chosen)} of {len(sources)} documents: {read.said(sources.values())}"


@once
def choice_of(answerer: Answerer) -> str:
    """Return the collapsed choice of what is searched in a library."""
    return choice_html(answerer.sources.values())


def choice_html(sources: Collection[Source]) -> str:
    """Return the collapsed choice of what is searched; empty if there is too little to choose from.

    It is the same whatever is chosen, or it would be drawn anew, and close, at every choice:
    ``within.js`` fills it in.
    """
    if len(sources) <= FEW:
        return ""
    groups = (
        _kinds_html(kinds(sources)),
        _audiences_html(sources),
        _years_html(sources),
        _documents_html(sources),
    )
    return (
        '<details class="qw-within"><summary><span class="qw-hidden">Searched: </span>'
        f'<span class="qw-within-said">All {len(sources)} documents</span></summary>'
        '<div class="qw-within-choice">'
        '<button class="qw-file" type="button" data-within-all>Search all documents</button>'
        f"{''.join(groups)}</div></details>"
    )


def _kinds_html(known: Collection[str]) -> str:
    boxes = "".join(_box_html(KIND, kind, kind) for kind in known)
    return f"<fieldset><legend>Kind</legend>{boxes}</fieldset>" if len(known) > 1 else ""


def _audiences_html(sources: Collection[Source]) -> str:
    known = [one for one in AUDIENCES if any(source.audience == one for source in sources)]
    silent = sum(not source.audience for source in sources)
    if len(known) + bool(silent) < 2:
        return ""
    options = "".join(f'<option value="{one}">{one}s</option>' for one in known)
    left_out = f'<p class="qw-note">{_left_out(silent)}</p>' if silent else ""
    return (
        f'<fieldset class="qw-years"><legend>Written for</legend><label>'
        f'<span class="qw-hidden">Written for </span><select data-within="{AUDIENCE}">'
        f'<option value="">anyone</option>{options}</select></label>{left_out}</fieldset>'
    )


def _left_out(silent: int) -> str:
    counted = "1 document does" if silent == 1 else f"{silent} documents do"
    return f"{counted} not say for whom: searched for anyone only."


def _years_html(sources: Iterable[Source]) -> str:
    known = sorted({year for source in sources if (year := year_of(source))}, reverse=True)
    if len(known) < 2:
        return ""
    options = "".join(f'<option value="{year}">{year}</option>' for year in known)
    ends = "".join(
        f'<label>{end} <select data-within="{end}"><option value="">any</option>{options}'
        "</select></label>"
        for end in (FROM, TO)
    )
    return f'<fieldset class="qw-years"><legend>Year of the last change</legend>{ends}</fieldset>'


def _documents_html(sources: Collection[Source]) -> str:
    if len(sources) > MOST:
        return ""
    boxes = "".join(_box_html(DOCUMENT, one.doc_id, _name(one)) for one in sources)
    return f"<fieldset><legend>Documents</legend>{boxes}</fieldset>"


def _name(source: Source) -> str:
    """Return a source's label with its years, unless they are in it."""
    dated = years(source)
    return source.label if dated in source.label else f"{source.label}, {dated}"


def _box_html(name: str, value: str, words: str) -> str:
    return (
        f'<label><input type="checkbox" data-within="{name}" value="{verbatim(value)}"> '
        f"<span>{verbatim(words)}</span></label>"
    )


def _known(read: Filter, sources: Mapping[str, Source]) -> Filter:
    """Leave out what is not here (any more): an address may be old."""
    known = {kind.casefold() for kind in kinds(sources.values())} if read.kinds else ()
    return Filter(
        tuple(one for one in read.documents if one in sources),
        tuple(one for one in read.kinds if one.casefold() in known),
        read.first_year,
        read.last_year,
        read.audience,
    )
