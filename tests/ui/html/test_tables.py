"""Rows of a table on a card: every text is a slice of the document, under the heads it belongs to."""

from datetime import date

import pytest

from answer.quotes import Answer, cite
from answer.schema import to_json
from ingest.document import Span
from ingest.pipeline import ingest_bytes
from tests.ui.conftest import source
from tests.ui.html.test_cards import Page
from ui.exports.markdown import to_markdown
from ui.exports.selection import Selection
from ui.html.cards import View, card_html
from ui.html.document import document_html
from ui.terminal.answer_text import answer_text

MARKDOWN = """# Velomab

It was studied.

Table 1. Harms & benefits of velomab.

| Harm | Drug (n = 20) | Placebo |
|------|---------------|---------|
| Grade 3 | | |
| Rash <b>x</b> | 12 (60%) | 1 |
| Nausea | | 2 |
"""


@pytest.fixture
def document():
    return ingest_bytes("velomab", ".md", MARKDOWN.encode(), "velomab.md")


@pytest.fixture
def quotes(document):
    return [cite(document, s.span, 0.9) for s in document.sentences if s.kind == "row"]


def view(document):
    known = source("velomab", "Velomab")
    return View({"velomab": document}, {"velomab": known}, "clinician", date(2026, 11, 1))


def answer(quotes):
    return Answer("Harms?", tuple(quotes), (), (), 1, 1, {"total": 1.0})


def test_a_card_shows_caption_head_group_and_row(document, quotes):
    page = Page(card_html(quotes[0], view(document), "q-1", 1))
    assert page.texts["caption"] == ["Table 1. Harms & benefits of velomab."]
    assert page.texts["th"] == ["Harm", "Drug (n = 20)", "Placebo", "Grade 3", "Rash x"]
    assert page.texts["td"] == ["12 (60%)", "1"]


def test_every_text_of_a_card_is_the_documents(document, quotes):
    for quote in quotes:
        table = to_json(answer([quote]))["quotes"][0]["table"]
        words = [table["caption"], *(row["group"] for row in table["rows"])]
        words += [cell["words"] for cells in table["heads"] for cell in cells]
        words += [cell["words"] for row in table["rows"] for cell in row["cells"]]
        held = [one for one in words if one]
        assert len(held) >= 6
        for one in held:
            assert document.text[slice(*one["span"])] == one["text"]
            assert one["text"] in "".join(
                Page(card_html(quote, view(document), "q", 1)).texts["qw-rows"]
            )


def test_the_locator_names_the_row(quotes):
    assert [quote.locator for quote in quotes] == ["Table 1, row 1", "Table 1, row 2"]


def test_rows_quoted_together_share_a_head_and_a_group(document, quotes):
    both = cite(document, Span(quotes[0].span.start, quotes[1].span.end), 0.9)
    assert list(both.table.lines()) == [
        "Table 1. Harms & benefits of velomab.", "Harm\tDrug (n = 20)\tPlacebo", "Grade 3",
        "Rash x\t12 (60%)\t1", "Nausea\t\t2",
    ]  # fmt: skip


def test_a_terminal_shows_columns_if_they_fit_and_else_a_line_for_each_cell(quotes):
    known = {"velomab": source("velomab", "Velomab")}
    wide = answer_text(answer(quotes[:1]), known, 80)
    assert "    Harm    Drug (n = 20)  Placebo\n    Grade 3\n    Rash x  12 (60%)       1\n" in wide
    narrow = answer_text(answer(quotes[:1]), known, 30)
    assert "    Grade 3\n    Harm: Rash x\n    Drug (n = 20): 12 (60%)\n    Placebo: 1\n" in narrow


def test_markdown_shows_a_table_under_its_caption(quotes):
    known = {"velomab": source("velomab", "Velomab")}
    assert (
        "> Table 1. Harms \\& benefits of velomab.\n>\n"
        "> | Harm | Drug (n = 20) | Placebo |\n> |---|---|---|\n"
        "> | Grade 3 |  |  |\n> | Rash x | 12 (60%) | 1 |\n"
    ) in to_markdown(Selection.of(answer(quotes[:1])), known)


def test_the_whole_document_holds_its_tables_character_for_character(document):
    page = Page(document_html(document))
    assert page.texts["qw-whole"] == [document.text]
    assert page.texts["qw-grid"][0].startswith("Harm\tDrug")
