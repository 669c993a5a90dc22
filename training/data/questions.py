"""The training questions in ``training/questions``: one JSON object per line, see its README."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bank.questions import Kind
from ingest.document import Document, Sentence

QUESTIONS = Path(__file__).parents[1] / "questions"

LEAST_CHARS = 20
"""A shorter sentence ("Yes.") may be part of many; chosen by hand."""

Evidence = tuple[str, str]
"""A document's id and the words of one of its sentences."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question on one document or two, and the sentences that answer it, or tempt to."""

    question: str
    kind: Kind
    voice: str
    documents: tuple[str, ...]
    history: tuple[str, ...]
    """Earlier questions of the conversation, oldest first."""
    required: tuple[tuple[Evidence, ...], ...]
    """Every group is needed, one sentence of a group is enough; empty for a near miss."""
    also: tuple[Evidence, ...]
    """Right to show, but not needed."""
    tempting: tuple[Evidence, ...]
    """Of a near miss: sentences that look like an answer and are not."""

    @property
    def is_answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.required)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every sentence that is right to show."""
        return (*(item for group in self.required for item in group), *self.also)


def read_questions(files: str = "*.jsonl") -> tuple[Question, ...]:
    """Return the questions of every file whose name matches, in the order of their names."""
    return tuple(
        _question(json.loads(line))
        for path in sorted(QUESTIONS.glob(files))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line
    )


def sentences_with(
    evidence: Iterable[Evidence], documents: Mapping[str, Document]
) -> set[Sentence]:
    """Return the sentences of the documents that hold the words, or are held by them.

    Questions outlive changes of how a file is cut into sentences: a sentence counts if one of both
    is in the other, white space folded.
    """
    found = set()
    for doc_id, words in evidence:
        wanted = _folded(words)
        for sentence in documents[doc_id].sentences:
            text = _folded(sentence.text)
            is_part = len(text) >= LEAST_CHARS and text in wanted
            if text == wanted or wanted in text or is_part:
                found.add(sentence)
    return found


def _folded(text: str) -> str:
    return " ".join(text.split())


def _question(record: Mapping[str, Any]) -> Question:
    documents = tuple(record.get("docs") or [record["doc"]])

    def evidence(items: Iterable[Any]) -> tuple[Evidence, ...]:
        pairs = ([documents[0], item] if isinstance(item, str) else item for item in items)
        return tuple((doc_id, words) for doc_id, words in pairs)

    return Question(
        question=record["question"],
        kind=record["kind"],
        voice=record["voice"],
        documents=documents,
        history=tuple(record.get("history", [])),
        required=tuple(evidence(group) for group in record.get("required", [])),
        also=evidence(record.get("also", [])),
        tempting=evidence(record.get("tempting", [])),
    )
