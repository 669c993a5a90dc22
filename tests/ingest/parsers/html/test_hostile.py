"""Broken and hostile pages give text or one line, in time that grows with their size and no faster."""

import contextlib
import time

import pytest

from ingest.drafting.child import read_in_child
from ingest.drafting.steps import draft_bytes
from ingest.errors import UnreadableFileError
from ingest.parsers.decoding import MAX_BYTES
from ingest.parsers.html import parse
from tests.ingest.parsers.html.hostile import SHAPES, page

REFUSED = {
    "nothing": (b"", "is empty"),
    "blanks": (b" \n\t ", "is empty"),
    "NULs": (b"<p>a\0b</p>", "holds NUL bytes"),
    "plain text": (b"Some words, and 3 < 4.", "is not HTML"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "is a PDF; let its name end in .pdf"),
    "JATS": (b"<?xml version='1.0'?><!DOCTYPE article PUBLIC '-//NLM//DTD JATS'><article><body><p>A", "is an article in JATS; let its name end in .nxml"),
    "RTF": (b"{\\rtf1\\ansi Some words}", "is an RTF file"),
    "a web archive": (b"From: <Saved by>\nMIME-Version: 1.0\n\n<html><p>a", "is a web archive"),
    "a page of scripts": (b"<html><body><div id=root></div><script>draw()</script>", "shows no text"),
    "a page of frames": (b"<html><frameset><frame src=a.htm></frameset></html>", "shows no text"),
    "charsets mixed": (b"<p>caf\xc3\xa9 caf\xe9</p>", "not UTF-8"),
}  # fmt: skip
TIMES = 4
GROWTH = 8
"""As in tests/ingest/test_linear.py: 4 is linear, 16 quadratic."""


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_page_is_refused_in_one_line(name):
    data, message = REFUSED[name]
    with pytest.raises(UnreadableFileError, match=message) as refusal:
        draft_bytes(".html", data, "a.html")
    assert "; " in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_page_that_is_too_large_is_refused():
    with pytest.raises(UnreadableFileError, match="more than 10; split it"):
        parse(b"<p>" + b" " * MAX_BYTES)


def test_a_page_of_too_many_elements_is_refused():
    with pytest.raises(UnreadableFileError, match="more than 400,000 elements; split it"):
        parse(b"<p>a" + b"<b>" * 400_001)


def test_a_hundred_thousand_elements_in_each_other_are_read():
    draft = parse(b"<p>Before." + b"<div>" * 100_000 + b"Inside." + b"</div>" * 100_000 + b"After.")
    assert [block.text for block in draft.blocks] == ["Before.", "Inside.", "After."]


def test_a_page_cut_off_in_a_tag_keeps_what_is_before():
    draft = parse(b"<p>One.</p><p>Two.</p><a href='http")
    assert [block.text for block in draft.blocks] == ["One.", "Two."]
    assert [one.reason for one in draft.dropped] == ["mark-up without an end"]


def seconds(data):
    start = time.process_time()
    with contextlib.suppress(UnreadableFileError):
        parse(data)
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_four_times_as_much_takes_four_times_as_long(name):
    once, more = [], []
    for _ in range(5):
        once.append(seconds(page(name, 20_000)))
        more.append(seconds(page(name, TIMES * 20_000)))
        if min(more) <= GROWTH * max(min(once), 0.01):
            break
    assert min(more) <= GROWTH * max(min(once), 0.01)


@pytest.mark.slow
def test_pages_are_read_in_a_child_process():
    data = b"<h1>Title</h1><p>Some text with words in it.</p>"
    document = read_in_child("a", ".html", data, "a.html").document
    assert document.text == "Title\n\nSome text with words in it."
    with pytest.raises(UnreadableFileError, match=r"^a\.html: is empty \(0 bytes\); "):
        read_in_child("a", ".html", b"", "a.html")
