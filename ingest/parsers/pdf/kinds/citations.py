"""Citations set as superscripts: "in most patients¹²,¹³"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import Cited
from ingest.document import Span
from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.raised import cites, numbers_of

NUMBERS = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*")


def superscript_citations(parts: Sequence[Part]) -> tuple[Cited, ...]:
    """Return where in the source which entries of the reference list are cited.

    Authors have such numbers too: what stands before the first heading under the title is not
    looked at.
    """
    known = {part.number for part in parts if part.number}
    first = next((at for at, part in enumerate(parts) if part.level >= 2), len(parts))
    text = [part for part in parts[first:] if not part.number and part.kind != "aside"]
    marks = [mark for part in text for mark in _marks(part)]
    found = cites([mark[:2] for mark in marks], known, [part.text for part in text])
    return tuple(Cited(marks[at][2], tuple(sorted(set(numbers_of(marks[at][1]))))) for at in found)


def _marks(part: Part) -> Iterator[tuple[str, str, Span]]:
    """Yield what stands before each superscript of numbers, its text, and its place."""
    for line in part.lines:
        for start, end in line.raised:
            if start and NUMBERS.fullmatch(line.text[start:end].rstrip(", ")):
                source = Span(line.at[start], line.at[end - 1] + 1)
                yield line.text[:start], line.text[start:end], source
