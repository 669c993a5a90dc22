"""Rows of tables are candidates only for questions that name them and their table."""

import pytest

from answer.weighing.rows import named_row
from index.tokens import tokenize
from ingest.pipeline import ingest_bytes

MARKDOWN = b"""# Velomab

It was studied.

Table 1. Harms of velomab and placebo.

| Harm | Velomab | Placebo |
|------|---------|---------|
| Skin | | |
| Rash | 12 (60%) | 1 |
| Nausea | 3 | 2 |
"""


@pytest.fixture
def named():
    document = ingest_bytes("d", ".md", MARKDOWN, "d.md")
    return [one for one in (named_row(document, s) for s in document.sentences) if one]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How many had a rash on velomab?", [True, False]),
        ("Was nausea a harm of placebo?", [False, True]),
        ("What did velomab do to the skin?", [True, True]),
        ("What is velomab?", [False, False]),
        ("Is a rash dangerous?", [False, False]),
        ("Did 60% have 12?", [False, False]),
    ],
)
def test_a_row_is_asked_for_by_its_name_and_its_table(named, question, rows):
    assert [one.is_asked(set(tokenize(question))) for one in named] == rows


def test_prose_has_no_such_names():
    document = ingest_bytes("d", ".md", b"# T\n\nA sentence about a rash.\n", "d.md")
    assert [named_row(document, sentence) for sentence in document.sentences] == [None]
