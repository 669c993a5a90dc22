"""A sheet is the questions that have quotes, tied to the files that the quotes come from."""

from dataclasses import replace
from html import unescape

import pytest

from ui.html.sheet import (
    CHANGED,
    MOST,
    edition,
    on_sheet,
    sheet_actions_html,
    sheet_file,
    sheet_html,
)
from ui.turns import take_turn


@pytest.fixture
def turns(answerer):
    asked = []
    for question in ("radiation", "unknown", "crash", "side effects"):
        asked.append(take_turn(answerer, question, asked))
    return asked


def test_only_questions_with_quotes_are_on_it_but_those_left_out(turns):
    assert [turn.question for turn in on_sheet(turns, [])] == ["radiation", "side effects"]
    assert [turn.question for turn in on_sheet(turns, [1])] == ["side effects"]


def test_a_long_visit_gives_its_newest_questions(answerer):
    asked = [replace(take_turn(answerer, f"Q{n}", []), number=n) for n in range(1, MOST + 3)]
    assert on_sheet(asked, [])[0].number == 3


def test_other_bytes_in_a_file_are_another_edition(answerer, make_document):
    named = edition(answerer.documents)
    assert named == edition(dict(reversed(answerer.documents.items())))
    changed = replace(answerer.documents["awkward"], sha256="1" * 64)
    assert edition({**answerer.documents, "awkward": changed}) != named


def test_it_says_what_it_was_made_from(turns, view):
    shown = sheet_html("", on_sheet(turns, []), view)
    assert f"Library {edition(view.documents)}, sheet of 1 December 2024." in shown
    for source in view.sources.values():
        assert source.sha256 in shown
    assert CHANGED not in shown


def test_a_link_from_other_files_is_told_apart(turns, view):
    assert CHANGED in sheet_html("", turns, view, linked="0" * 12)
    assert CHANGED not in sheet_html("", turns, view, linked=edition(view.documents))


def test_a_hostile_title_is_text(turns, view):
    assert "<script>" not in sheet_html("<script>", turns, view)


def test_its_link_holds_the_questions_and_the_edition(turns, view):
    actions = unescape(sheet_actions_html(on_sheet(turns, []), view))
    assert 'data-link="[["q", "radiation"], ["q", "side effects"]]"' in actions
    assert f'data-path="sheet" data-edition="{edition(view.documents)}"' in actions


def test_the_saved_sheet_holds_every_quote_and_escapes_its_title(turns, answerer):
    file = sheet_file("1. *Week*\n3", turns, answerer.sources, "abc", "ama")
    assert file.text.startswith("1\\. \\*Week\\* 3, library abc\n")
    assert file.text.count("\n> ") == 4
    assert file.name == "quotewell-sheet.md"


def test_a_sheet_shows_each_question_of_a_message_and_how_a_follow_up_was_read(answerer, view):
    asked = [take_turn(answerer, "radiation // unknown // b", [])]
    asked.append(take_turn(answerer, "and side effects", asked))
    shown = unescape(sheet_html("", asked, view))
    assert shown.count('<h3 class="qw-part">') == 3
    assert shown.count("The documents do not answer this.") == 1
    assert "Quotes 1 and 2 answer this too." in shown
    assert "Read as: “radiation // unknown // b” “and side effects”" in shown
