"""The notices: which messages they stand beside, and that their words are plain."""

import json
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.asking.question import MAX_CHARS
from answer.notices import emergency, notices_for, texts
from answer.notices.phrases import Phrases
from answer.notices.spelling import fold
from answer.notices.tongues import CODES, read_tongue

PHRASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "notices.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
MIN_PHRASES = 80
MAX_GRADE = 6.0


def test_what_depends_on_a_question_on_ones_own_case_is_about_it_too():
    earlier = "My husband takes it, can he stop after two years?"
    [notice] = notices_for("Is it safe for longer?", [earlier], [earlier])
    assert notice.kind == "personal_advice"
    assert notices_for("Is it safe for longer?", [earlier, "What is aspirin?"]) == ()
    assert notices_for("And which laptop is it?", [earlier], [earlier]) == ()


def kinds_for(text, history=()):
    return [notice.kind for notice in notices_for(text, history)]


def misread(kind):
    """Return the reviewed messages that get the notice and should not, and those that miss it."""
    phrases = [phrase for phrase in PHRASES if phrase["notice"] == kind]
    given = {phrase["text"] for phrase in phrases if kind in kinds_for(phrase["text"])}
    wanted = {phrase["text"] for phrase in phrases if phrase["triggers"]}
    return {"given, not wanted": given - wanted, "wanted, not given": wanted - given}


NONE = {"given, not wanted": set(), "wanted, not given": set()}


def test_a_red_flag_that_is_happening_now_is_an_emergency():
    assert misread("emergency") == NONE


def test_a_question_on_ones_own_case_is_personal():
    assert misread("personal_advice") == NONE


def test_a_question_in_another_language_is_told_so():
    assert misread("language") == NONE


def test_there_are_enough_phrases_of_each_kind_and_none_twice():
    counts = Counter((phrase["notice"], phrase["triggers"]) for phrase in PHRASES)
    assert len(counts) == 6
    assert min(counts.values()) >= MIN_PHRASES
    assert len({(phrase["notice"], phrase["text"]) for phrase in PHRASES}) == len(PHRASES)


def test_an_emergency_comes_first():
    assert kinds_for("Should I take ibuprofen? I can't breathe") == ["emergency", "personal_advice"]


@pytest.mark.parametrize(
    "text", ["i want to kill myself", "My son says he wants to die", "I feel suicidal"]
)
def test_self_harm_has_its_own_text(text):
    assert notices_for(text)[0].text == texts.SELF_HARM


@pytest.mark.parametrize(
    ("history", "text", "kinds"),
    [
        (["my chest hurts really badly"], "is that dangerous", ["emergency"]),
        (["my chest hurts really badly"], "what is PD-1", []),
        (["what is PD-1"], "what now", []),
        (["my dad has a sarcoma in his lungs"], "can he have Tecelra", ["personal_advice"]),
        (["what did the man have"], "can he have Tecelra", []),
    ],
)
def test_the_question_before_is_read_where_this_one_leans_on_it(history, text, kinds):
    assert kinds_for(text, history) == kinds


@pytest.mark.parametrize(
    "text", ["Cheers!", "hi there", "OK, thanks", "that was very helpful, bye", "Good night", "yes"]
)
def test_thanks_and_greetings_get_a_friendly_line_and_nothing_else(text):
    (notice,) = notices_for(text)
    assert (notice.kind, notice.text) == ("small_talk", texts.SMALL_TALK)
    assert notice.stands_alone


@pytest.mark.parametrize(
    "text", ["hi, what is PD-1", "ok and the dose?", "thanks, my chest hurts", "why", "yes but how"]
)
def test_a_message_that_asks_something_is_no_small_talk(text):
    assert "small_talk" not in kinds_for(text)


def test_thanks_for_the_notice_about_self_harm_keep_it_in_view():
    (notice,) = notices_for("thank you", ["I want to end my life"])
    assert notice.text == texts.SELF_HARM


def test_nothing_is_quoted_beside_thoughts_of_self_harm_but_beside_an_emergency():
    assert notices_for("I want to die")[0].stands_alone
    assert not notices_for("I can't breathe")[0].stands_alone


@pytest.mark.parametrize("text", [texts.EMERGENCY, texts.SELF_HARM])
def test_the_grave_texts_name_a_number_to_call(text):
    assert re.search(r"\b(?:911|988)\b", text)
    assert "emergency number" in text


@pytest.mark.parametrize(
    "text",
    [texts.EMERGENCY, texts.SELF_HARM, texts.PERSONAL_ADVICE, texts.LANGUAGE, texts.SMALL_TALK],
)
def test_the_texts_are_easy_to_read(text):
    """Flesch-Kincaid grade, a syllable being a run of vowels that is not a silent final e."""
    words = re.findall(r"[A-Za-z']+", text)
    n_sentences = len(re.findall(r"[.:](?:\s|$)", text))
    n_syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.lower())))) for word in words
    )
    grade = 0.39 * len(words) / n_sentences + 11.8 * n_syllables / len(words) - 15.59
    assert grade <= MAX_GRADE


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("I can’t breathe!", "i cant breathe ! "),
        ("cannot, can not", "cant , cant "),
        ("he's", "he is "),
        ("sezure", "seizure "),
        ("Dad's fitting", "dad s fitting "),
        ("SpO2 82%", "saturation 82% "),
        ("39.5 — now", "39.5 , now "),
        ("breast", "breast "),
        ("conclusions", "conclusions "),
    ],
)
def test_a_message_is_folded(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("phrase", "text", "matches"),
    [
        ("a b", "a b ", True),
        ("a b", "a x b ", False),
        ("a .. b", "a x x x b ", True),
        ("a .. b", "a x x x x b ", False),
        ("a .. b", "a , b ", False),
        ("a b? c", "a c ", True),
        ("a|b_c d", "b c d ", True),
        ("bleed*", "bleeding ", True),
        ("a {l}", "a y ", True),
        ("^ b", "a b ", False),
        ("a $", "a ? ", True),
        ("a|$ b", "b ", False),
        ("# mg", "2.5 mg ", True),
        ("## mg", "2 mg ", False),
    ],
)
def test_the_notation_of_the_word_tables(phrase, text, matches):
    assert bool(Phrases([phrase], {"l": ["x", "y"]}).search(text)) == matches


@given(st.text(max_size=MAX_CHARS))
def test_any_text_is_read(text):
    assert len(notices_for(text, [text])) <= 3


def seconds(text):
    """The processor time that reading a text takes, the least of three."""
    spent = []
    for _ in range(3):
        started = time.process_time()
        notices_for(text)
        spent.append(time.process_time() - started)
    return min(spent)


def test_reading_time_grows_with_the_square_of_the_length_at_most():
    """A pattern that backtracks would grow faster; half as much again is allowed for noise."""
    foreign = ["nicht", "ich will nicht leben", "la", "no respira,", "ab"]
    texts = [*(phrase["text"] for phrase in PHRASES[::40]), *(10 * f"{word} " for word in foreign)]
    short, long = (sum(seconds(f"{text} " * times) for text in texts) for times in (10, 40))
    assert long / short < 1.5 * (40 / 10) ** 2


@pytest.mark.parametrize("code", ["en", *CODES])
def test_every_table_of_the_emergency_words_is_used(code):
    source = Path(emergency.__file__).read_text(encoding="utf-8")
    tables = read_tongue(code).detector.words
    assert [name for name in tables if f'"{name}"' not in source] == []
