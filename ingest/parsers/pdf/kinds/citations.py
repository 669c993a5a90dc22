"""Citations set as superscripts: "in most patients¹²,¹³"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import Cited
from ingest.document import Span
from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.layout.lines import Line
from ingest.references import CITATION

NUMBERS = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*")
PART = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
POWER = re.compile(r"(?:^|[\s(/])(?:[cdkm]?m|kg|I|[RrpP]|χ|[Cc]hi|\W)$")
"""What a square or a cube is of."""
SHARE = 0.3
"""Of the list, cited in this way, from which superscripts are citations at all."""
FEW = 3
"""Citations in brackets from which a paper cites so, and its superscripts are something else."""


def superscript_citations(parts: Sequence[Part]) -> tuple[Cited, ...]:
    """Return where in the source which entries of the reference list are cited.

    A superscript is a citation where the list has all of its numbers, it stands after a letter or
    a mark, and the paper cites much of its list so and little in brackets. Authors have such
    numbers too: what stands before the first heading under the title is not looked at.
    """
    known = {part.number for part in parts if part.number}
    first = next((at for at, part in enumerate(parts) if part.level >= 2), len(parts))
    text = [part for part in parts[first:] if not part.number and part.kind != "aside"]
    if not known or sum(len(CITATION.findall(part.text)) for part in text) >= FEW:
        return ()
    found = tuple(cited for part in text for line in part.lines for cited in _of(line, known))
    all_cited = {number for cited in found for number in cited.numbers}
    return found if len(all_cited) >= SHARE * len(known) else ()


def _of(line: Line, known: set[int]) -> Iterator[Cited]:
    for start, end in line.raised:
        if not NUMBERS.fullmatch(line.text[start:end].rstrip(", ")) or not start:
            continue
        numbers = set(_numbers(line.text[start:end]))
        is_power = numbers <= {2, 3} and POWER.search(line.text[:start])
        if numbers <= known and not is_power and not line.text[start - 1].isdigit():
            yield Cited(Span(line.at[start], line.at[end - 1] + 1), tuple(sorted(numbers)))


def _numbers(text: str) -> Iterator[int]:
    for match in PART.finditer(text):
        yield from range(int(match[1]), int(match[2] or match[1]) + 1)
