"""A sheet: questions in an order, each with its quotes and a note; and what can be done to it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from answer.quotes import Answer, Citation
from ingest.document import Document
from ui.exports.selection import Quoted, Selection
from ui.sheets.link import MAX_NOTE, MAX_TITLE, MOST_QUESTIONS
from ui.turns import Turn

NAME = "Evidence sheet"
"""The name of a sheet without a title."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question on a sheet."""

    number: int
    """Its name on this sheet: it keeps it wherever it is moved."""
    answer: Answer
    """Without emphasis: on paper, quotes are as the documents have them."""
    note: str = ""
    """By whoever makes the sheet; may be empty."""
    missing: tuple[str, ...] = ()
    """The doc_id of each quote that a link has, but whose document has changed or is gone."""
    within: str = ""
    """The text of the filter that it was asked with; empty if everything was searched."""

    @property
    def asked(self) -> tuple[str, tuple[str, ...], str]:
        """Its words, the earlier questions that it was read with, and its filter."""
        return self.answer.question, self.answer.read_as[:-1], self.within


@dataclass(frozen=True, slots=True)
class Opened:
    """What to know of a sheet that was opened from a link."""

    link: str
    is_other_version: bool
    """Whether any file of the library was another when it was made."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    left_out: tuple[Entry, ...] = ()
    """To be put back, and not taken from the visit again."""
    opened: Opened | None = None
    """None if it was made in this visit."""
    is_changed: bool = False
    """Whether it is another than that of the link it was opened from."""

    @property
    def name(self) -> str:
        """Its title, or what a sheet is called without one."""
        return self.title or NAME

    @property
    def missing(self) -> tuple[str, ...]:
        """The doc_ids that some of its questions miss quotes from, each once."""
        return tuple(dict.fromkeys(one for entry in self.entries for one in entry.missing))

    def position(self, number: int) -> int:
        """Return the place of the question with a number, from 1, or 0 if it has none."""
        numbers = [entry.number for entry in self.entries]
        return numbers.index(number) + 1 if number in numbers else 0


def fingerprint(document: Document) -> str:
    """Return a short name for a file and the text that was read from it."""
    return hashlib.sha256(f"{document.sha256}\n{document.text}".encode()).hexdigest()[:12]


def selection(sheet: Sheet, version: str) -> Selection:
    """Return what of a sheet is saved as a file; ``version`` is that of the library."""
    quoted = tuple(
        Quoted(entry.answer, entry.note, entry.missing, entry.within) for entry in sheet.entries
    )
    return Selection(quoted, sheet.name, version)


def with_turns(sheet: Sheet, turns: Sequence[Turn]) -> Sheet:
    """Add the questions of a visit that have quotes and are new; of too many, the newest."""
    known = {entry.asked for entry in (*sheet.entries, *sheet.left_out)}
    new: dict[tuple[str, tuple[str, ...], str], Entry] = {}
    for turn in turns:
        if turn.answer and turn.answer.is_found:
            entry = Entry(0, plain(turn.answer), within=turn.within)
            if entry.asked not in known:
                new[entry.asked] = entry
    room = MOST_QUESTIONS - len(sheet.entries)
    added = list(new.values())[-room:] if room > 0 else []
    return _with(sheet, [*sheet.entries, *added]) if added else sheet


def titled(sheet: Sheet, title: str) -> Sheet:
    """Return a sheet with another title."""
    return replace(sheet, title=" ".join(title.split())[:MAX_TITLE], is_changed=True)


def moved(sheet: Sheet, number: int, by: int) -> Sheet:
    """Move a question up (negative) or down; not over the end."""
    at = sheet.position(number) - 1
    to = at + by
    if at < 0 or not 0 <= to < len(sheet.entries):
        return sheet
    entries = list(sheet.entries)
    entries.insert(to, entries.pop(at))
    return _with(sheet, entries)


def noted(sheet: Sheet, number: int, note: str) -> Sheet:
    """Write a note on a question; an empty one takes it away."""
    entries = [
        replace(entry, note=note.strip()[:MAX_NOTE]) if entry.number == number else entry
        for entry in sheet.entries
    ]
    return _with(sheet, entries)


def without(sheet: Sheet, numbers: Sequence[int]) -> Sheet:
    """Leave questions out."""
    out = [entry for entry in sheet.entries if entry.number in numbers]
    kept = [entry for entry in sheet.entries if entry.number not in numbers]
    return replace(_with(sheet, kept), left_out=(*sheet.left_out, *out))


def with_all(sheet: Sheet) -> Sheet:
    """Put back what was left out, as far as there is room."""
    room = max(MOST_QUESTIONS - len(sheet.entries), 0)
    back, rest = sheet.left_out[:room], sheet.left_out[room:]
    return replace(_with(sheet, [*sheet.entries, *back]), left_out=rest)


def answered_again(sheet: Sheet, answers: Mapping[int, Answer]) -> Sheet:
    """Replace the answers of some questions, by number; of all, and it is no longer its link's."""
    if not answers:
        return sheet
    entries = [
        replace(entry, answer=plain(answers[entry.number]), missing=())
        if entry.number in answers
        else entry
        for entry in sheet.entries
    ]
    opened = sheet.opened if len(answers) < len(entries) else None
    return replace(_with(sheet, entries), opened=opened)


def plain(answer: Answer) -> Answer:
    """Return an answer without emphasis and without what is not for paper: notices."""
    return replace(
        answer,
        citations=_plain(answer.citations),
        notices=(),
        parts=tuple(replace(part, citations=_plain(part.citations)) for part in answer.parts),
    )


def _plain(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(citation, emphasis=None) for citation in citations)


def _with(sheet: Sheet, entries: Sequence[Entry]) -> Sheet:
    """Return a sheet with other questions; those without a number get one."""
    last = max((one.number for one in (*sheet.entries, *sheet.left_out)), default=0)
    numbered = []
    for entry in entries:
        last += not entry.number
        numbered.append(entry if entry.number else replace(entry, number=last))
    return replace(sheet, entries=tuple(numbered), is_changed=True)
