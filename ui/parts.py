"""An answer as it is shown: each question of a message with its quotes, and how it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from answer.agreeing import each_once
from answer.asking.filter import Filter
from answer.errors import QuestionError
from answer.quotes import Answer, Citation, Part
from corpus.sources import Source
from ui.facts import Audience


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


def in_reading_order(
    answer: Answer, sources: Mapping[str, Source], audience: Audience | None
) -> Answer:
    """Return an answer with its quotes in the order for an audience: best first.

    For a patient, those from texts for patients come before the others, unless the order is fixed;
    those from retracted sources stay last.
    """
    if audience != "patient":
        return answer
    parts = tuple(replace(part, citations=_for_patients(part, sources)) for part in answer.parts)
    if parts:
        citations = each_once(citation for part in parts for citation in part.citations)
    else:
        citations = _for_patients(answer, sources)
    return replace(answer, citations=citations, parts=parts)


def shown_parts(answer: Answer) -> Iterator[ShownPart]:
    """Yield the parts of an answer, each with the quotes that were not shown before."""
    numbers: dict[tuple[str, int, int], int] = {}
    for part in answer.parts or (answer,):
        again = tuple(numbers[_place(c)] for c in part.citations if _place(c) in numbers)
        new = [citation for citation in part.citations if _place(citation) not in numbers]
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


def said_missing(missing: Sequence[str], sources: Mapping[str, Source]) -> str:
    """Say how many quotes of a sheet are not shown, and of which documents, some of them gone."""
    if not missing:
        return ""
    counted = "1 quote is" if len(missing) == 1 else f"{len(missing)} quotes are"
    names = (sources[one].label if one in sources else one for one in dict.fromkeys(missing))
    return f"{counted} not shown, from: {', '.join(names)}."


def said_searched(documents: int, passages: int, library: int, chosen: str = "") -> str:
    """Say how much was searched.

    Args:
        documents: so many of them.
        passages: in so many of theirs; 0 is not said.
        library: so many documents there are.
        chosen: which of them, if somebody chose.

    """
    of_all = f" of {library}" if documents < library else ""
    counted = "document" if documents == 1 and not of_all else "documents"
    which = f" ({chosen})" if chosen else ""
    in_passages = f", {passages} passages" if passages else ""
    return f"Searched: {documents}{of_all} {counted}{which}{in_passages}."


def said_within(within: str, sources: Mapping[str, Source]) -> str:
    """Say what the text of a filter limited a question to; empty if to nothing."""
    read = Filter.read(within)
    try:
        chosen = read.chosen(sources.values())
    except QuestionError:
        return "Only some documents were searched, and not all of them are here any more."
    said = read.said(sources.values())
    return said_searched(len(chosen), 0, len(sources), said) if chosen else ""


def _for_patients(part: Answer | Part, sources: Mapping[str, Source]) -> tuple[Citation, ...]:
    if part.is_order_fixed:
        return part.citations

    def place(citation: Citation) -> tuple[bool, bool]:
        return citation.is_retracted, sources[citation.doc_id].audience != "patient"

    return tuple(sorted(part.citations, key=place))


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.doc_id, citation.span.start, citation.span.end
