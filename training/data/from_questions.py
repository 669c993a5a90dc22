"""The training questions to examples: the windows that answer, and the nearest that do not.

    python -m training.data.from_questions DOCUMENTS EXAMPLES.jsonl [--files FILE ...]

``DOCUMENTS`` is what ``training.data.documents`` wrote. A window is what the reader will read when
it answers (``answer/weighing/windows.py``). A document, and with it all its questions, is of one
fold.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from answer.weighing.reader_input import conversation
from answer.weighing.windows import Window, window_of
from index.encoder import SentenceEncoder, Vectors
from index.fusion import reciprocal_rank_fusion
from index.query import query_turns, visible
from index.sparse import SparseIndex
from index.texts import index_text
from index.tokens import tokenize
from ingest.document import Document, Passage
from ingest.passages import pack_passages
from ingest.pipeline import ingest_file
from training.data.documents import listed
from training.data.examples import Example, write_examples
from training.data.folds import fold_of
from training.data.questions import Question, read_questions, sentences_with

NEGATIVES = 10
"""Windows without an answer kept for each question: those with a tempting sentence, then those
that a search ranks highest."""
NEARBY = 60
"""Passages taken from each ranking before they are merged."""
log = logging.getLogger("training.data.from_questions")


class Library:
    """The documents, their windows, and a search over them by meaning and by words."""

    def __init__(self, documents: Mapping[str, Document], encoder: SentenceEncoder) -> None:
        self.documents = documents
        self.passages: list[Passage] = [
            passage
            for document in documents.values()
            for passage in pack_passages(document, encoder.count_tokens)
        ]
        self.windows: list[Window] = [window_of(p, documents) for p in self.passages]
        self.rows: defaultdict[str, list[int]] = defaultdict(list)
        """The windows of each document."""
        for row, passage in enumerate(self.passages):
            self.rows[passage.doc_id].append(row)
        self._vectors = encoder.encode([index_text(passage) for passage in self.passages])
        tokens = ((p.doc_id, tokenize(index_text(p))) for p in self.passages)
        with tempfile.TemporaryDirectory() as folder:  # its files may go once it is open
            self._sparse = SparseIndex.build(tokens, Path(folder))

    def ranked(self, text: str, vector: Vectors, doc_ids: Sequence[str]) -> list[int]:
        """Rank the windows of some documents for a question, best first."""
        rows = np.array([row for doc_id in doc_ids for row in self.rows[doc_id]])
        by_meaning = rows[np.argsort(-(self._vectors[rows] @ vector), kind="stable")][:NEARBY]
        _, by_words = self._sparse.search(tokenize(text), NEARBY, doc_ids)
        fused = reciprocal_rank_fusion([by_meaning.tolist(), by_words.tolist()])
        return [row for row, _ in fused]


def examples_of(
    questions: Sequence[Question], library: Library, encoder: SentenceEncoder
) -> Iterator[Example]:
    """Yield the windows of every question: those that answer, then near misses."""
    asked = [query_turns(visible(q.question), q.history) for q in questions]
    vectors = encoder.encode([" ".join(turns) for turns in asked])
    for number, (question, turns) in enumerate(zip(questions, asked, strict=True)):
        gold = sentences_with(question.evidence, library.documents)
        tempting = sentences_with(question.tempting, library.documents)
        own = [row for doc_id in question.documents for row in library.rows[doc_id]]
        positive = [row for row in own if gold & set(library.windows[row].sentences)]
        tempts = [row for row in own if tempting & set(library.windows[row].sentences)]
        near = library.ranked(" ".join(turns), vectors[number], question.documents)
        negative = [row for row in dict.fromkeys([*tempts, *near]) if row not in positive]
        for row in positive + negative[:NEGATIVES]:
            window = library.windows[row]
            yield Example(
                conversation(turns),
                window.headings,
                tuple(sentence.text for sentence in window.sentences),
                tuple(int(sentence in gold) for sentence in window.sentences),
                group=f"{question.documents[0]}:{number}",
                origin="questions",
                fold=fold_of(question.documents[0]),
            )


def main() -> None:
    """Write the examples."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("examples", type=Path, help="JSON Lines file to write")
    parser.add_argument(
        "--files", nargs="+", default=["*.jsonl"], help="files of questions; all by default"
    )
    arguments = parser.parse_args()
    questions = [question for name in arguments.files for question in read_questions(name)]
    asked_of = {doc_id for question in questions for doc_id in question.documents}
    documents = {
        record["id"]: ingest_file(record["id"], arguments.documents / record["file"])
        for record in listed()
        if record["id"] in asked_of
    }
    encoder = SentenceEncoder()
    library = Library(documents, encoder)
    log.info("%d documents, %d windows", len(documents), len(library.windows))
    count = write_examples(arguments.examples, examples_of(questions, library, encoder))
    log.info("%d questions, %d windows written", len(questions), count)


if __name__ == "__main__":
    main()
