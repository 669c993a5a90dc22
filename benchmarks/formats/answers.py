"""How well questions are answered where the case report is in another format."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from answer.build import build
from answer.errors import QuestionError
from answer.pipeline import Answerer, load_answerer
from answer.schema import to_json
from bank.questions import ANSWERABLE, BANK, records
from benchmarks.formats import DOC_ID
from benchmarks.formats.agreement import squeezed
from corpus.listing import LISTING
from evaluation.figures import values
from evaluation.judge import Reply, judge, reply_of
from evaluation.questions import Question, read_questions
from ingest.document import Document
from ingest.drafting.processor import cores
from ui.settings import CORPUS


@dataclass(frozen=True, slots=True)
class Answered:
    """What the evaluation's questions reached."""

    complete: float
    handled: float
    found: int
    """Pieces of the bank's evidence in the case report that the format's document has too."""
    named: int
    """All of them."""
    missed: tuple[str, ...]
    """Ids of the questions that were not handled."""


def answer_all(
    document: Document, suffix: str, data: bytes, questions: Path, work: Path
) -> Answered:
    """Build a copy of the corpus with the case report in another format, and ask it all.

    Args:
        document: as it is read from ``data``.
        suffix: the ending of the file's name, without a dot.
        data: its bytes.
        questions: the evaluation's.
        work: an empty folder.

    """
    found, named = write_corpus(work / "corpus", document, suffix, data)
    build(work / "corpus", work / "index", strict=True)
    answerer = load_answerer(work / "corpus", work / "index", cores())
    asked = read_questions(questions)
    sources = {name: one.text for name, one in answerer.documents.items()}
    rows = [judge(one, _reply(answerer, one), sources) for one in asked]
    figures = values(rows)
    missed = tuple(row.question.question_id for row in rows if not row.is_handled)
    return Answered(figures["complete"] or 0, figures["handled"] or 0, found, named, missed)


def _reply(answerer: Answerer, question: Question) -> Reply | None:
    """Return the reply; what a quote shows is judged, not the mark-up of its file."""
    try:
        reply = reply_of(to_json(answerer.answer(question.question, question.history)))
    except QuestionError:
        return None
    quotes, related = (
        tuple(replace(quote, parts=(quote.text,)) for quote in some)
        for some in (reply.quotes, reply.related)
    )
    return replace(reply, quotes=quotes, related=related)


def write_corpus(folder: Path, document: Document, suffix: str, data: bytes) -> tuple[int, int]:
    """Write the corpus with the case report in another format; return what of the bank was found.

    Evidence is named by the sentence of the format's own document with the same letters, or the
    one that holds it or that it holds; a question whose evidence is not there is left out.
    """
    shutil.copytree(CORPUS / "files", folder / "files")
    next((folder / "files").glob(f"{DOC_ID}.*")).unlink()
    (folder / "files" / f"{DOC_ID}.{suffix}").write_bytes(data)
    items = json.loads((CORPUS / LISTING).read_text("utf-8"))
    for item in items:
        if item["id"] == DOC_ID:
            item["custom"] |= {"file": f"{DOC_ID}.{suffix}"}
            item["custom"].pop("sha256", None)
    (folder / LISTING).write_text(json.dumps(items), "utf-8")
    places = _Places(document)
    (folder / BANK).mkdir()
    for path in sorted((CORPUS / BANK).glob("*.jsonl")):
        lines = (_renamed(record, places) for _, record in records(path))
        kept = "".join(json.dumps(line) + "\n" for line in lines if line is not None)
        (folder / BANK / path.name).write_text(kept, "utf-8")
    return places.found, places.named


class _Places:
    """Finds the sentences of a document by the letters of those of another."""

    def __init__(self, document: Document) -> None:
        self._by_letters: defaultdict[str, list[str]] = defaultdict(list)
        for sentence in document.sentences:
            self._by_letters[squeezed(sentence.text)].append(sentence.text)
        self.found = self.named = 0

    def find(self, item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield a piece of evidence as the document has it, if it does."""
        if item["doc"] != DOC_ID:
            yield dict(item)
            return
        self.named += 1
        texts = self._alike(squeezed(item["quote"]))
        self.found += bool(texts)
        if texts:
            number = min(item.get("occurrence", 1), texts.count(texts[0]))
            again = {"occurrence": number} if number > 1 else {}
            yield {"doc": DOC_ID, "quote": texts[0], **again}

    def _alike(self, letters: str) -> list[str]:
        if letters in self._by_letters:
            return self._by_letters[letters]
        around = (one for one in self._by_letters if len(one) > len(letters) and letters in one)
        inside = (one for one in self._by_letters if 2 * len(one) > len(letters) and one in letters)
        best = next(around, None) or max(inside, key=len, default=None)
        return [] if best is None else self._by_letters[best]


def _renamed(record: Mapping[str, Any], places: _Places) -> dict[str, Any] | None:
    """Return a question of the bank with its evidence as the document has it, or None."""
    groups = [[f for i in group for f in places.find(i)] for group in record.get("required", [])]
    if not all(groups) or bool(groups) != (record["kind"] in ANSWERABLE):
        return None
    helpful = [found for item in record.get("helpful", []) for found in places.find(item)]
    changed = {"required": groups} | ({"helpful": helpful} if helpful else {})
    return {**{k: v for k, v in record.items() if k not in ("required", "helpful")}, **changed}
