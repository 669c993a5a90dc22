"""From characters on a page to lines in reading order."""

import numpy as np
import pytest

from ingest.parsers.pdf.layout.columns import columns, common_gutters, gutter
from ingest.parsers.pdf.layout.furniture import running_heads
from ingest.parsers.pdf.layout.lines import lines_of
from ingest.parsers.pdf.layout.paragraphs import paragraphs
from ingest.parsers.pdf.layout.segments import segments
from tests.ingest.parsers.pdf.laid import MEASURES, PLAIN, line, lines, page, segment

SMALL = PLAIN.__class__("Serif", 6.0, False, False, 0, False, False)


def cut(made):
    kept = np.ones(len(made.text), dtype=bool)
    return list(segments(made, 0, kept))


def read(made):
    return [one.text for one in lines_of(cut(made), made, 0)]


def test_a_wide_gap_parts_two_segments():
    assert len(cut(page(("left cell", 50, 100), ("right cell", 200, 100)))) == 2


def test_a_gap_between_letters_is_a_space():
    assert read(page(("two", 50, 100), ("words", 68, 100))) == ["two words"]


def test_letters_that_touch_are_one_word():
    assert read(page(("to", 50, 100), ("gether", 60, 100))) == ["together"]


def test_a_superscript_stays_with_its_word():
    made = page(("word", 50, 100), ("12", 70, 96, 1), ("goes", 80, 100), styles=(PLAIN, SMALL))
    (one,) = lines_of(cut(made), made, 0)
    assert one.text == "word12 goes"
    assert [one.text[a:b] for a, b in one.raised] == ["12"]


def test_letters_of_a_ligature_share_their_box():
    made = page(("offer", 50, 100))
    made.boxes[1:3, 0], made.boxes[1:3, 2] = made.boxes[1, 0], made.boxes[2, 2]
    assert read(made) == ["offer"]


def test_lines_are_read_from_the_top_whatever_their_order_in_the_file():
    assert read(page(("below", 50, 112), ("above", 50, 100))) == ["above", "below"]


def two_columns(first=100.0, rows=12, left=(50, 290), right=(310, 550)):
    return [segment(*side, first + 12 * row) for row in range(rows) for side in (left, right)]


def test_the_gutter_of_two_columns_is_found():
    assert 288 < gutter(two_columns()) < 312


def test_one_column_has_no_gutter():
    assert gutter([segment(50, 550, 100 + 12 * row) for row in range(30)]) is None


def test_the_left_column_is_read_first():
    left, right = columns(two_columns())
    assert {one.left for one in left} == {50}
    assert {one.left for one in right} == {310}


def test_three_columns_are_read_from_left_to_right():
    rows = [segment(x, x + 150, 100 + 12 * row) for row in range(15) for x in (50, 220, 390)]
    assert [column[0].left for column in columns(rows)] == [50, 220, 390]


def test_a_title_over_both_columns_is_read_before_them():
    read_first, *_ = columns([*two_columns(), segment(50, 550, 60), segment(50, 200, 74)])
    assert [one.base for one in read_first] == [60, 74]


def test_a_table_over_both_columns_parts_what_is_above_from_what_is_below():
    parts = columns([*two_columns(100), segment(50, 550, 260), *two_columns(300)])
    assert [(part[0].left, part[0].base) for part in parts] == [
        (50, 100), (310, 100), (50, 260), (50, 300), (310, 300),
    ]  # fmt: skip


def test_a_page_with_few_lines_has_the_gutter_of_the_others():
    known = common_gutters([two_columns(), two_columns()])
    few = [segment(50, 290, 100), segment(310, 550, 101), segment(50, 290, 112)]
    assert [len(column) for column in columns(few, known)] == [2, 1]


def pages_with(head, count=5):
    made = []
    for number in range(count):
        word = chr(ord("a") + number) * 9
        body = [(f"words that fill the line of {word}", 50, 120 + 12 * n) for n in range(50)]
        made.append(page((head.format(number + 1), 50, 40), *body))
    return made


@pytest.mark.parametrize("head", ["Journal of Tests {}", "{}", "https://tests.example/{}"])
def test_a_line_above_the_text_of_every_page_is_a_running_head(head):
    pages = pages_with(head)
    assert running_heads(pages, [cut(one) for one in pages]) == [{0}] * 5


def test_a_line_above_the_text_of_one_page_is_none():
    pages = pages_with("Journal of Tests {}")
    pages[2] = page(
        ("An unusual first line", 50, 40), *[("text", 50, 120 + 12 * n) for n in range(50)]
    )
    assert running_heads(pages, [cut(one) for one in pages])[2] == set()


def texts(made):
    return [" ".join(one.text for one in group) for group in paragraphs(made, MEASURES)]


def test_lines_at_the_usual_distance_are_one_paragraph():
    assert len(texts(lines("One line of it", "and the next line"))) == 1


def test_a_wider_gap_begins_a_paragraph():
    made = [line("One paragraph ends here."), line("another begins", base=120)]
    assert len(texts(made)) == 2


def test_a_line_that_is_set_in_begins_a_paragraph():
    made = lines("the end of one.", "Here is another", "which goes on")
    made[1].left = 62.0
    assert texts(made) == ["the end of one.", "Here is another which goes on"]


def test_the_further_lines_of_an_entry_are_set_in():
    made = lines("1. Entry one", "goes on here", "2. Entry two", "goes on there")
    made[1].left = made[3].left = 62.0
    assert texts(made) == ["1. Entry one goes on here", "2. Entry two goes on there"]


def test_a_short_last_line_ends_a_paragraph():
    made = lines("A sentence that fills", "its last line not.", "The next paragraph")
    made[1].right = 150.0
    assert texts(made) == ["A sentence that fills its last line not.", "The next paragraph"]


def test_a_line_in_another_column_begins_a_paragraph():
    made = lines("one column", "the next")
    made[1].column = 1
    assert len(texts(made)) == 2
