"""A file that crashes or hangs what draws it costs one line; the next page is drawn all the same."""

import hashlib
import io
import multiprocessing

import pytest
from PIL import Image

from ingest.errors import UnreadableFileError
from ingest.pages.drawing import Draughtsman
from tests.ingest.parsers.pdf.hostile import bomb, form_in_itself, huge_page
from tests.ingest.parsers.pdf.written import PROSE, lines, pdf

pytestmark = pytest.mark.slow


@pytest.fixture
def draughtsman():
    made = Draughtsman()
    yield made
    made.close()
    assert multiprocessing.active_children() == []


def draw(draughtsman, data, number=1, width=640):
    digest = hashlib.sha256(data).hexdigest()
    return Image.open(io.BytesIO(draughtsman.draw(data, digest, number, width)))


PAPER = pdf(lines(*PROSE), lines(*PROSE))


def test_one_process_draws_page_after_page_of_one_file_after_the_other(draughtsman):
    sizes = [draw(draughtsman, PAPER, number).size for number in (1, 2)]
    sizes.append(draw(draughtsman, pdf(lines(*PROSE), box="0 0 400 400")).size)
    assert sizes == [(640, 829), (640, 829), (640, 640)]
    assert len(multiprocessing.active_children()) == 1


def test_a_process_that_ends_is_replaced(draughtsman):
    draw(draughtsman, PAPER)
    (child,) = multiprocessing.active_children()
    child.kill()
    child.join()
    assert draw(draughtsman, PAPER).width == 640


@pytest.mark.parametrize(
    "data", [bomb(), b"%PDF-1.7 garbage", b""], ids=["bomb", "garbage", "empty"]
)
def test_what_cannot_be_drawn_is_one_line_and_the_next_is_drawn(draughtsman, data):
    with pytest.raises(UnreadableFileError, match=r"^[^\n]+; [^\n]+$"):
        draw(draughtsman, data)
    assert draw(draughtsman, PAPER).width == 640


def test_a_page_takes_no_longer_than_it_may():
    impatient = Draughtsman(wall=0)
    with pytest.raises(UnreadableFileError, match="took longer than 0 s; "):
        draw(impatient, PAPER)
    assert multiprocessing.active_children() == []


def test_a_page_as_wide_as_a_town_is_drawn_small(draughtsman):
    drawn = draw(draughtsman, huge_page())
    assert drawn.width * drawn.height <= 16_200_000


def test_a_page_as_long_as_a_road_has_no_more_pixels_than_others(draughtsman):
    drawn = draw(draughtsman, pdf(lines(*PROSE), box="0 0 100 14000"), width=2160)
    assert drawn.width * drawn.height <= 16_200_000


def test_a_figure_that_draws_itself_ends(draughtsman):
    assert draw(draughtsman, form_in_itself()).width == 640


def test_there_is_no_page_beyond_the_last(draughtsman):
    with pytest.raises(UnreadableFileError, match="has no page 3; choose one from 1 to 2"):
        draw(draughtsman, PAPER, 3)
