"""What a terminal or an assistant is given to print can neither steer it nor hide anything."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.printable import printable

STAYS = "\n\t\u00ad"  # the soft hyphen is a hyphen where a line may end
UNSEEN = [
    *("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u180e"),  # zero width
    *("\u200e", "\u200f", "\u061c"),  # marks of direction
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"),
    *("\ufe0f", "\U000e0041", "\U000e01ef", "\u3164", "\u2028", "\x85", "\x9b"),
]


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_a_character_without_a_shape_is_shown_by_its_number(unseen):
    assert printable(f"a{unseen}b") == f"a⟨U+{ord(unseen):04X}⟩b"


@pytest.mark.parametrize(
    ("control", "picture"),
    [("\x1b[2J", "␛[2J"), ("\x07", "␇"), ("\r", "␍"), ("\x7f", "␡"), ("\0", "␀")],
)
def test_a_control_character_is_shown_as_its_picture(control, picture):
    assert printable(control) == picture


def test_nothing_that_formats_or_controls_is_left():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    left = {c for c in printable(every) if unicodedata.category(c) in ("Cc", "Zl", "Zp")}
    assert left == set(STAYS) - {"\u00ad"}
    assert "\N{ARABIC NUMBER SIGN}" in printable(every)  # formats, and has a shape
    assert not set(UNSEEN) & set(printable(every))


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x2FFF)))
def test_text_that_can_be_seen_stays_as_it_is(text):
    assert printable(text) == "".join(c if c not in "\u115f\u1160" else printable(c) for c in text)
