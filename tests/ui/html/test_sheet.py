"""A sheet is the questions that have quotes, tied to the files that the quotes come from."""

import re
from dataclasses import replace
from html import unescape

import pytest

from ui.html.sheet import (
    CUT_OFF,
    OTHER_VERSION,
    TOO_LONG,
    actions_html,
    entry_html,
    foot_html,
    head_html,
)
from ui.sheets.sheet import Opened, Sheet, noted, titled, with_turns
from ui.turns import take_turn


@pytest.fixture
def sheet(answerer):
    asked = []
    for question in ("radiation", "unknown", "side // unknown // b", "and side effects"):
        asked.append(take_turn(answerer, question, asked))
    return with_turns(Sheet(), asked)


def shown(sheet, view, number, *, is_edited=False):
    return unescape(entry_html(sheet.entries[number - 1], sheet, view, is_edited=is_edited))


def test_it_says_what_it_was_made_from(view):
    foot = foot_html(view)
    assert "Library version 0123456789ab, sheet of 1 December 2024." in foot
    for source in view.sources.values():
        assert source.sha256 in foot


def test_a_sheet_from_a_link_says_so_and_what_of_its_documents_is_another(sheet, view):
    assert "opened from a link" not in head_html(sheet, view)
    opened = replace(sheet, opened=Opened("x", is_other_version=False))
    assert "opened from a link" in head_html(opened, view)
    assert 'data-choice="again"' in head_html(opened, view)
    other = replace(sheet, opened=Opened("x", is_other_version=True))
    assert OTHER_VERSION in head_html(other, view)
    entry = replace(sheet.entries[0], missing=("patient_guide", "gone<b>", "gone<b>"))
    missing = replace(other, entries=(entry, *sheet.entries[1:]))
    assert OTHER_VERSION not in head_html(missing, view)
    assert "not shown: Patient guide, gone&lt;b&gt;." in head_html(missing, view)
    assert "3 quotes are not shown, from: Patient guide, gone<b>." in shown(missing, view, 1)


def test_hostile_titles_notes_and_problems_are_text(sheet, view):
    hostile = noted(titled(sheet, "<script>1"), 1, "</div><script>2")
    made = head_html(hostile, view, "<script>3") + entry_html(
        hostile.entries[0], hostile, view, is_edited=False
    )
    assert "<script>" not in made
    assert "&lt;/div&gt;&lt;script&gt;2" in made


def test_a_note_says_that_it_is_not_from_the_sources(sheet, view):
    made = shown(noted(sheet, 1, "Read\nthis"), view, 1)
    assert made.index("not from the sources:</p>") < made.index("Read\nthis") < made.index("<li")
    assert "Edit the note" in made
    assert "Add a note" in shown(sheet, view, 1)
    assert "Close the note" in shown(sheet, view, 1, is_edited=True)


def test_the_first_question_cannot_go_up_nor_the_last_down(sheet, view):
    first, last = shown(sheet, view, 1), shown(sheet, view, 3)
    assert 'aria-describedby="sheet-1-question" data-choice="up 1" disabled>' in first
    assert 'data-choice="down 1">' in first
    assert 'data-choice="up 3">' in last
    assert 'data-choice="down 3" disabled>' in last
    assert 'role="group" aria-label="Question 3 of 3"' in last


def test_it_is_saved_in_every_format_and_linked_if_it_fits(sheet, view):
    actions = unescape(actions_html("abc"))
    for form in ("markdown", "ris", "bibtex", "csl"):
        assert f'data-export="{form}" data-turn="sheet"' in actions
    assert 'data-link="[["sheet", "abc"]]" data-path="sheet">Copy link' in actions
    assert CUT_OFF not in actions
    assert CUT_OFF in actions_html("a" * 2001)
    assert TOO_LONG in actions_html("")
    assert "data-link" not in actions_html("")


def test_each_question_of_a_message_is_shown_and_how_a_follow_up_was_read(sheet, view):
    parts = shown(sheet, view, 2)
    assert parts.count('<h3 class="qw-part">') == 3
    assert parts.count("The documents do not answer this.") == 1
    assert "Quotes 1 and 2 answer this too." in parts
    assert "Read as: “side // unknown // b” “and side effects”" in shown(sheet, view, 3)


def test_a_question_whose_quotes_are_only_not_shown_is_not_called_unanswered(sheet, view):
    entry = sheet.entries[1]
    first, *others = entry.answer.parts
    answer = replace(entry.answer, parts=(replace(first, citations=()), *others))
    missing = replace(entry, answer=answer, missing=("patient_guide",))
    made = shown(replace(sheet, entries=(missing,)), view, 1)
    assert "1 quote is not shown, from: Patient guide." in made
    assert "The documents do not answer this." not in made


def test_the_quotes_of_a_question_are_counted_on_from_part_to_part(answerer, view):
    made = shown(with_turns(Sheet(), [take_turn(answerer, "a // awkward", [])]), view, 1)
    assert re.findall('<ol class="qw-quotes"[^>]*>', made) == [
        '<ol class="qw-quotes">',
        '<ol class="qw-quotes" start="3">',
    ]


@pytest.mark.parametrize("question", ["Q?", "side // unknown"])
def test_a_question_that_was_not_asked_of_everything_says_so(answerer, view, question):
    turn = take_turn(answerer, question, [], within="kind=patient+information+page")
    made = shown(with_turns(Sheet(), [turn]), view, 1)
    assert made.count("Searched: 1 of 4 documents (patient information page).</p>") == 1


def test_nothing_is_said_of_what_was_searched_if_it_was_everything(sheet, view):
    assert "Searched" not in shown(sheet, view, 2)
