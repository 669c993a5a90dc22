"""The published figures come from a file, or are not there."""

import json

import pytest

from ui.page.about import FIGURES, figures_html


@pytest.fixture
def published(tmp_path):
    def published(content):
        path = tmp_path / "quality.json"
        path.write_text(content, encoding="utf-8")
        return figures_html(path)

    return published


def test_each_figure_is_shown_with_its_interval(published):
    known = {"handled": {"value": 0.823, "low": 0.78, "high": 0.861}}
    shown = published(json.dumps({"questions": 240, "figures": known}))
    assert "240 test questions" in shown
    assert "<b>82 %</b> (78 to 86)" in shown
    assert FIGURES["handled"] in shown
    assert FIGURES["precision"] not in shown


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"questions": "<b>", "figures": {}}', '{"questions": 1, "figures": 2}'],
)
def test_figures_that_cannot_be_read_are_left_out(published, content):
    assert published(content) == ""


def test_without_a_file_there_are_none(tmp_path):
    assert figures_html(tmp_path / "quality.json") == ""
