"""The whole server over the two documents, with a stand-in for the reader.

    python -m benchmarks.fuzz.toy PORT

It checks questions and adds notices as the real answerer does, and quotes sentences with a word of
the question.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType

from answer.asking.question import understand_parts
from answer.errors import QuestionError
from answer.notices import notices_for
from answer.quotes import Answer, Citation, cite
from corpus.sources import read_corpus
from index.query import visible
from ingest.document import Document, Span
from ingest.library import ingest_sources
from ui.process import prepare
from ui.settings import CORPUS, Places

HOST = "127.0.0.1"
MOST = 3


class ToyAnswerer:
    """Answers by words."""

    version = "0123456789ab"
    bank, offered = (), ()
    boxes: Mapping[str, object] = {}

    def __init__(self) -> None:
        corpus = read_corpus(CORPUS)
        self.documents, _ = ingest_sources(corpus.sources)
        self.sources = {source.doc_id: source for source in corpus.sources}

    def answer(
        self, question: str, history: Sequence[str] = (), documents: Sequence[str] | None = None
    ) -> Answer:
        """Quote what has a word of the question.

        Raises:
            QuestionError: as the real one does.

        """
        if unknown := set(documents or ()) - self.documents.keys():
            raise QuestionError(f"there is no document {min(unknown)!r}; choose another")
        queries = understand_parts(question, history, lambda text: text)
        notices = notices_for(visible(question), history, queries[0].read_as[:-1])
        words = set(re.findall(r"\w{5,}", question.lower()))
        wanted = [self.documents[one] for one in documents or self.documents]
        quotes = [quote for document in wanted for quote in _quotes(document, words)][:MOST]
        return Answer(
            question=question,
            citations=tuple(quotes),
            related=(),
            notices=tuple(notices),
            n_documents=len(wanted),
            n_passages=1,
            timing_ms={"total": 1.0},
            version=self.version,
        )

    def quote(self, doc_id: str, span: Span, *, is_dated: bool) -> Citation:
        """Quote a place."""
        return cite(self.documents[doc_id], span, 0.0)

    def suggestions(self, audience: str | None) -> tuple[str, ...]:
        """Suggest nothing."""
        return ()


def _quotes(document: Document, words: set[str]) -> list[Citation]:
    found = (s for s in document.sentences if words & set(re.findall(r"\w{5,}", s.text.lower())))
    return [cite(document, sentence.span, 0.5) for sentence in found]


def main() -> None:
    """Serve until told to stop."""
    prepare()
    stand_in = ModuleType("answer.pipeline")
    stand_in.load_answerer = lambda *places, **how: ToyAnswerer()  # type: ignore[attr-defined]
    sys.modules["answer.pipeline"] = stand_in
    from ui.web.server import serve_app

    for line in serve_app(Places.of(), HOST, int(sys.argv[1])):
        print(line, end="", flush=True)


if __name__ == "__main__":
    main()
