"""Lines of a safety set about the two tiny documents of tests/evaluation/conftest.py."""

import json

import pytest

from evaluation.safety.questions import read_safety
from evaluation.safety.sentences import NamedSentences


def as_line(**more):
    return {"id": "q1", "group": "risks", "question": "How long?"} | more


@pytest.fixture
def named(documents):
    sentences = NamedSentences(documents.values())
    sentences.add("lasting", ["Oil lamps", "They last"])
    return sentences


@pytest.fixture
def make_line():
    return as_line


@pytest.fixture
def make_safety(tmp_path, named):
    """Read safety questions from the given lines, through a file."""

    def make(*lines):
        path = tmp_path / "safety.jsonl"
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        return read_safety(named, path)

    return make
