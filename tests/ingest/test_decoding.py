"""Bytes to characters: what is read, and what is refused rather than guessed."""

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFileError
from ingest.parsers.decoding import decode

SENTENCE = (
    "The patient’s fever was 38.5 °C — “mild” – after 5 µg/kg. Ménière’s disease? No: Sjögren’s."
)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_text_is_read_whatever_usual_charset_it_is_in(charset):
    assert decode(SENTENCE.encode(charset)) == SENTENCE


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_of_either_byte_order_is_read_by_its_mark(charset):
    mark = codecs.BOM_UTF16_LE if charset.endswith("le") else codecs.BOM_UTF16_BE
    assert decode(mark + "α-blocker".encode(charset)) == "α-blocker"


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_every_line_end_becomes_one_character(line_end):
    assert decode(f"one{line_end}{line_end}two".encode()) == "one\n\ntwo"


@pytest.mark.parametrize(
    "text",
    [
        "café", "The naïve patient", "CAFÉ", "the patients’ age", "O’Neil", "‘mild’", "a – b",
        "3–6 weeks", "dose–response", "(see below) — then", "37 °C", "a 30° angle", "5 µg",
        "2,500/µl", "3 ± 1", "mean ± SD", "2 × 3", "kg/m²", "½ tablet", "1½ hours", "Keytruda®",
        "© 2024", "25\u00a0mg", "• Fever\n• Pain", "wait… then",
    ],
)  # fmt: skip
def test_windows_1252_is_read_where_nothing_else_would_make_sense(text):
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("a dose ≤ 5 mg", "mac_roman"),
        ("38 °C", "mac_roman"),
        ("the patient’s age", "mac_roman"),
        ("“mild” pain", "mac_roman"),
        ("a dose of 5 µg", "cp437"),
        ("mean 3 ± 1", "cp850"),
        ("a café", "cp437"),
        ("Wałęsa", "cp1250"),
        ("Işık", "cp1254"),
        ("TNF-α", "cp1253"),
        ("боль в груди", "cp1251"),
        ("боль в груди", "koi8_r"),
        ("頭痛", "shift_jis"),
    ],
)
def test_what_another_charset_would_make_of_it_is_refused_not_guessed(text, charset):
    with pytest.raises(UnreadableFileError, match="save the file as UTF-8"):
        decode(text.encode(charset))


@pytest.mark.parametrize("data", ["naïve ".encode() + "café".encode("cp1252"), b"\xff\xfe text"])
def test_a_mixture_and_a_mark_that_lies_are_refused(data):
    with pytest.raises(UnreadableFileError, match="save the file as UTF-8"):
        decode(data)


@given(st.binary(max_size=60))
def test_bytes_are_decoded_or_refused_and_nothing_else(data):
    with contextlib.suppress(UnreadableFileError):
        assert "\r" not in decode(data)
