"""Citations set as superscripts: "in most patients¹²,¹³"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.blocks import Cited
from ingest.document import Span
from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.layout.lines import Line
from ingest.parsers.superscripts import are_citations, cited_by, cites_in_brackets


def superscript_citations(parts: Sequence[Part]) -> tuple[Cited, ...]:
    """Return where in the source which entries of the reference list are cited.

    A superscript is a citation where the list has all of its numbers, it stands after a letter or
    a mark, and the paper cites much of its list so and little in brackets. Authors have such
    numbers too: what stands before the first heading under the title is not looked at.
    """
    known = {part.number for part in parts if part.number}
    first = next((at for at, part in enumerate(parts) if part.level >= 2), len(parts))
    text = [part for part in parts[first:] if not part.number and part.kind != "aside"]
    if not known or cites_in_brackets([part.text for part in text]):
        return ()
    found = tuple(cited for part in text for line in part.lines for cited in _of(line, known))
    return found if are_citations(found, known) else ()


def _of(line: Line, known: set[int]) -> Iterator[Cited]:
    for start, end in line.raised:
        numbers = cited_by(line.text[start:end], line.text[:start], known)
        if numbers:
            yield Cited(Span(line.at[start], line.at[end - 1] + 1), numbers)
