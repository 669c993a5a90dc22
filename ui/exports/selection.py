"""What is saved as a file: the quotes of an answer, or those of a sheet of several questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer.quotes import Answer, Citation
from corpus.sources import Source
from ui.cautions import SCAN, cautions_of, lines
from ui.facts import NOT_ADVICE, dated, day, named, newest_change

NOTE = "Note by the maker of this sheet, not from the sources:"
"""What stands before a note that somebody wrote on a question."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A question with its quotes."""

    answer: Answer
    note: str = ""
    """What the maker of a sheet wrote on it; may be empty."""
    missing: tuple[str, ...] = ()
    """The doc_id of each of its quotes that is not shown, since its document is another now."""
    within: str = ""
    """The text of the filter that it was asked with; empty if everything was searched."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The questions to save."""

    quoted: tuple[Quoted, ...]
    title: str = ""
    """Of the sheet that they are on; empty if it is one answer by itself."""
    version: str = ""
    """Of the library that the quotes are from."""

    @classmethod
    def of(cls, answer: Answer) -> Selection:
        """Return the selection of one answer by itself."""
        return cls((Quoted(answer),), version=answer.version)

    @property
    def name(self) -> str:
        """The name of its file, without an ending."""
        return "quotewell-sheet" if self.title else "quotewell"


def notes_by_source(
    selection: Selection, sources: Mapping[str, Source]
) -> Iterator[tuple[Source, Sequence[str]]]:
    """Yield each quoted source with its notes: what was asked, each of its quotes, own words."""
    notes: dict[str, list[str]] = {}
    for one in selection.quoted:
        by_source: dict[str, list[Citation]] = {}
        for citation in one.answer.citations:
            by_source.setdefault(citation.doc_id, []).append(citation)
        asked = " ".join(f"“{turn}”" for turn in one.answer.read_as or [one.answer.question])
        for doc_id, citations in by_source.items():
            own = [f"{NOTE} {one.note}"] if one.note else []
            found = [f"Asked: {asked}", *map(_note, citations), *own]
            notes.setdefault(doc_id, []).extend(found)
    for doc_id, found in notes.items():
        source = sources[doc_id]
        yield source, [*lines(cautions_of(source)), *found, closing(selection, sources)]


def closing(selection: Selection, sources: Mapping[str, Source]) -> str:
    """Say once, for all that is saved, what it is from."""
    newest = newest_change(sources.values())
    sentences = [
        f"From the sheet “{selection.title}”." if selection.title else "",
        f"Library version {selection.version}." if selection.version else "",
        f"Newest revision among the documents: {day(newest)}." if newest else "",
        NOT_ADVICE,
    ]
    return " ".join(filter(None, sentences))


def one_line(text: str) -> str:
    """Return text with spaces for its line ends."""
    return " ".join(text.splitlines())


def _note(citation: Citation) -> str:
    scan = SCAN if citation.is_ocr else ""
    beside = [line for line in (scan, dated(citation), named(citation)) if line]
    quoted = "\n".join(citation.table.lines()) if citation.table else citation.quote
    return " ".join([f"Word for word: “{quoted}” ({citation.locator})", *beside])
