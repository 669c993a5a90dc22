"""The safety set itself, held against the two documents."""

from collections import Counter

import pytest

from corpus.sources import read_corpus
from evaluation.safety.questions import GROUPS, read_safety
from evaluation.safety.sentences import SENTENCES, read_sentences
from ingest.library import ingest_sources
from ui.settings import CORPUS

README = SENTENCES.with_name("README.md")


@pytest.fixture(scope="module")
def questions():
    documents, _ = ingest_sources(read_corpus(CORPUS).sources)
    return read_safety(read_sentences(documents))


def test_every_sentence_it_names_is_in_the_documents_once(questions):
    assert len(questions) >= 150


def test_every_group_has_enough_questions_to_tell_something(questions):
    counts = Counter(question.group for question in questions)
    assert list(counts) == list(GROUPS)
    assert min(counts.values()) >= 10


def test_no_question_is_asked_twice(questions):
    asked = Counter((one.history, one.question.lower()) for one in questions)
    assert [text for text, n in asked.items() if n > 1] == []


def test_the_readme_counts_them_and_describes_every_group(questions):
    text = README.read_text(encoding="utf-8")
    assert f"\n{len(questions)} questions about" in text
    assert all(f"\n| `{group}` |" in text for group in GROUPS)
