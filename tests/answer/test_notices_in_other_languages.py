"""Emergencies and self-harm in other languages than English, and what their tables must have."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from answer.notices import notices_for, texts
from answer.notices.phrases import WORDS, read_words
from answer.notices.spelling import plain
from answer.notices.tongues import CODES, read_tongue, tongues_for
from bank.questions import ANSWERABLE

ROOT = Path(__file__).parents[2]
MESSAGES = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "notices_in_other_languages.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
MIN_EMERGENCIES, MIN_SELF_HARM, MIN_HARMLESS = 40, 40, 40
MAX_FALSE_ALARMS = 0.01
NUMBERS = {
    "de": ["112", "0800 1110111"],
    "es": ["112", "024"],
    "fr": ["15", "112", "3114"],
    "it": ["112"],
    "pt": ["112", "808 24 24 24", "192", "188"],
    "tr": ["112"],
    "pl": ["112", "116 123"],
}


def grave_text(message, history=()):
    """The text of the notice of an emergency or of self-harm, or None."""
    found = [n.text for n in notices_for(message, history) if n.kind == "emergency"]
    return found[0] if found else None


def wanted_text(message):
    """The text that a reviewed message should get, or None."""
    tongue = read_tongue(message["language"])
    return {"emergency": tongue.emergency, "self_harm": tongue.self_harm}.get(message["notice"])


SAMPLE = slice(None, None, 5)
ALL = slice(None)
MESSAGES_READ = [SAMPLE, pytest.param(ALL, marks=pytest.mark.slow)]
"""A fifth of the messages, and all."""


@pytest.mark.parametrize("which", MESSAGES_READ)
@pytest.mark.parametrize("code", CODES)
def test_a_message_gets_its_notice_in_its_language(code, which):
    misread = [
        message["text"]
        for message in MESSAGES[which]
        if message["language"] == code and grave_text(message["text"]) != wanted_text(message)
    ]
    assert misread == []


def test_there_are_enough_messages_of_each_kind_and_none_twice():
    counts = Counter((message["language"], message["notice"]) for message in MESSAGES)
    least = {"emergency": MIN_EMERGENCIES, "self_harm": MIN_SELF_HARM, None: MIN_HARMLESS}
    assert [key for code in CODES for key in least.items() if counts[code, key[0]] < key[1]] == []
    assert len({(m["language"], m["text"]) for m in MESSAGES}) == len(MESSAGES)


@pytest.mark.parametrize("change", [plain, str.upper])
@pytest.mark.parametrize(
    "which", [slice(None, None, 15), pytest.param(ALL, marks=pytest.mark.slow)]
)
def test_accents_and_capitals_do_not_matter(change, which):
    missed = [
        message["text"]
        for message in MESSAGES[which]
        if message["notice"] and not grave_text(change(message["text"]))
    ]
    assert missed == []


@pytest.mark.parametrize(
    "message",
    [
        "meine zunge ist geschwolen",
        "er ist bewustlos",
        "ploetzlich gelaehmt, mein Arm haengt runter",
        "mi hijo esta inconciente",
        "mon fils est inconcient",
        "mia figlia e inconsciente",
        "hiiiilfe mein Mann atmet nicht",
        "moja corka jest nieprzytomnna",
        "nefes alamıyoruum",
    ],
)
def test_slips_are_corrected(message):
    assert grave_text(message)


@pytest.mark.parametrize(
    ("history", "message", "is_grave"),
    [
        (["mein mann bekommt keine luft"], "was soll ich tun", True),
        (["me duele mucho el pecho"], "qué hago", True),
        (["Was ist PD-1?"], "was soll ich tun", False),
        (["mein mann bekommt keine luft"], "Was ist PD-1?", False),
    ],
)
def test_a_plea_is_about_the_message_before(history, message, is_grave):
    assert (grave_text(message, history) is not None) == is_grave


@pytest.mark.parametrize("code", CODES)
def test_the_texts_name_the_numbers_to_call(code):
    tongue = read_tongue(code)
    named = re.findall(r"\d[\d ]*\d|\d", f"{tongue.emergency} {tongue.self_harm}")
    assert set(NUMBERS[code]) <= set(named)


def test_the_texts_are_in_as_many_languages():
    spoken = [text for c in CODES for text in (read_tongue(c).emergency, read_tongue(c).self_harm)]
    assert len({*spoken, texts.EMERGENCY, texts.SELF_HARM}) == 2 * len(CODES) + 2


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_words_for_every_idea_of_the_rules_and_no_other(code):
    rules = read_words("rules")
    shared = set(rules.pop("lists"))
    named = {
        idea
        for row in rules.pop("vital")
        for key in ("names", "after")
        for idea in row.get(key, [])
    }
    lines = [line for table in rules.values() for group in table.values() for line in group]
    named |= {idea for line in lines for idea in line.split() if idea not in "+->^$"}
    words = read_words(f"languages/{code}")["words"]
    assert set(words) == named - shared | {"filler", "what_to_do", "breaks", "goes_on"}
    assert [idea for idea, entries in words.items() if not entries.split()] == []


def test_every_language_has_its_file():
    assert {path.stem for path in (WORDS / "languages").glob("*.toml")} == set(CODES)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Was ist ein Sarkom?", "de"),
        ("a minha mãe não respira", "pt"),
        ("mi madre no respira", "es"),
        ("nie mogę oddychać", "pl"),
        ("What is a sarcoma?", "en"),
        ("my father is not breathing", "en"),
        ("chest pain", "en"),
    ],
)
def test_the_likeliest_language_is_read_first(message, code):
    assert tongues_for(message)[0].code == code


def test_a_message_in_english_is_read_in_english_alone():
    assert [tongue.code for tongue in tongues_for("does it hurt when they take the blood")] == [
        "en"
    ]


@pytest.mark.slow
def test_the_questions_that_the_documents_answer_raise_no_alarm():
    lines = [
        json.loads(line)
        for path in sorted((ROOT / "corpus" / "questions").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    asked = [line for line in lines if line["kind"] in ANSWERABLE]
    alarms = [line for line in asked if grave_text(line["question"], line.get("history", ()))]
    assert len(alarms) / len(asked) <= MAX_FALSE_ALARMS
