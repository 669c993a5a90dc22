import gzip
import json
import sys

import numpy as np
import pytest

from benchmarks.rivals.__main__ import drawn
from benchmarks.rivals.merging import main, others, ranked
from training.fusion import DAMPINGS, WEIGHTS, found

SUBJECTS = [
    "Acne",
    "Anthrax",
    "Asthma",
    "Cholera",
    "Dengue",
    "Diabetes",
    "Eczema",
    "Epilepsy",
    "Gout",
    "Influenza",
    "Jaundice",
    "Leprosy",
    "Malaria",
    "Measles",
    "Migraine",
    "Mumps",
    "Psoriasis",
    "Rabies",
    "Scurvy",
    "Tetanus",
]


@pytest.fixture
def medquad(tmp_path):
    def write(answers):
        path = tmp_path / "medquad.jsonl.gz"
        with gzip.open(path, "wt", encoding="utf-8") as file:
            for answer in answers:
                pair = {"question": f"What is {answer.split()[0]}?", "answer": answer}
                file.write(json.dumps({"pairs": [pair]}) + "\n")
        return path

    return write


def test_no_question_is_one_that_the_rivals_are_asked(medquad, monkeypatch):
    monkeypatch.setattr("benchmarks.rivals.merging.QUESTIONS", 20)
    path = medquad([f"A{n} is a disease." for n in range(50)])
    documents, asked = others(path, 50, 100)
    rivals = {question for question, _ in drawn(path, 50, 20)[1]}
    assert len(asked) == 30
    assert not rivals & {question for question, _ in asked}
    assert all(documents[number].split()[0] in question for question, number in asked)


def test_a_library_without_other_questions_is_refused(medquad, monkeypatch, capsys):
    path = medquad([f"A{n} is a disease." for n in range(5)])
    monkeypatch.setattr(sys, "argv", ["merging", str(path)])
    with pytest.raises(SystemExit):
        main()
    assert "name more" in capsys.readouterr().err


@pytest.mark.slow
def test_every_way_of_merging_finds_the_documents_of_a_tiny_library(tmp_path):
    documents = [f"{name} is a disease. {name} can be treated." for name in SUBJECTS]
    asked = [(f"What is {name}?", number) for number, name in enumerate(SUBJECTS)]
    questions = list(ranked(tmp_path, documents, asked))
    assert [question.gold.sum() for question in questions] == [1] * len(SUBJECTS)
    assert all(np.isfinite(question.ranks[0, question.gold]).all() for question in questions)
    assert found(questions, WEIGHTS[-1], DAMPINGS[0]) == [1.0, 1.0]
