"""A file whose name ends in something else is told what it really is."""

import gzip
import re

import pytest

from benchmarks.formats.package import docx, p, packed
from ingest.drafting.steps import draft_bytes
from ingest.errors import UnreadableFileError
from ingest.parsers import PARSERS
from tests.ingest.parsers.jats.written import article, sec
from tests.ingest.parsers.pdf.written import PROSE, lines, pdf

TEXT = "A first sentence with words in it. Another one follows it."
READ = {
    ".pdf": pdf(lines(*PROSE)),
    ".docx": docx(p(TEXT)),
    ".nxml": article(sec(f"<p>{TEXT}</p>")),
    ".html": f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>".encode(),
}
SAME = {".xml": ".nxml", ".htm": ".html", ".xhtml": ".html"}
"""Endings of one format."""
NEVER_READ = {
    "a PNG picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a picture; .* OCR"),
    "a JPEG picture": (b"\xff\xd8\xff\xe0\0\x10JFIF", "is a picture; .* OCR"),
    "RTF": (b"{\\rtf1 text}", r"is an RTF file; .* save it as \.docx"),
    "packed files": (packed({"a.pdf": "x"}, 0), "is a packed file; unpack it"),
    "a packed file": (gzip.compress(b"x"), "is a packed file; unpack it"),
    "a spreadsheet": (packed({"xl/workbook.xml": "x"}), "holds no Word document"),
    "slides": (packed({"ppt/slides.xml": "x"}), "slides; save them as a PDF"),
    "an e-book": (packed({"mimetype": "application/epub+zip"}, 0), "is an e-book; give its"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is an old Word file"),
}


def refused(data, suffix):
    """The line that is said of a file under a name."""
    with pytest.raises(UnreadableFileError) as error:
        draft_bytes(suffix, data, "a" + suffix)
    assert re.fullmatch(r"a\.\w+: [^\n]+; [^\n]+", str(error.value))
    return str(error.value)


@pytest.mark.parametrize("suffix", PARSERS)
@pytest.mark.parametrize("real", READ)
def test_a_file_is_read_under_its_own_name_and_no_other(real, suffix):
    if SAME.get(suffix, suffix) == real:
        assert draft_bytes(suffix, READ[real], "a").blocks
    else:
        assert f"let its name end in {real}" in refused(READ[real], suffix)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".nxml", ".html", ".txt", ".md"])
@pytest.mark.parametrize("name", NEVER_READ)
def test_what_is_never_read_is_told_what_to_do(name, suffix):
    data, said = NEVER_READ[name]
    assert re.search("is damaged or not a DOCX|packed" if name == "packed files" else said,
                     refused(data, suffix))  # fmt: skip


@pytest.mark.parametrize("suffix", PARSERS)
def test_a_file_of_no_bytes_is_empty_under_any_name(suffix):
    assert "is empty (0 bytes); " in refused(b"", suffix)


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("text", ["<b>Bold</b> words.", "5 < 6 and PK", "%PDF is a format."])
def test_a_text_that_only_looks_like_another_format_is_read(text, suffix):
    assert draft_bytes(suffix, text.encode(), "a").source == text


def test_another_xml_file_is_told_that_it_is_none_of_ours():
    assert "an XML file" in refused(b"<?xml version='1.0'?><!-- a --><feed><a/></feed>", ".html")


def test_a_page_in_xml_is_a_page():
    page = b"<?xml version='1.0'?>\n<!DOCTYPE html>\n<html><body><p>Some text.</p></body></html>"
    assert draft_bytes(".xhtml", page, "a").blocks
