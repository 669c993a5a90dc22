"""Sentences for training are slices of their text, and texts rank as they do when answering."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.toys import ToyEncoder
from training.data.text import index_words, pieces_of, rank, rank_by_words

TEXTS = ["fever and cough", "fever and malaria", "nothing here"]


@given(st.text(alphabet=st.sampled_from("ab .!?\n\t\u00a0é𝒳'\")(A1")))
def test_sentences_hold_every_visible_character_once_and_in_place(text):
    pieces = pieces_of(text)
    assert all(piece.text == text[piece.start : piece.end] for piece in pieces)
    assert "".join("".join(p.text.split()) for p in pieces) == "".join(text.split())


def test_a_blank_line_ends_a_sentence_and_a_line_end_alone_does_not():
    text = "Symptoms\n \nFever and\ncough (Fig. 2) are\ncommon. So is pain."
    assert [piece.text for piece in pieces_of(text)] == [
        "Symptoms",
        "Fever and\ncough (Fig. 2) are\ncommon.",
        "So is pain.",
    ]


def test_a_text_without_a_shared_word_comes_last():
    assert rank_by_words(index_words(TEXTS), "Does malaria cause fever?") == [1, 0, 2]


def test_a_question_without_words_leaves_the_order():
    assert rank_by_words(index_words(TEXTS), "What is it?") == [0, 1, 2]


def test_words_and_meaning_together_rank_every_text_once():
    encoder = ToyEncoder()
    vectors, question = encoder.encode(TEXTS), "Does malaria cause fever?"
    ranked = rank(index_words(TEXTS), vectors, question, encoder.encode([question])[0])
    assert ranked[0] == 1
    assert sorted(ranked) == [0, 1, 2]


def test_what_words_miss_is_ranked_by_meaning():
    vectors = np.eye(3, dtype=np.float32)
    assert rank(index_words(TEXTS), vectors, "Why?", vectors[2])[0] == 2
