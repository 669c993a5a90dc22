"""A quote's characters, and nothing else, lie under its marks."""

import numpy as np
import pytest

from ingest.boxes import boxes_from_bytes, boxes_to_bytes
from ingest.document import Span
from ingest.errors import IngestError
from ingest.parsers.pdf.placed import make_boxes

NOWHERE = [np.nan] * 4


def row(count, left=0.1, top=0.1, width=0.01, height=0.012):
    """The boxes of characters side by side, as parts of the page."""
    return [[left + width * n, top, left + width * (n + 1), top + height] for n in range(count)]


def boxes(*edges, starts=(0,), pages=((600, 800),)):
    return make_boxes(np.array(edges), starts, pages)


def test_characters_of_one_line_are_one_mark():
    (mark,) = boxes(*row(5)).marks([Span(1, 4)])
    assert (mark.page, round(mark.left, 3), round(mark.right, 3)) == (1, 0.11, 0.14)


def test_each_line_has_its_mark():
    made = boxes(*row(3), *row(3, top=0.13))
    assert [round(mark.top, 2) for mark in made.marks([Span(0, 6)])] == [0.1, 0.13]


def test_a_space_without_a_place_does_not_part_a_line():
    made = boxes(*row(2), NOWHERE, *row(2, left=0.13))
    assert len(made.marks([Span(0, 5)])) == 1


def test_columns_of_one_height_are_marked_apart():
    assert len(boxes(*row(2), *row(2, left=0.6)).marks([Span(0, 4)])) == 2


def test_what_lies_between_two_stretches_is_not_marked():
    made = boxes(*row(2), *row(2, top=0.2), *row(2, top=0.3))
    assert [round(mark.top, 1) for mark in made.marks([Span(0, 2), Span(4, 6)])] == [0.1, 0.3]


def test_each_mark_is_on_the_page_of_its_characters():
    made = boxes(*row(2), *row(2), starts=(0, 2), pages=((600, 800), (600, 800)))
    assert [mark.page for mark in made.marks([Span(0, 4)])] == [1, 2]


def test_a_place_is_kept_to_a_hundredth_of_a_point():
    (mark,) = boxes([0.123456, 0.2, 0.3, 0.4]).marks([Span(0, 1)])
    assert mark.left * 600 == pytest.approx(0.123456 * 600, abs=0.01)


def test_a_character_without_a_place_has_no_mark():
    assert boxes(NOWHERE).marks([Span(0, 1)]) == ()


def test_boxes_come_back_as_they_were_kept():
    for one in (
        boxes(*row(3), pages=((600, 800),)),
        make_boxes(np.array(row(2)), [0], [(595.3, 842)], ["iv"]),
    ):
        assert boxes_from_bytes(boxes_to_bytes(one)) == one


@pytest.mark.parametrize("data", [b"", b"boxes 1\n", b"{}", b"[1", b"[" * 100_000])
def test_something_else_is_told_to_be_built_again(data):
    with pytest.raises(IngestError, match="run `quotewell build`"):
        boxes_from_bytes(data)


@pytest.mark.parametrize(("labels", "kept"), [
    (["271", "272"], ("271", "272")),
    (["iv", "1"], ("iv", "1")),
    (["1", "2"], ()),
    (["271"], ()),
    (["\u202ea\n" + 99 * "9", ""], ("a99999999999", "")),
])  # fmt: skip
def test_labels_are_kept_where_they_say_more_than_a_number(labels, kept):
    made = make_boxes(np.array(row(1)), [0], [(600, 800)] * 2, labels)
    assert tuple(made.labels) == tuple(one[:12] for one in kept)
