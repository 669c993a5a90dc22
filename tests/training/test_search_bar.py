"""The bar of the baseline: tuned on training questions, judged as an evaluation judges."""

import json
from types import SimpleNamespace

import pytest

from evaluation.questions import read_questions
from ingest.pipeline import ingest_bytes
from tests.toys import ToyEncoder
from training.search_bar import best_bar, try_all

LAMPS = """# Lamps

Oil lamps burn for six hours. They need a wick of cotton. Electric lamps need no wick.
"""
ASKED = {
    "How many hours do oil lamps burn?": "Oil lamps burn for six hours.",
    "Which wick do they need?": "They need a wick of cotton.",
    "What is the price of whale fat in winter?": None,
}


@pytest.fixture
def tried(tmp_path):
    """Each question with each search, by the search's name."""
    encoder, path = ToyEncoder(), tmp_path / "questions.jsonl"
    document = ingest_bytes("lamps", ".md", LAMPS.encode(), name="lamps")
    retriever = SimpleNamespace(
        encoder=encoder,
        documents={"lamps": document},
        sentences=document.sentences,
    )
    lines = [
        {"id": question, "question": question, "answerable": bool(quote)}
        | ({"kind": "fact", "required": [0]} if quote else {"kind": "near_miss"})
        | ({"evidence": [{"doc": "lamps", "quote": quote}]} if quote else {})
        for question, quote in ASKED.items()
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return dict(try_all(retriever, read_questions(path)))


def test_the_best_bar_lets_answerable_questions_through_and_no_near_miss(tried):
    bar, figures = best_bar(tried["cosine"])
    scores = [one.score for one in tried["cosine"]]
    assert figures["handled"] == figures["refusal"] == 1
    assert scores[2] < bar <= min(scores[:2])


def test_every_search_is_tried_with_every_question(tried):
    assert {name: len(some) for name, some in tried.items()} == {
        "BM25": 3,
        "cosine": 3,
        "fusion": 3,
    }
