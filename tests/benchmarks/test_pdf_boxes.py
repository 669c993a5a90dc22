"""Under the marks of a quote stand its own words, whichever library reads them."""

import shutil

import pypdfium2
import pytest

from benchmarks.formats import made, read
from benchmarks.pdf.boxes import Unit, Word, units, words_of

pytestmark = pytest.mark.slow
RIGHT = 0.99
"""Part of the units."""


@pytest.fixture(scope="module")
def paper():
    return made("pdf")


@pytest.fixture(scope="module")
def document(paper):
    return read("pdf", paper)


def under(page, mark):
    """What PDFium finds in a rectangle, asked anew."""
    width, height = page.get_size()
    sides = (mark.left * width, (1 - mark.bottom) * height, mark.right * width)
    return page.get_textpage().get_text_bounded(*sides, (1 - mark.top) * height)


def share(found):
    return sum(unit.is_right for unit in found) / len(found)


def test_pdfium_finds_the_quote_under_its_marks(paper, document):
    pdf = pypdfium2.PdfDocument(paper)
    found = []
    for one in document.sentences:
        marks = document.boxes.marks(document.stretches(one.span))
        texts = (under(pdf[mark.page - 1], mark) for mark in marks)
        found.append(Unit(one.text, " ".join(texts)))
    assert len(found) > 200
    assert share(found) >= RIGHT


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Poppler is not installed")
def test_poppler_finds_the_quote_under_its_marks(paper, document):
    assert share(units(document, words_of(paper))) >= RIGHT


def test_words_beside_a_mark_are_noticed(document):
    nothing = [[Word("elsewhere", 0.1, 0.2, 0.98, 0.99)] for _ in document.page_starts]
    assert share(units(document, nothing)) == 0
