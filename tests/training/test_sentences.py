"""Examples from sets that mark whole sentences, and libraries of documents kept out of training."""

import gzip
import io
import json
import random
import tarfile
from dataclasses import replace

from corpus.sources import read_corpus
from evaluation.questions import read_questions as read_judged
from training.data.documents import listed
from training.data.folds import fold_of
from training.data.from_sentences import (
    clapnq_examples,
    evidence_inference_examples,
    pieces_with_headings,
    selqa_examples,
)
from training.data.libraries import libraries, write_library
from training.data.questions import Question

SETTINGS = {"sentences_negative_windows": 4}
TRIAL = b"""<article><front><article-meta><title-group><article-title>Lamps</article-title></title-group></article-meta></front>
<body><sec><title>Results</title><p>Oil lamps burned longer than wax candles in all of the ten rooms.
Burning time of lamps was four hours. The rooms were painted white.</p></sec>
<sec><title>Discussion</title><p>Nobody had asked the painters.</p></sec></body></article>"""
PROMPT = {
    "article": "lamps", "intervention": "oil lamps", "comparator": "wax candles",
    "outcome": "burning time", "evidence": ["Oil lamps burned longer than wax candles in all of the ten rooms."],
}  # fmt: skip


class Maker:
    """Cuts windows of three sentences at most."""

    draw = random.Random(0)

    def lengths(self, texts):
        return [1] * len(texts)

    def around(self, row, lengths):
        return range(max(row - 1, 0), min(row + 2, len(lengths)))


def write_gzip(path, text):
    path.write_bytes(gzip.compress(text.encode()))


def test_an_article_is_cut_into_sentences_under_their_headings():
    pieces = pieces_with_headings(
        "# Lamps\n\n## Use\n\n### Oil\n\nIt burns. It smells.\n\n## References\n\n1. Wick."
    )
    assert [(piece.headings, piece.text) for piece in pieces] == [
        (("Use", "Oil"), "It burns."),
        (("Use", "Oil"), "It smells."),
    ]


def test_marked_sentences_answer_and_other_results_of_the_outcome_are_left_open(tmp_path):
    write_gzip(tmp_path / "evidence_inference.jsonl.gz", json.dumps(PROMPT))
    with tarfile.open(tmp_path / "articles.tar.xz", "w:xz") as archive:
        member = tarfile.TarInfo("articles/lamps.nxml")
        member.size = len(TRIAL)
        archive.addfile(member, io.BytesIO(TRIAL))
    examples = list(evidence_inference_examples(tmp_path, tmp_path, Maker(), SETTINGS))
    labels = {s: label for e in examples for s, label in zip(e.sentences, e.labels, strict=True)}
    assert labels["Oil lamps burned longer than wax candles in all of the ten rooms."] == 1
    assert labels["Burning time of lamps was four hours."] == -1
    assert labels["The rooms were painted white."] == labels["Nobody had asked the painters."] == 0
    assert all(len({e.headings}) == 1 and e.fold == fold_of("lamps") for e in examples)
    assert "oil lamps" in examples[0].question


def test_a_question_without_chosen_sentences_has_no_window_that_answers(tmp_path):
    passages = [{"title": "Lamps", "sentences": ["They burn .", "They smell ."]}]
    answered = {
        "id": "1",
        "input": "do lamps burn",
        "passages": passages,
        "output": [{"selected_sentences": ["They burn ."]}],
    }
    not_answered = {
        "id": "2",
        "input": "who made lamps",
        "passages": passages,
        "output": [{"answer": ""}],
    }
    write_gzip(tmp_path / "clapnq_answerable.jsonl.gz", json.dumps(answered))
    write_gzip(tmp_path / "clapnq_unanswerable.jsonl.gz", json.dumps(not_answered))
    examples = list(clapnq_examples(tmp_path, Maker(), SETTINGS))
    assert {e.question: e.is_positive for e in examples} == {
        "do lamps burn": True,
        "who made lamps": False,
    }


def test_the_candidates_of_a_section_are_the_sentences_of_its_windows(tmp_path):
    record = {
        "article": "Oil_lamp",
        "section": "Use",
        "question": "Do they burn?",
        "candidates": ["They burn.", "They smell."],
        "answers": [0],
    }
    write_gzip(tmp_path / "selqa_dev.json.gz", json.dumps([record]))
    write_gzip(tmp_path / "selqa_test.json.gz", "[]")
    (example,) = selqa_examples(tmp_path, Maker(), SETTINGS)
    assert (example.headings, example.labels) == (("Oil lamp", "Use"), (1, 0))


def test_libraries_hold_each_document_of_their_fold_once_and_no_other():
    held = [record["id"] for records in libraries(0) for record in records]
    assert sorted(held) == sorted(d["id"] for d in listed() if fold_of(d["id"]) == 0)


def test_a_library_is_a_corpus_with_questions_for_the_judge(monkeypatch, tmp_path):
    asked = Question(
        question="How long do lamps burn?", kind="fact", voice="patient", documents=("lamps",), history=(),
        required=((("lamps", "Oil lamps burn for six hours."), ("lamps", "Lamps burn until midnight.")),),
        also=(("lamps", "They need a wick of cotton."),), tempting=(),
    )  # fmt: skip
    missing = replace(asked, kind="near_miss", required=(), tempting=asked.also, also=())
    elsewhere = replace(asked, documents=("candles",))
    unfounded = replace(asked, required=(*asked.required, (("lamps", "They are lit by hand."),)))
    monkeypatch.setattr(
        "training.data.libraries.read_questions", lambda: (asked, missing, elsewhere, unfounded)
    )
    text = "# Lamps\n\nOil lamps burn for six hours. They need a wick of cotton.\n\nLamps burn until midnight.\n"
    (tmp_path / "lamps.md").write_text(text, encoding="utf-8")
    record = {
        "id": "lamps", "file": "lamps.md", "title": "Lamps", "from": "articles",
        "published_in": "Lamp Journal", "url": "https://lamps.example", "rights": "CC BY",
    }  # fmt: skip
    assert write_library([record], tmp_path, tmp_path / "library") == 2
    (source,) = read_corpus(tmp_path / "library").sources
    first, second = read_judged(tmp_path / "library" / "questions.jsonl")
    quotes = [[evidence.quote for evidence in group] for group in first.complete_sets[0]]
    assert source.doc_id == "lamps"
    assert quotes == [["Oil lamps burn for six hours.", "Lamps burn until midnight."]]
    assert len(first.evidence) == 3
    assert (second.is_answerable, second.evidence) == (False, ())
