"""Superscripts of numbers: citations ("in most patients¹²,¹³"), or powers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.references import CITATION

PART = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
POWER = re.compile(r"(?:^|[\s(/])(?:[cdkm]?m|kg|I|[RrpP]|χ|[Cc]hi|\W)$")
"""What a square or a cube is of."""
SHARE = 0.3
"""Of the list, cited in this way, from which superscripts are citations at all."""
FEW = 3
"""Citations in brackets from which a paper cites so, and its superscripts are something else."""


def cites(marks: Sequence[tuple[str, str]], known: set[int], texts: Sequence[str]) -> list[int]:
    """Return the positions of the superscripts that are citations.

    One is a citation where the list has all of its numbers, it stands after a letter or a mark, and
    the paper cites much of its list so and little in brackets.

    Args:
        marks: what stands before each superscript, and its text.
        known: the numbers of the reference list.
        texts: the paragraphs outside the list.

    """
    if not known or sum(len(CITATION.findall(text)) for text in texts) >= FEW:
        return []
    found = [at for at, (before, text) in enumerate(marks) if _is_citation(before, text, known)]
    cited = {number for at in found for number in numbers_of(marks[at][1])}
    return found if len(cited) >= SHARE * len(known) else []


def _is_citation(before: str, text: str, known: set[int]) -> bool:
    numbers = set(numbers_of(text))
    if not numbers or not before or before[-1].isdigit() or text[0] in "+-−–":
        return False
    return numbers <= known and not (numbers <= {2, 3} and POWER.search(before))


def numbers_of(text: str) -> Iterator[int]:
    """Yield the numbers of a citation: "1,4-6" names four."""
    for match in PART.finditer(text):
        yield from range(int(match[1]), int(match[2] or match[1]) + 1)
