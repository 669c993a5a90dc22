"""Read papers and articles with questions about them: COVID-QA and SQuAD."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.data.text import Piece, pieces_of


@dataclass(frozen=True, slots=True)
class Question:
    """A question of COVID-QA or SQuAD and where its text answers it."""

    question_id: str
    text: str
    answers: tuple[tuple[int, int], ...]
    """Half-open character offsets into the text; empty if it does not answer."""


@dataclass(frozen=True, slots=True)
class Source:
    """A paper or an article, its sentences and its questions."""

    source_id: str
    title: str
    text: str
    sentences: tuple[Piece, ...]
    questions: tuple[Question, ...]


def read_gzip(path: Path) -> Any:  # noqa: ANN401
    """Read a gzip-compressed JSON file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def answer_span(text: str, answer: str, start: int) -> tuple[int, int]:
    """Return the offsets of ``answer``, trimmed, at its occurrence nearest to ``start``.

    One answer in six of COVID-QA is a few characters off its ``answer_start``.
    """
    answer = answer.strip()
    found = [at for at in range(max(0, start - 8), start + 9) if text.startswith(answer, at)]
    at = min(found, key=lambda offset: abs(offset - start), default=start)
    return at, at + len(answer)


def read_covid_qa(folder: Path) -> list[Source]:
    """Read the papers of COVID-QA; a paper's title is its first line of text."""
    sources = []
    for paper in read_gzip(folder / "covid_qa_49_papers.json.gz")["data"]:
        (body,) = paper["paragraphs"]
        text = body["context"]
        questions = tuple(
            Question(
                str(item["id"]),
                item["question"].strip(),
                tuple(answer_span(text, a["text"], a["answer_start"]) for a in item["answers"]),
            )
            for item in body["qas"]
        )
        title = text.strip().split("\n", 1)[0]
        pieces = tuple(pieces_of(text))
        sources.append(Source(str(body["document_id"]), title, text, pieces, questions))
    return sources


def read_squad(folder: Path) -> dict[str, list[Source]]:
    """Read SQuAD: title of an article → its paragraphs, each a source of its own."""
    articles = {}
    for article in read_gzip(folder / "squad2_part.json.gz")["data"]:
        name = article["title"]
        articles[name] = [
            Source(
                f"{name}:{number}",
                name.replace("_", " "),
                body["context"],
                tuple(pieces_of(body["context"])),
                tuple(
                    Question(
                        item["id"],
                        item["question"].strip(),
                        tuple(
                            answer_span(body["context"], a["text"], a["answer_start"])
                            for a in item["answers"][:1]
                        ),
                    )
                    for item in body["qas"]
                ),
            )
            for number, body in enumerate(article["paragraphs"])
        ]
    return articles


def gold_rows(source: Source, question: Question) -> list[int]:
    """Return the rows of the sentences that overlap an answer."""
    return [
        row
        for row, piece in enumerate(source.sentences)
        if any(start < piece.end and piece.start < end for start, end in question.answers)
    ]
