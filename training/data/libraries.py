"""Write corpora of documents that are kept out of training, with their questions for the judge.

    python -m training.data.libraries DOCUMENTS OUT [--fold 0]

``DOCUMENTS`` is what ``training.data.documents`` wrote. Each folder ``OUT/library_N`` is a corpus
of a dozen documents of the fold, without a question bank; ``questions.jsonl`` in it is in the form
that ``quotewell evaluate`` reads. On these the reader is calibrated and versions are compared.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.document import Document
from ingest.pipeline import ingest_file
from training.data.documents import listed
from training.data.folds import fold_of
from training.data.questions import Evidence, Question, read_questions, sentences_with

AT_ONCE = 12
"""Documents of a library: as many as a small department begins with. Chosen by hand."""
log = logging.getLogger("training.data.libraries")


def libraries(fold: int) -> list[list[dict[str, Any]]]:
    """Return the records of a fold's documents, a list for each library, mixed by their ids."""
    kept = [record for record in listed() if fold_of(record["id"]) == fold]
    mixed = sorted(kept, key=lambda record: zlib.crc32(record["id"][::-1].encode()))
    return [mixed[first : first + AT_ONCE] for first in range(0, len(mixed), AT_ONCE)]


def write_library(records: Sequence[Mapping[str, Any]], documents: Path, out: Path) -> int:
    """Write one corpus with its questions and return their number."""
    (out / "files").mkdir(parents=True, exist_ok=True)
    for record in records:
        shutil.copyfile(documents / record["file"], out / "files" / record["file"])
    sources = [_source(record) for record in records]
    (out / "sources.json").write_text(json.dumps(sources, indent=1), encoding="utf-8")
    read = {r["id"]: ingest_file(r["id"], out / "files" / r["file"]) for r in records}
    lines = [json.dumps(each, ensure_ascii=False) for each in judged(read_questions(), read)]
    (out / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def judged(
    questions: Iterable[Question], documents: Mapping[str, Document]
) -> Iterator[dict[str, Any]]:
    """Yield the questions on these documents alone, as ``evaluation.questions`` reads them.

    A question is left out if needed evidence is in no sentence of the documents.
    """
    for number, question in enumerate(questions):
        if not set(question.documents) <= documents.keys():
            continue
        evidence: list[dict[str, str]] = []
        groups = [_places(group, documents, evidence) for group in question.required]
        _places(question.also, documents, evidence)
        if all(groups):
            yield {
                "id": f"q{number}",
                "audience": question.voice,
                "kind": question.kind,
                "question": question.question,
                "history": list(question.history),
                "answerable": question.is_answerable,
                "evidence": evidence if question.is_answerable else [],
                "required": [group[0] for group in groups],
                "equiv": {str(group[0]): group[1:] for group in groups if group[1:]},
            }


def _places(
    group: Sequence[Evidence], documents: Mapping[str, Document], evidence: list[dict[str, str]]
) -> list[int]:
    """Add the sentences of a group to the evidence and return their places in it."""
    found = sorted(sentences_with(group, documents), key=lambda s: (s.doc_id, s.span.start))
    first = len(evidence)
    evidence += [{"doc": sentence.doc_id, "quote": sentence.text} for sentence in found]
    return list(range(first, len(evidence)))


def _source(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": record["id"],
        "title": record["title"],
        "container-title": record["published_in"],
        "URL": record["url"],
        "custom": {
            "file": record["file"],
            "label": record["title"],
            "audience": "patient" if record["from"] == "medquad" else "clinician",
            "evidence": "article",
            "rights": record["rights"],
        },
    }


def main() -> None:
    """Write the libraries of a fold."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--fold", type=int, default=0)
    arguments = parser.parse_args()
    for number, records in enumerate(libraries(arguments.fold)):
        out = arguments.out / f"library_{number}"
        count = write_library(records, arguments.documents, out)
        log.info("%s: %d documents, %d questions", out.name, len(records), count)


if __name__ == "__main__":
    main()
