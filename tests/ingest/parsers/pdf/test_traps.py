"""What a PDF may hold that its page does not show, and what it may show that it does not hold."""

import io

import pypdf
import pytest

from ingest.document import Span
from ingest.errors import UnreadableFileError
from ingest.parsers.pdf import parse
from tests.ingest.parsers.pdf.hostile import cyclic_pages, form_in_itself, huge_page
from tests.ingest.parsers.pdf.written import FONTS, PROSE, lines, pdf, shown, stream

IMAGE = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
    "/BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
)
EXTRA = 4 + len(FONTS) + 2
"""Number of the first object after one page."""
WITH_IMAGE = f"|/XObject << /Im {EXTRA} 0 R >>"
FULL_PAGE = "q 612 0 0 792 0 0 cm /Im Do Q\n"


def text(data):
    return " ".join(block.text for block in parse(data).blocks)


def reasons(data):
    return {one.reason for one in parse(data).dropped}


def test_lines_become_one_paragraph():
    assert text(pdf(lines(*PROSE))) == " ".join(PROSE)


@pytest.mark.parametrize(
    "extra",
    ["3 Tr", "1 1 1 rg"],
    ids=["drawn by nothing", "white on white"],
)
def test_words_that_the_page_does_not_show_are_dropped(extra):
    data = pdf(lines(*PROSE) + shown("Give twice the dose.", y=600, extra=extra))
    assert "dose" not in text(data)
    assert "hidden text" in reasons(data)


def test_type_too_small_to_read_is_dropped():
    data = pdf(lines(*PROSE) + shown("Give twice the dose.", y=600, size=0.5))
    assert "dose" not in text(data)


def test_white_words_on_a_dark_shape_are_text():
    dark = "0.1 0.2 0.5 rg 60 590 400 30 re f\n"
    white = shown("These words stand on blue and are read by everybody.", y=600, extra="1 1 1 rg")
    assert "everybody" in text(pdf(lines(*PROSE) + dark + white))


def test_words_that_are_clipped_away_are_dropped():
    clipped = "q 72 100 50 50 re W n " + shown("Give twice the dose.", y=600) + "Q\n"
    data = pdf(lines(*PROSE) + clipped)
    assert "dose" not in text(data)
    assert "hidden text" in reasons(data)


def test_words_of_a_figure_outside_of_its_box_are_dropped():
    form = stream(
        shown("Seen in the figure of a page.", 10, 20) + shown("Give twice the dose.", 10, 300),
        "/Type /XObject /Subtype /Form /BBox [0 0 300 100] /Matrix [1 0 0 1 50 400] "
        "/Resources << /Font << /F1 4 0 R >> >>",
    )
    data = pdf(lines(*PROSE) + "/Im Do\n", page_extra=WITH_IMAGE, objects=[form])
    found = parse(data)
    assert "dose" not in " ".join(block.text for block in found.blocks)
    assert any("dose" in one.text for one in found.dropped)


def test_words_outside_of_the_crop_box_are_dropped():
    data = pdf(
        lines(*PROSE) + shown("An editor's slug", x=560, y=300), page_extra="/CropBox [0 0 500 792]"
    )
    assert "slug" not in text(data)
    assert "outside the page" in reasons(data)


def test_text_that_is_drawn_twice_is_read_once():
    title = shown("Discussion of it", y=740, size=16) + shown("Discussion of it", 72.3, 740, 16)
    assert text(pdf(title + lines(*PROSE))).count("Discussion") == 1


def test_a_line_that_stands_on_its_side_is_no_text():
    side = "BT /F1 10 Tf 0 1 -1 0 20 300 Tm (stamped on the margin) Tj ET\n"
    data = pdf(lines(*PROSE) + side)
    assert "stamped" not in text(data)
    assert "turned text" in reasons(data)


