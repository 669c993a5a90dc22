"""A file that crashes, hangs or fills what reads it costs one line, and leaves no process."""

import multiprocessing

import pytest

from ingest.drafting.child import read_in_child
from ingest.drafting.reading import read_here
from ingest.errors import UnknownFormatError, UnreadableFileError
from tests.ingest.parsers.pdf.hostile import bomb, pages_without_end
from tests.ingest.parsers.pdf.written import PROSE, lines, pdf

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _no_process_is_left():
    yield
    assert multiprocessing.active_children() == []


def test_a_reading_comes_back_as_it_was_made():
    data = pdf(lines(*PROSE))
    assert read_in_child("a", ".pdf", data, "a.pdf") == read_here("a", ".pdf", data, "a.pdf")


def test_text_and_markdown_are_read_the_same_way():
    data = b"# Title\n\nSome text with words in it."
    assert read_in_child("a", ".md", data, "a.md") == read_here("a", ".md", data, "a.md")


def test_what_a_parser_refuses_is_said_in_its_words():
    with pytest.raises(UnreadableFileError, match=r"^a\.pdf: is damaged or not a PDF; "):
        read_in_child("a", ".pdf", b"%PDF-1.7 garbage", "a.pdf")


def test_an_unknown_format_is_said_to_be_one():
    with pytest.raises(UnknownFormatError, match=r"^a\.xyz: no parser"):
        read_in_child("a", ".xyz", b"", "a.xyz")


def test_a_file_that_unfolds_to_gigabytes_is_one_line():
    with pytest.raises(UnreadableFileError, match=r"^bomb.pdf: [^\n]*; [^\n]*$"):
        read_in_child("a", ".pdf", bomb(), "bomb.pdf")


def test_a_file_with_too_many_pages_is_told_to_be_split():
    with pytest.raises(UnreadableFileError, match="more than 1000; split the file"):
        read_in_child("a", ".pdf", pages_without_end(), "long.pdf")


def test_a_file_that_takes_too_long_is_left():
    takes_seconds = b"*Some* words.\n\n" * 100_000
    with pytest.raises(UnreadableFileError, match=r"^slow\.md: took longer than 0\.01 s; "):
        read_in_child("a", ".md", takes_seconds, "slow.md", wall=0.01)
