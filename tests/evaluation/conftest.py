"""Two tiny documents, questions about them, and an answerer that answers by key words."""

import json
from types import SimpleNamespace

import pytest

from answer.errors import QuestionError
from answer.quotes import Answer, Notice, cite
from evaluation.questions import read_questions
from ingest.pipeline import ingest_bytes
from tests.toys import ToyEncoder

LAMPS = """# Lamps

## Oil

Oil lamps burn for six hours. They need a wick made of cotton [1]. The flame is $3 \\times 2$ cm.

## Electric

Electric lamps need *no* wick. They last for years.

# References

1. Wick A. On cotton. J Lamps. 1901;1:1-2.
2. Glass B. On glass. J Lamps. 1902;2:3-4.
"""
KITES = """# Kites

Kites fly in steady wind. A kite has these parts:

- a frame of wood
- a sail of paper
"""


class FakeAnswerer:
    """Answers with the sentences that hold the first key word found in the question."""

    def __init__(self, documents, replies):
        self.documents = documents
        self.replies = replies
        """Key word to ``(doc_id, start of a sentence, score)`` triples; none: declined."""
        self.bank = ()
        self.notices = {}
        """Key word to a notice's kind."""
        sentences = [one for document in documents.values() for one in document.sentences]
        self.retriever = SimpleNamespace(
            encoder=ToyEncoder(),
            documents=documents,
            sentences=sentences,
        )

    def answer(self, question, history=(), documents=None):
        if not question.strip("?! "):
            raise QuestionError("the question has no letter; ask in words")
        text = " ".join([*history, question])
        found = next((r for key, r in self.replies.items() if key in text), [])
        kinds = [kind for key, kind in self.notices.items() if key in text]
        return Answer(
            question=question,
            citations=tuple(self._cite(*one) for one in found),
            related=() if found else (self._cite("kites", "Kites", 0.1),),
            notices=tuple(Notice(kind, "Call someone.") for kind in kinds),
            n_documents=len(self.documents),
            n_passages=4,
            timing_ms={"total": 12.0},
        )

    def _cite(self, doc_id, beginning, score):
        document = self.documents[doc_id]
        sentence = next(s for s in document.sentences if s.text.startswith(beginning))
        return cite(document, sentence.span, score)


def as_line(question_id="q1", kind="fact", answerable=True, quotes=(), **more):
    """Return a line of a question file; ``quotes`` are (doc, quote) pairs, the first required."""
    return {
        "id": question_id,
        "kind": kind,
        "question": "How long?",
        "answerable": answerable,
        "evidence": [{"doc": doc, "quote": quote} for doc, quote in quotes],
        "required": [0] if answerable and quotes else [],
    } | more


@pytest.fixture
def documents():
    read = (
        ingest_bytes(n, ".md", t.encode(), name=n) for n, t in (("lamps", LAMPS), ("kites", KITES))
    )
    return {document.doc_id: document for document in read}


@pytest.fixture
def make_answerer(documents):
    def make(replies, notices=()):
        answerer = FakeAnswerer(documents, replies)
        answerer.notices.update(notices)
        return answerer

    return make


@pytest.fixture
def make_line():
    return as_line


@pytest.fixture
def make_questions(tmp_path):
    """Read questions from the given lines, through a file."""

    def make(*lines):
        path = tmp_path / "questions.jsonl"
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        return read_questions(path)

    return make
