"""The charset of a page: its mark, UTF-8, what it names, and then as any text."""

import pytest

from ingest.errors import UnreadableFileError
from ingest.parsers.html import parse
from ingest.parsers.html.markup.charset import named_charset


def text(data):
    return parse(data).blocks[0].text


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        (b"<meta charset=utf-8>", "utf-8"),
        (b'<META CHARSET="ISO-8859-1">', "cp1252"),
        (b"<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "cp1251"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?>', "iso8859_2"),
        (b"<!-- <meta charset=koi8-r> --><meta charset=gbk>", "gb18030"),
        (b"<meta charset=unicode_escape>", None),
        (b"<meta name=description content=x>", None),
    ],
)
def test_a_page_names_its_charset(head, codec):
    assert named_charset(head + b"<p>a") == codec


def test_a_page_is_read_in_the_charset_that_it_names():
    assert text("<meta charset=windows-1251><p>Привет".encode("cp1251")) == "Привет"
    assert text("<meta charset=iso-8859-1><p>5 µg “daily”".encode("cp1252")) == "5 µg “daily”"


def test_utf_8_is_believed_against_the_name():
    assert text("<meta charset=iso-8859-1><p>5 µg café".encode()) == "5 µg café"


def test_a_mark_is_believed_against_the_name():
    assert text("\ufeff<meta charset=iso-8859-1><p>5 µg".encode("utf-16")) == "5 µg"


def test_a_page_that_is_not_what_it_says_is_read_by_the_rules_for_any_text():
    assert text("<meta charset=utf-8><p>Ménière".encode("cp1252")) == "Ménière"
    with pytest.raises(UnreadableFileError, match="save the file as UTF-8"):
        parse("<meta charset=utf-8><p>Привет".encode("cp1251"))
