import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import MAX_TOKEN_CHARS, STOP_WORDS, tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("diseases", ["diseas"]),
        ("PD-1", ["pd", "1", "pd1"]),
        ("PD1", ["pd1"]),
        ("anti-PD-1", ["anti", "pd", "1", "antipd", "pd1", "antipd1"]),
        ("TNF-α", ["tnf", "alpha", "tnfalpha"]),
        ("αλφα", ["αλφα"]),
        ("9.8", ["9.8"]),
        ("3,900 and 1,234,567.89", ["3900", "1234567.89"]),
        ("1,2,3", ["1", "2", "3"]),
        ("10-20", ["10", "20"]),
        ("1,000-mg", ["1000", "mg", "1000mg"]),
        ("p<.05", ["p", "0.05"]),
        ("HbA1c 9·8", ["hba1c", "9.8"]),
        ("500mg", ["500", "mg", "500mg"]),
        ("9.8.", ["9.8"]),
        ("trial¹² 10⁹/L CO₂", ["trial", "12", "10", "9", "l", "co2"]),
        ("Crohn’s don't", ["crohn"]),
        ("soft\u00adhyphen", ["softhyphen"]),
        ("Who warns? The WHO.", ["warn", "who"]),
        ("snake_case", ["snake", "case"]),
        ("not without", ["not", "without"]),
        ("中文维基", ["中文", "文维", "维基"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("?!… 😀 \x00 \ud800", []),
    ],
)
def test_a_text_has_these_tokens(text, tokens):
    assert tokenize(text) == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PD-1", "PD1"),
        ("PD‑1", "pd-1"),
        ("TNF-α", "TNF alpha"),
        ("TNFα", "TNF-alpha"),
        ("µg", "μg"),
        ("5-HT", "5HT"),
        ("3,900", "3900"),
        ("Sjögren’s", "Sjogren"),
        ("Straße", "strasse"),
        ("ﬁnding", "findings"),
        ("Kaplan–Meier", "Kaplan-Meier"),
        ("check-points", "checkpoint"),
        ("Crohn's", "CROHN’S"),
    ],
)
def test_two_spellings_share_a_token(one, other):
    assert set(tokenize(one)) & set(tokenize(other))


@pytest.mark.parametrize(("one", "other"), [("9.8", "98"), ("10-20", "1020"), ("PD-1", "PD-2")])
def test_two_different_things_are_told_apart(one, other):
    assert tokenize(one)[-1] not in tokenize(other)


def test_a_question_of_stop_words_alone_has_no_tokens():
    assert tokenize("What is it about?") == []
    assert tokenize(" ".join(STOP_WORDS)) == []


def test_a_long_token_is_cut():
    assert tokenize("x" * 1000) == ["x" * MAX_TOKEN_CHARS]


@given(st.text())
def test_tokens_are_never_empty_and_hold_no_space_whatever_the_language(text):
    for token in tokenize(text):
        assert token
        assert len(token) <= MAX_TOKEN_CHARS
        assert not any(character.isspace() for character in token)


@given(st.text())
def test_composed_and_decomposed_characters_give_the_same_tokens(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert tokenize(composed) == tokenize(decomposed)


@given(st.lists(st.text(string.ascii_lowercase, min_size=3), max_size=5))
def test_a_longer_text_has_the_tokens_of_its_words(words):
    assert tokenize(" ".join(words)) == [token for word in words for token in tokenize(word)]
