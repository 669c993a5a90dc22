"""Check a question bank: coverage, gaps, duplicates, and leaks of the evaluation questions.

Evidence that is not in the documents has already been refused by ``bank.questions.read_bank``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bank.questions import Kind, KnownQuestion, Voice
from evaluation.bank.gaps import CONTENT, Gap, gaps
from evaluation.bank.near import near_pairs, near_pairs_across, words_of
from evaluation.questions import Question
from ingest.document import Document, Sentence
from ingest.references import cited_numbers

ENOUGH = 5
"""How many different questions every unit should have. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Line:
    """The place of a question in the bank."""

    origin: str
    """The file's name without its extension."""
    number: int
    """From 1; blank lines are not counted."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two lines of the bank that ask the same, or nearly."""

    first: Line
    second: Line
    likeness: int
    """100 if they are the same words, see ``evaluation.bank.near``."""
    contradicts: bool
    """Whether only one of the two is answerable, so that one of them is wrong."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A line of the bank that asks what an evaluation question asks."""

    line: Line
    question_id: str
    """Of the evaluation question; those who write the bank do not see its text."""
    likeness: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many different questions a sentence, item, caption or cited reference answers."""

    unit: Sentence
    n_questions: int
    voices: frozenset[Voice]

    @property
    def is_enough(self) -> bool:
        """Whether it has ``ENOUGH`` questions."""
        return self.n_questions >= ENOUGH


@dataclass(frozen=True, slots=True)
class BankReport:
    """What ``quotewell bank check`` found."""

    n_questions: int
    n_answerable: int
    by_kind_and_voice: Mapping[tuple[Kind, Voice], int]
    coverage: tuple[Coverage, ...]
    """Every unit that should have questions, in reading order."""
    gaps: tuple[Gap, ...]
    """The sections without a question, the longest first."""
    duplicates: tuple[Duplicate, ...]
    leaks: tuple[Leak, ...]

    @property
    def too_few(self) -> tuple[Coverage, ...]:
        """The units without enough questions."""
        return tuple(one for one in self.coverage if not one.is_enough)


def check_bank(
    bank: Sequence[KnownQuestion],
    documents: Mapping[str, Document],
    evaluation_questions: Sequence[Question] = (),
) -> BankReport:
    """Measure a question bank.

    Args:
        bank: as ``read_bank`` returns it, complete: line numbers are counted in it.
        documents: those the bank is about, by doc_id.
        evaluation_questions: what the bank must not contain; empty to skip that part.

    """
    lines = _lines(bank)
    kinds = Counter((known.kind, known.voice) for known in bank)
    return BankReport(
        n_questions=len(bank),
        n_answerable=sum(known.is_answerable for known in bank),
        by_kind_and_voice=dict(kinds),
        coverage=tuple(_coverage(bank, documents)),
        gaps=gaps(bank, documents),
        duplicates=tuple(_duplicates(bank, lines)),
        leaks=tuple(_leaks(bank, lines, evaluation_questions)),
    )


def without_leaks(report: BankReport) -> dict[str, tuple[int, ...]]:
    """Return the lines to remove so that no leak is left: line numbers by file, ascending."""
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for leak in report.leaks:
        numbers[leak.line.origin].add(leak.line.number)
    return {origin: tuple(sorted(found)) for origin, found in sorted(numbers.items())}


def units_to_cover(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences, list items and captions, and the references that they cite."""
    content = [one for one in document.sentences if one.kind in CONTENT]
    cited = {number for one in content for number in cited_numbers(one.text)}
    entries = {one.span for one in document.references if one.number in cited}
    return tuple(o for o in document.sentences if o.kind in CONTENT or o.span in entries)


def _lines(bank: Iterable[KnownQuestion]) -> list[Line]:
    counted: Counter[str] = Counter()
    lines = []
    for known in bank:
        counted[known.origin] += 1  # read_bank keeps every line, in order
        lines.append(Line(known.origin, counted[known.origin]))
    return lines


def _coverage(
    bank: Iterable[KnownQuestion], documents: Mapping[str, Document]
) -> Iterator[Coverage]:
    wordings: defaultdict[Sentence, set[str]] = defaultdict(set)
    voices: defaultdict[Sentence, set[Voice]] = defaultdict(set)
    for known in bank:
        for sentence in known.evidence:
            wordings[sentence].add(words_of(known.in_context))
            voices[sentence].add(known.voice)
    for document in documents.values():
        for unit in units_to_cover(document):
            yield Coverage(unit, len(wordings[unit]), frozenset(voices[unit]))


def _duplicates(bank: Sequence[KnownQuestion], lines: Sequence[Line]) -> Iterator[Duplicate]:
    for pair in near_pairs([known.in_context for known in bank]):
        first, second = bank[pair.first], bank[pair.second]
        yield Duplicate(
            first=lines[pair.first],
            second=lines[pair.second],
            likeness=pair.likeness,
            contradicts=first.is_answerable != second.is_answerable,
        )


def _leaks(
    bank: Sequence[KnownQuestion], lines: Sequence[Line], questions: Sequence[Question]
) -> Iterator[Leak]:
    asked, known = [q.question for q in questions], [one.question for one in bank]
    for pair in near_pairs_across(known, asked):
        yield Leak(lines[pair.first], questions[pair.second].question_id, pair.likeness)
