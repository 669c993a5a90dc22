"""Where a document cites the entries of its reference list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ingest.blocks import Draft
from ingest.canon import CanonicalText
from ingest.citing.author_year import by_author_and_year
from ingest.document import Reference, Run, Span
from ingest.references import in_brackets

Cites = tuple[Span, tuple[int, ...]]
"""A place in the text, and the numbers of the entries that it cites."""


def places(draft: Draft, canon: CanonicalText, references: Sequence[Reference]) -> Iterator[Cites]:
    """Yield the citations that numbers in brackets do not tell by themselves.

    Those are the ones that the file marks and, where neither it nor brackets cite, authors and
    years. Only a file that says of everything what it is has marked all of its citations; in
    others, numbers in brackets cite too: a page links the first and the last of "[8-10]".
    """
    if draft.cited:
        yield from _marked(draft, canon)
        if not draft.is_marked_up:
            yield from in_brackets(canon.text)
        return
    text = canon.text
    if not any(numbers[-1] <= len(references) for _, numbers in in_brackets(text)):
        yield from by_author_and_year(text, references)


def _marked(draft: Draft, canon: CanonicalText) -> Iterator[Cites]:
    """Yield the citations of a draft at their places in the text."""
    # The same way as from the text to the source, the other way round.
    runs = [Run(run.source, run.text) for run in canon.runs]
    runs.sort(key=lambda run: run.text)
    starts = [run.text.start for run in runs]
    for one in draft.cited:
        first = max(bisect_right(starts, one.source.start) - 1, 0)
        last = bisect_left(starts, one.source.end)
        found = [r.source_of(one.source) for r in runs[first:last] if r.text.overlaps(one.source)]
        if found:
            yield Span(min(s.start for s in found), max(s.end for s in found)), one.numbers
