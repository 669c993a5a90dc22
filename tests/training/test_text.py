"""Sentences for training are slices of their text, and BM25 ranks them sensibly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.data.text import Bm25, fused_order, split_sentences


@given(st.text(alphabet=st.sampled_from("ab .!?\n\t\u00a0é𝒳'\")(A1")))
def test_sentences_hold_every_visible_character_once_and_in_place(text):
    pieces = split_sentences(text)
    assert all(piece.text == text[piece.start : piece.end] for piece in pieces)
    assert "".join("".join(p.text.split()) for p in pieces) == "".join(text.split())


@pytest.mark.parametrize(
    "sentence",
    [
        "The fall is seen in Fig. 2 of the paper.",
        "Many drugs, e.g. Aspirin, help.",
        "As Smith et al. Showed, it works.",
        "The dose was 2.5 mg per day.",
        "It was described by J. Smith.",
    ],
)
def test_a_sentence_does_not_end_at_an_abbreviation_or_a_decimal(sentence):
    text = f"{sentence} The next one."
    assert [piece.text for piece in split_sentences(text)] == [sentence, "The next one."]


def test_a_blank_line_ends_a_sentence_without_a_full_stop():
    assert [p.text for p in split_sentences("Symptoms\n\nfever and cough")] == [
        "Symptoms",
        "fever and cough",
    ]


def test_bm25_prefers_the_rare_word_and_gives_zero_without_a_shared_word():
    bm25 = Bm25(["fever and cough", "fever and malaria", "nothing here"])
    scores = bm25.scores("Does malaria cause fever?")
    assert np.argsort(-scores).tolist() == [1, 0, 2]
    assert scores[2] == 0


def test_fusion_puts_first_what_two_rankings_agree_on():
    first = np.array([3, 2, 1, 0], dtype=np.float32)
    second = np.array([0, 3, 1, 2], dtype=np.float32)
    assert fused_order([first, second])[0] == 1
