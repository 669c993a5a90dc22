"""The published figures come from a file, or the page says that it has none."""

import json

import pytest

from ui.page.about import FIGURES, HOW_WELL, UNKNOWN, figures_html
from ui.published import NO_BANK, no_bank
from ui.settings import PUBLISHED


@pytest.fixture
def published(tmp_path):
    def published(content):
        path = tmp_path / "quality.json"
        path.write_text(content, encoding="utf-8")
        return figures_html(path)

    return published


def test_of_a_library_without_a_bank_it_says_so_before_the_figures(tmp_path):
    shown = figures_html(PUBLISHED, has_bank=False)
    assert shown.startswith(f"{HOW_WELL}<p>{no_bank(PUBLISHED)}</p><p>We asked it")
    assert NO_BANK not in figures_html(PUBLISHED)
    assert NO_BANK in figures_html(tmp_path / "none.json", has_bank=False)


def test_each_figure_is_shown_with_its_interval(published):
    known = {"handled": {"value": 0.823, "low": 0.78, "high": 0.861}}
    shown = published(json.dumps({"questions": 240, "figures": known}))
    assert "240 test questions on the two texts that come with it" in shown
    assert "<b>82 %</b> (78 to 86)" in shown
    assert FIGURES["handled"] in shown
    assert FIGURES["precision"] not in shown


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"questions": "<b>", "figures": {}}', '{"questions": 1, "figures": 2}'],
)
def test_of_figures_that_cannot_be_read_the_page_says_that_it_has_none(published, content):
    assert published(content) == HOW_WELL + UNKNOWN


def test_without_a_file_the_page_says_that_it_has_none(tmp_path):
    assert figures_html(tmp_path / "quality.json") == HOW_WELL + UNKNOWN


def test_the_figures_that_come_with_the_program_are_shown():
    shown = figures_html(PUBLISHED)
    assert all(words in shown for words in FIGURES.values())
