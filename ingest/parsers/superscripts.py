"""Raised numbers that cite: "in most patients¹²,¹³"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from ingest.blocks import Cited
from ingest.references import CITATION

NUMBERS = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*")
PART = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
POWER = re.compile(r"(?:^|[\s(/])(?:[cdkm]?m|kg|I|[RrpP]|χ|[Cc]hi|\W)$")
"""What a square or a cube is of."""
SHARE = 0.3
"""Of the list, cited in this way, from which superscripts are citations at all."""
FEW = 3
"""Citations in brackets from which a paper cites so, and its superscripts are something else."""


def cited_by(raised: str, before: str, known: AbstractSet[int]) -> tuple[int, ...]:
    """Return the entries that a superscript cites; none if it is something else.

    Args:
        raised: the superscript, in plain digits.
        before: what stands before it on its line.
        known: the numbers of the reference list.

    """
    if not before or not NUMBERS.fullmatch(raised.rstrip(", ")):
        return ()
    numbers = set(numbers_in(raised))
    is_power = numbers <= {2, 3} and POWER.search(before)
    is_citation = numbers <= known and not is_power and not before[-1].isdigit()
    return tuple(sorted(numbers)) if is_citation else ()


def numbers_in(text: str) -> Iterator[int]:
    """Yield the numbers of "8-10, 12", those between the ends of a range too."""
    for match in PART.finditer(text):
        yield from range(int(match[1]), int(match[2] or match[1]) + 1)


def cites_in_brackets(texts: Sequence[str]) -> bool:
    """Whether a paper cites as "[12]", so that its superscripts are something else."""
    return sum(len(CITATION.findall(text)) for text in texts) >= FEW


def are_citations(found: Sequence[Cited], known: AbstractSet[int]) -> bool:
    """Whether what may be citations cites enough of the list to be believed."""
    return len({number for one in found for number in one.numbers}) >= SHARE * len(known)
