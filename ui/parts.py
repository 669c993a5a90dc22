"""An answer as it is shown: each question of a message with its quotes, and how it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer.quotes import Answer, Citation
from corpus.sources import Source
from ui.facts import Audience, in_reading_order


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One of the questions in a message, or the only one."""

    question: str
    """In the words of the message; empty if it is the only one."""
    is_found: bool
    quotes: tuple[tuple[int, Citation], ...]
    """With their numbers, which go on from part to part; without those shown before."""
    again: tuple[int, ...]
    """The numbers of the quotes shown before that answer it too."""
    related: tuple[Citation, ...]
    """When not found: the closest quotes."""


def shown_parts(
    answer: Answer, sources: Mapping[str, Source], audience: Audience = "clinician"
) -> Iterator[ShownPart]:
    """Yield the parts of an answer, each with its quotes in the order for an audience."""
    numbers: dict[tuple[str, int, int], int] = {}
    for part in answer.parts or (answer,):
        ordered = in_reading_order(part.citations, sources, audience)
        again = tuple(numbers[_place(c)] for c in ordered if _place(c) in numbers)
        new = [citation for citation in ordered if _place(citation) not in numbers]
        for citation in new:
            numbers[_place(citation)] = len(numbers) + 1
        yield ShownPart(
            question=part.question if answer.parts else "",
            is_found=part.is_found,
            quotes=tuple((numbers[_place(citation)], citation) for citation in new),
            again=again,
            related=part.related,
        )


def said_again(numbers: Sequence[int]) -> str:
    """Say which quotes shown before answer a question too; empty if none does."""
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"Quote {numbers[0]} answers this too."
    return f"Quotes {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} answer this too."


def said_read_as(turns: Sequence[str]) -> str:
    """Say how a question was read, in the visitor's own words; empty if it stood alone."""
    return f"Read as: {' '.join(f'“{turn}”' for turn in turns)}" if turns else ""


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.doc_id, citation.span.start, citation.span.end
