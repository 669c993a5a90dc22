"""The notation in which other languages' words, and the rules about them, are written."""

import pytest

from answer.notices.folding import Folding
from answer.notices.rules import WINDOW, Rule
from answer.notices.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    {
        "air": ["luft", "hava*"],
        "no": ["keine", "*mıyor*"],
        "breathe": ["atmet", "nefes", "alıyor", "almıyor"],
        "hurt": ["würgt"],
        "filler": ["und"],
        "warm": ["38,#"],
        "keep": ["kann_.._halten"],
    }
)


@pytest.mark.parametrize(
    ("idea", "text", "places"),
    [
        ("air", "keine luft ", [(1, 2)]),
        ("air", "havadan ", [(0, 1)]),
        ("no", "almiyorum ", [(0, 1)]),
        ("hurt", "wurgt ", [(0, 1)]),
        ("hurt", "wuergt ", [(0, 1)]),
        ("warm", "38,5 39,5 ", [(0, 1)]),
        ("warm", "38 ", []),
        ("keep", "kann es halten ", [(0, 3)]),
        ("keep", "kann es gar nicht mehr halten ", []),
        ("keep", "kann , es halten ", []),
    ],
)
def test_the_notation_of_the_words(idea, text, places):
    assert list(VOCABULARY.places(idea, text)) == places


@pytest.mark.parametrize(
    ("rule", "text", "holds"),
    [
        ("air", "luft ", True),
        ("no + air", "luft habe ich keine ", True),
        ("no + air", "keine " + "x " * (WINDOW - 2) + "luft ", True),
        ("no + air", "keine " + "x " * (WINDOW - 1) + "luft ", False),
        ("no > air", "keine frische luft ", True),
        ("no > air", "keine so frische luft ", False),
        ("no > air", "luft keine ", False),
        ("air - no", "die luft ", True),
        ("air - no", "keine luft ", False),
        ("air - no", "luft und keine ", True),
        ("^ air", "und luft ", True),
        ("^ air", "die luft ", False),
        ("air $", "keine luft ", True),
        ("air $", "keine luft , und ", True),
        ("air $", "keine luft da ", False),
        ("air $", "keine luft _ ", False),
        ("no + breathe", "almiyor ", True),
        ("air + air", "luft ", False),
    ],
)
def test_the_notation_of_the_rules(rule, text, holds):
    assert Rule.read(rule).holds_in(text, VOCABULARY) == holds


def test_words_are_taken_out():
    assert VOCABULARY.without(["no", "air"], "er hat keine luft ") == "er hat _ _ "


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Was tun? Er atmet nicht", ", was tun , ? er atmet nicht "),
        ("er atmet nicht ist das schlimm", "er atmet nicht , ist das schlimm "),
        ("blut was soll ich tun", "blut , was soll ich tun , "),
        ("Ååå l'été", "a l ete "),
        ("38,5°", "38,5 c "),
        ("SpO2 82", "spo 82 "),
        ("hab", "habe "),
        ("almyior", "almiyor "),
        ("autoleucel", "autoleucel "),
        ("autolesjonen", "autolesion "),
    ],
)
def test_a_message_is_folded(typed, folded):
    vocabulary = Vocabulary(
        {
            "a": ["almıyor", "autolesion*"],
            "what_to_do": ["was_tun", "was_soll_ich_tun"],
            "breaks": ["ist_das", "soll_ich"],
        }
    )
    assert Folding(vocabulary, {"hab": "habe"})(typed) == folded
