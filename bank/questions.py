"""Read a question bank: questions that people would ask, and the sentences that answer them.

A corpus may have one, in ``questions/*.jsonl`` (docs/bank.md). Each line names its evidence by
document, quote and occurrence; those sentences are found once, when the bank is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from bank.errors import BankError
from ingest.document import Document, Sentence

Kind = Literal[
    "fact", "explain", "list", "lay", "reference", "compare", "definition", "followup",
    "near_miss", "off_topic", "personal", "emergency", "adversarial",
]  # fmt: skip
Voice = Literal["clinician", "patient", "educator"]
BANK = "questions"
"""The folder of a corpus that holds its bank."""
ANSWERABLE: tuple[Kind, ...] = get_args(Kind)[:8]
SHOWN_ANYWAY: tuple[Kind, ...] = ("personal", "emergency", "adversarial")
"""Kinds whose ``helpful`` sentences should be shown, beside a notice or as a correction."""


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question of the bank and its evidence."""

    question: str
    kind: Kind
    voice: Voice
    history: tuple[str, ...]
    """Earlier questions of the conversation, oldest first."""
    required: tuple[tuple[Sentence, ...], ...]
    """Every group is needed; one sentence of a group is enough. Empty: not answerable."""
    helpful: tuple[Sentence, ...]
    """Worth showing, but not an answer by themselves."""
    origin: str
    """The name of its file, without the extension."""

    @property
    def in_context(self) -> str:
        """The question after those before it: "How often?" alone could be many questions."""
        return " ".join([*self.history, self.question])

    @property
    def is_answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.required)

    @property
    def evidence(self) -> tuple[Sentence, ...]:
        """Every sentence of the required groups."""
        return tuple(sentence for group in self.required for sentence in group)

    @property
    def to_show(self) -> tuple[Sentence, ...]:
        """The sentences to show: the evidence, or what is worth showing beside a notice."""
        return self.helpful if self.kind in SHOWN_ANYWAY else self.evidence


class Quotable:
    """The sentences of documents by their text; each document is looked through once."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._by_text: dict[str, dict[str, list[Sentence]]] = {}

    def sentences(self, doc_id: str, text: str) -> Sequence[Sentence]:
        """Return the sentences of a document that say a text, in reading order.

        Raises:
            ValueError: if there is no such document.

        """
        if doc_id not in self._by_text:
            if doc_id not in self._documents:
                raise ValueError(f"there is no document {doc_id!r}")
            by_text = self._by_text[doc_id] = {}
            for sentence in self._documents[doc_id].sentences:
                by_text.setdefault(sentence.text, []).append(sentence)
        return self._by_text[doc_id].get(text, ())


def read_bank(
    folder: Path, documents: Mapping[str, Document], skipped: AbstractSet[str] = frozenset()
) -> tuple[KnownQuestion, ...]:
    """Return the questions of a bank, file by file; none if the folder does not exist.

    Args:
        folder: holds its files.
        documents: by id.
        skipped: ids of documents that are left out, and so are the questions about them.

    Raises:
        BankError: if a line is malformed or its evidence is not in the documents.

    """
    known: list[KnownQuestion] = []
    quotable = Quotable(documents)
    for path in sorted(folder.glob("*.jsonl")):
        for number, record in records(path):
            with fault_in(path, number):
                if skipped.isdisjoint(_named(record)):
                    known.append(known_question(record, quotable, path.stem))
    return tuple(known)


def named_documents(folder: Path) -> frozenset[str]:
    """Return the ids of the documents in which the questions of a bank have their evidence.

    Raises:
        BankError: if a line is malformed.

    """
    named: set[str] = set()
    for path in sorted(folder.glob("*.jsonl")):
        for number, record in records(path):
            with fault_in(path, number):
                named |= _named(record)
    return frozenset(named)


def records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the JSON object of every line that is not blank.

    Raises:
        BankError: if the file is not UTF-8 or a line is not a JSON object.

    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise BankError(f"{path}: not UTF-8 ({error}); save it as UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            with fault_in(path, number):
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise ValueError("not a JSON object")
            yield number, record


@contextmanager
def fault_in(path: Path, number: int) -> Iterator[None]:
    """Turn what is wrong with a line into a ``BankError`` that names it."""
    try:
        yield
    except json.JSONDecodeError as error:
        place = f"{error.msg} at character {error.pos + 1}"
        raise BankError(f"{path}, line {number}: not JSON ({place}); fix the line") from error
    except KeyError as error:
        raise BankError(f"{path}, line {number}: {error} is missing; fix the line") from error
    except (TypeError, AttributeError, ValueError, RecursionError) as error:
        raise BankError(f"{path}, line {number}: {error}; fix the line") from error


def _named(record: dict[str, Any]) -> set[str]:
    """Return the ids of the documents that a question has its evidence in."""
    groups = [*record.get("required", []), record.get("helpful", [])]
    return {item["doc"] for group in groups for item in group}


def known_question(record: dict[str, Any], quotable: Quotable, origin: str) -> KnownQuestion:
    """Return the question of a line, with its evidence found in the documents.

    Raises:
        KeyError, TypeError, AttributeError, ValueError: if the line is malformed or its evidence is
            not in the documents; see ``fault_in``.

    """
    texts = [record["question"], *record.get("history", [])]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError("a question must be a text that is not empty")
    if record["kind"] not in get_args(Kind) or record["voice"] not in get_args(Voice):
        raise ValueError(f"kind {record['kind']!r} or voice {record['voice']!r} is not known")
    required = tuple(tuple(_found(group, quotable)) for group in record.get("required", []))
    if bool(required) != (record["kind"] in ANSWERABLE) or not all(required):
        raise ValueError(f"the evidence does not fit a question of kind {record['kind']!r}")
    return KnownQuestion(
        question=record["question"],
        kind=record["kind"],
        voice=record["voice"],
        history=tuple(record.get("history", [])),
        required=required,
        helpful=tuple(_found(record.get("helpful", []), quotable)),
        origin=origin,
    )


def evidence(document: Document, sentence: Sentence) -> dict[str, Any]:
    """Return how a line names a sentence as evidence; reading it finds the sentence again."""
    same = [s.span for s in document.sentences if s.text == sentence.text]
    named: dict[str, Any] = {"doc": sentence.doc_id, "quote": sentence.text}
    if len(same) > 1:
        named["occurrence"] = same.index(sentence.span) + 1
    return named


def _found(evidence: list[dict[str, Any]], quotable: Quotable) -> Iterator[Sentence]:
    for item in evidence:
        same = quotable.sentences(item["doc"], item["quote"])
        if len(same) < item.get("occurrence", 1):
            raise ValueError(f"{item['doc']} has no sentence {item['quote']!r}")
        yield same[item.get("occurrence", 1) - 1]
