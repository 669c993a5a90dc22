"""Where quotes stand on pages: the marks hold them and nothing else, and only pages are drawn."""

import io
import re
from collections import Counter
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from answer.errors import NoPageError, PageError
from answer.locating.pages import WIDTHS, Pages
from ingest.document import Span
from ingest.pages.drawing import Draughtsman
from tests.ui.web.paged import PagedAnswerer, pdf_bytes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def library():
    return PagedAnswerer()


@pytest.fixture(scope="module")
def draughtsman():
    made = Draughtsman()
    yield made
    made.close()


@pytest.fixture(scope="module")
def pages(library, draughtsman):
    return Pages(library.sources, library.documents, library.boxes, draughtsman)


def letters(text):
    return re.sub(r"\W", "", text)


def under(marks):
    """The text that PDFium finds under the marks of the paper."""
    document, found = pypdfium2.PdfDocument(pdf_bytes()), ""
    for mark in marks:
        page = document[mark.page - 1]
        width, height = page.get_size()
        found += page.get_textpage().get_text_bounded(
            left=mark.left * width + 0.5,
            right=mark.right * width - 0.5,
            top=height * (1 - mark.top) - 1.5,
            bottom=height * (1 - mark.bottom) + 1.5,
        )
    return letters(found)


@pytest.mark.parametrize("doc_id", ["pastimes", "beside"])
def test_under_the_marks_stands_the_quote_and_nothing_else(pages, library, doc_id):
    for citation in library.quoted(doc_id):
        marks = pages.located(doc_id, citation.span).marks
        assert under(marks) == letters(citation.quote)


def test_text_from_another_file_is_found_on_the_pages_sentence_by_sentence(pages, library):
    sentences = library.documents["beside"].sentences
    found = [bool(pages.located("beside", one.span).marks) for one in sentences]
    assert sum(found) / len(found) >= 0.98


def test_what_is_marked_is_another_thing_when_the_text_was_read_anew(pages, library, draughtsman):
    document = replace(library.documents["beside"], text="Read by another version.")
    other = Pages(library.sources, {"beside": document}, library.boxes, draughtsman)
    assert other.digest("beside") != pages.digest("beside")


def test_pages_have_their_size_and_the_labels_that_the_file_gives_them(pages):
    located = pages.located("pastimes", Span(0, 5))
    assert [page.number for page in located.pages] == list(range(1, len(located.pages) + 1))
    assert [page.label for page in located.pages][:2] == ["271", "272"]
    assert round(located.pages[0].width), round(located.pages[0].height) == (595, 842)


@pytest.mark.parametrize("width", WIDTHS[:2])
def test_a_page_is_drawn_as_wide_as_asked(pages, width):
    drawn = Image.open(io.BytesIO(pages.picture("pastimes", 1, width)))
    assert (drawn.format, drawn.width) == ("WEBP", width)


def test_a_quote_is_marked_in_the_picture_where_it_stands_and_nowhere_else(pages, library):
    (citation, *_) = library.quoted("pastimes")
    mark = pages.located("pastimes", citation.span).marks[0]
    plain, marked = (
        Image.open(io.BytesIO(pages.picture("pastimes", mark.page, 960, span)))
        for span in (None, citation.span)
    )
    sides = (mark.left, mark.top, mark.right, mark.bottom)
    box = [round(side * length) for side, length in zip(sides, plain.size * 2, strict=True)]
    inside, outside = marked.crop(box), marked.crop((0, 0, marked.width, box[1] - 9))
    assert Counter(inside.get_flattened_data()).most_common(1)[0][0][2] < 160
    assert Counter(outside.get_flattened_data()).most_common(1)[0][0][2] > 250


@pytest.mark.parametrize("number", [0, 999])
def test_there_are_no_other_pages(pages, number):
    with pytest.raises(NoPageError, match=r"has \d pages; ask for one of them"):
        pages.picture("pastimes", number, 640)


@pytest.mark.parametrize("doc_id", ["case_report", "closed", "unknown", "../pastimes"])
def test_a_document_without_pages_or_whose_owner_shows_none_has_none(pages, doc_id):
    with pytest.raises(NoPageError):
        pages.picture(doc_id, 1, 640)
    with pytest.raises(NoPageError):
        pages.located(doc_id, Span(0, 5))


def test_a_file_that_changed_since_it_was_read_is_not_shown(library, draughtsman):
    path = library.sources["pastimes"].path
    before = path.read_bytes()
    pages = Pages(library.sources, library.documents, library.boxes, draughtsman)
    path.write_bytes(before + b"\n")
    try:
        with pytest.raises(PageError, match="has changed; run `quotewell build`"):
            pages.picture("pastimes", 1, 640)
        with pytest.raises(PageError, match="has changed"):
            pages.located("beside", Span(0, 30))
    finally:
        path.write_bytes(before)
