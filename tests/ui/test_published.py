"""How good answers are without a bank comes from the published figures, or no figure is named."""

import json

import pytest

from ui.published import NO_BANK, WORSE, no_bank


@pytest.fixture
def said(tmp_path):
    def said(content):
        path = tmp_path / "published.json"
        path.write_text(content, encoding="utf-8")
        return no_bank(path)

    return said


def measured(value):
    return {"questions": 120, "figures": {"handled": {"value": value, "low": 0.5, "high": 0.8}}}


def test_the_figure_is_that_of_other_documents_or_else_of_these_without_their_bank(said):
    here = measured(0.9)
    both = here | {"without_bank": measured(0.604), "others": measured(0.66)}
    assert "66 out of 100" in said(json.dumps(both))
    assert "60 out of 100" in said(json.dumps(here | {"without_bank": measured(0.604)}))


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", json.dumps(measured(0.9)), '{"others": {"figures": {}}}', '{"others": 1}'],
)
def test_without_a_figure_it_says_so_in_words(said, content):
    assert said(content) == f"{NO_BANK} {WORSE}"


def test_without_a_file_it_says_so_in_words(tmp_path):
    assert no_bank(tmp_path / "none.json") == f"{NO_BANK} {WORSE}"
