"""Search alone, as a comparison."""

from types import SimpleNamespace

import numpy as np
import pytest

from evaluation import baselines
from evaluation.baselines import BARRED, N_SHOWN, WITH_BAR, judge_baselines


@pytest.fixture
def retriever(make_answerer):
    return make_answerer({}).retriever


def test_each_baseline_shows_five_sentences_character_for_character(
    retriever, make_line, make_questions
):
    questions = make_questions(
        make_line(question="lamps that burn", quotes=[("lamps", "Oil lamps burn for six hours.")])
    )
    judged = judge_baselines(retriever, questions)
    alone = ["BM25 alone", "cosine alone", "fusion alone"]
    assert list(judged) == [*alone, WITH_BAR]
    for name in alone:
        (row,) = judged[name]
        assert row.is_hit, name
        assert all(row.is_intact), name
        assert len(row.reply.quotes) <= N_SHOWN
    assert len(judged["cosine alone"][0].reply.quotes) == N_SHOWN


def test_the_order_is_by_cosine_with_the_query(retriever, make_line, make_questions):
    n = len(retriever.sentences)
    angles = np.linspace(np.pi, 1, n, dtype=np.float32)  # to the question's vector
    angles[4] = 0
    vectors = np.column_stack([np.cos(angles), np.sin(angles)])
    encoder = SimpleNamespace(
        name="fixed", dimension=2, encode=lambda texts: vectors if len(texts) == n else np.eye(1, 2)
    )
    fixed = SimpleNamespace(**vars(retriever) | {"encoder": encoder})
    questions = make_questions(make_line(kind="off_topic", answerable=False))
    (row,) = judge_baselines(fixed, questions)["cosine alone"]
    order = [4, *range(n - 1, 0, -1)][:N_SHOWN]
    assert [q.text for q in row.reply.quotes] == [retriever.sentences[at].text for at in order]


def test_one_baseline_declines_below_its_bar(retriever, make_line, make_questions, monkeypatch):
    questions = make_questions(
        make_line(question="lamps that burn", quotes=[("lamps", "Oil lamps burn for six hours.")])
    )
    for bar, is_found in ((-1.0, True), (100.0, False)):
        monkeypatch.setattr(baselines, "BAR", bar)
        judged = judge_baselines(retriever, questions)
        (alone,), (barred,) = judged[f"{BARRED} alone"], judged[WITH_BAR]
        assert alone.is_found
        assert barred.is_found == is_found
        assert barred.reply.best == alone.reply.best


def test_a_follow_up_is_searched_with_the_question_before_it(retriever, make_line, make_questions):
    line = make_line(
        kind="followup",
        question="And how long?",
        history=["Which kites fly in wind?"],
        quotes=[("kites", "Kites fly in steady wind.")],
    )
    (row,) = judge_baselines(retriever, make_questions(line))["BM25 alone"]
    assert row.is_hit


def test_a_question_without_words_shows_nothing(retriever, make_line, make_questions):
    questions = make_questions(make_line(kind="off_topic", answerable=False, question="?!"))
    for (row,) in judge_baselines(retriever, questions).values():
        assert row.reply.quotes == ()
