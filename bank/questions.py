"""Read a question bank: questions that people would ask, and the sentences that answer them.

A corpus may have one, in ``questions/*.jsonl`` (docs/bank.md). Each line names its evidence by
document, quote and occurrence; those sentences are found once, when the bank is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
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
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if not line:
                continue
            try:
                record = json.loads(line)
                if skipped.isdisjoint(_named(record)):
                    known.append(_question(record, documents, path.stem))
            except (KeyError, TypeError, AttributeError, ValueError) as error:
                raise BankError(f"{path}, line {number}: {error}; fix the line") from error
    return tuple(known)


def _named(record: dict[str, Any]) -> set[str]:
    """Return the ids of the documents that a question has its evidence in."""
    groups = [*record.get("required", []), record.get("helpful", [])]
    return {item["doc"] for group in groups for item in group}


def _question(
    record: dict[str, Any], documents: Mapping[str, Document], origin: str
) -> KnownQuestion:
    if record["kind"] not in get_args(Kind) or record["voice"] not in get_args(Voice):
        raise ValueError(f"kind {record['kind']!r} or voice {record['voice']!r} is not known")
    required = tuple(tuple(_found(group, documents)) for group in record.get("required", []))
    if bool(required) != (record["kind"] in ANSWERABLE) or not all(required):
        raise ValueError(f"the evidence does not fit a question of kind {record['kind']!r}")
    return KnownQuestion(
        question=record["question"],
        kind=record["kind"],
        voice=record["voice"],
        history=tuple(record.get("history", [])),
        required=required,
        helpful=tuple(_found(record.get("helpful", []), documents)),
        origin=origin,
    )


def _found(evidence: list[dict[str, Any]], documents: Mapping[str, Document]) -> Iterator[Sentence]:
    for item in evidence:
        document = documents[item["doc"]]
        same = [s for s in document.sentences if s.text == item["quote"]]
        if len(same) < item.get("occurrence", 1):
            raise ValueError(f"{item['doc']} has no sentence {item['quote']!r}")
        yield same[item.get("occurrence", 1) - 1]