def test_a_page_whose_text_stands_on_its_side_is_turned():
    turned = "".join(
        f"BT /F1 10 Tf 0 1 -1 0 {100 + 12 * n} 72 Tm ({line}) Tj ET\n"
        for n, line in enumerate(PROSE)
    )
    assert text(pdf(turned)) == " ".join(PROSE)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(turn):
    matrix = {90: "0 1 -1 0 100 72", 180: "-1 0 0 -1 540 72", 270: "0 -1 1 0 500 700"}[turn]
    step = {90: "12 0", 180: "0 12", 270: "-12 0"}[turn].split()
    a, b, c, d, x, y = (float(n) for n in matrix.split())
    content = "".join(
        f"BT /F1 10 Tf {a} {b} {c} {d} {x + n * float(step[0])} {y + n * float(step[1])} Tm "
        f"({line}) Tj ET\n"
        for n, line in enumerate(PROSE)
    )
    assert text(pdf(content, page_extra=f"/Rotate {turn}")) == " ".join(PROSE)


def test_a_scan_without_text_is_refused_and_told_what_to_do():
    with pytest.raises(UnreadableFileError, match="run it through OCR"):
        parse(pdf(FULL_PAGE, page_extra=WITH_IMAGE, objects=[IMAGE]))


def test_an_ocr_layer_is_read_and_marked_as_one():
    layer = "".join(shown(line, y=700 - 12 * n, extra="3 Tr") for n, line in enumerate(PROSE))
    found = parse(pdf(FULL_PAGE + layer, page_extra=WITH_IMAGE, objects=[IMAGE]))
    assert found.is_ocr
    assert " ".join(block.text for block in found.blocks) == " ".join(PROSE)


def test_a_file_without_an_ocr_layer_is_not_marked():
    assert not parse(pdf(lines(*PROSE))).is_ocr


def test_a_letter_of_a_font_for_symbols_is_doubtful():
    mixed = (
        "BT /F1 10 Tf 1 0 0 1 72 600 Tm (We gave 5 ) Tj /F4 10 Tf (m) Tj /F1 10 Tf "
        "(l of it to every patient on every day of the week.) Tj ET\n"
    )
    found = parse(pdf(lines(*PROSE) + mixed))
    assert [found.source[at] for at in found.doubtful] == ["m"]


def test_plain_text_has_no_doubtful_characters():
    assert parse(pdf(lines(*PROSE))).doubtful == ()


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>no</html>", b"%PDF-1.7\ngarbage", pdf(lines(*PROSE))[:300]],
    ids=["empty", "another format", "garbage", "cut short"],
)
def test_a_damaged_file_is_refused_in_one_line(data):
    with pytest.raises(UnreadableFileError, match=r"^[^\n]*; save or download it again$"):
        parse(data)


@pytest.mark.parametrize("made", [huge_page, form_in_itself])
def test_an_odd_file_is_read_all_the_same(made):
    assert text(made()) == " ".join(PROSE)


def test_pages_that_hold_themselves_are_refused():
    with pytest.raises(UnreadableFileError, match="has no page that can be read"):
        parse(cyclic_pages())


def test_pages_after_one_that_cannot_be_read_keep_their_numbers():
    broken = pdf(lines("Gone."), lines(*PROSE)).replace(b"/Kids [8 0 R", b"/Kids [5 0 R")
    draft = parse(broken)
    assert len(draft.page_starts) == 2
    assert {mark.page for mark in draft.boxes.marks([Span(0, 5)])} == {2}


@pytest.mark.parametrize(("user", "can_be_read"), [("", True), ("secret", False)])
def test_a_password_to_open_is_asked_for_one_to_change_is_not(user, can_be_read):
    writer = pypdf.PdfWriter(io.BytesIO(pdf(lines(*PROSE))))
    writer.encrypt(user, "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    if can_be_read:
        assert text(out.getvalue()) == " ".join(PROSE)
    else:
        with pytest.raises(UnreadableFileError, match="needs a password"):
            parse(out.getvalue())
