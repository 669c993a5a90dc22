"""The charset of an XML file: its byte order mark, its declaration, or UTF-8."""

import pytest

from ingest.errors import UnreadableFileError
from ingest.parsers.jats.decoding import decode

TEXT = "<a>5 µg per day, café</a>"


@pytest.mark.parametrize("charset", ["UTF-8", "ISO-8859-1", "windows-1252", "utf-8"])
def test_the_declared_charset_is_believed(charset):
    text = f'<?xml version="1.0" encoding="{charset}"?>{TEXT}'
    assert decode(text.encode(charset)) == text


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_goes_before_it(charset):
    text = f'<?xml version="1.0" encoding="{charset[:6]}"?>{TEXT}'
    assert decode(text.encode(charset)) == text


def test_without_either_it_is_utf_8():
    assert decode(TEXT.encode()) == TEXT


def test_line_ends_are_those_of_the_other_parsers():
    assert decode(b"<a>x\r\ny\rz</a>") == "<a>x\ny\nz</a>"


@pytest.mark.parametrize("charset", ["utf-7", "rot13", "zlib_codec", "idna"])
def test_a_charset_that_no_journal_uses_is_refused(charset):
    with pytest.raises(UnreadableFileError, match="save it as UTF-8"):
        decode(f'<?xml version="1.0" encoding="{charset}"?><a/>'.encode())
