"""What can be done to a sheet, and what stays as it is."""

from dataclasses import replace

import pytest

from ingest.document import Span
from ui.sheets.link import MAX_NOTE, MAX_TITLE, MOST_QUESTIONS
from ui.sheets.sheet import (
    Sheet,
    answered_again,
    fingerprint,
    moved,
    noted,
    selection,
    titled,
    with_all,
    with_turns,
    without,
)
from ui.turns import take_turn

GUIDES = "kind=patient+information+page"


@pytest.fixture
def turns(answerer):
    asked = []
    for question in ("radiation", "unknown", "crash", "side effects", "and why?", "approved"):
        asked.append(take_turn(answerer, question, asked))
    return asked


@pytest.fixture
def sheet(turns):
    return with_turns(Sheet(), turns)


def order(sheet):
    return [entry.answer.question for entry in sheet.entries]


def test_only_questions_with_quotes_are_on_it_each_once(sheet, turns):
    assert order(sheet) == ["radiation", "side effects", "and why?", "approved"]
    assert with_turns(sheet, turns) is sheet


def test_a_long_visit_gives_its_newest_questions(answerer):
    asked = [replace(take_turn(answerer, f"Q{n}", []), number=n) for n in range(1, 16)]
    assert order(with_turns(Sheet(), asked)) == [f"Q{n}" for n in range(4, 16)]
    assert len(with_turns(Sheet(), asked).entries) == MOST_QUESTIONS


def test_the_same_words_after_another_question_are_another_question(answerer):
    asked = []
    for question in ("radiation", "and why?", "side effects", "and why?"):
        asked.append(take_turn(answerer, question, asked))
    assert order(with_turns(Sheet(), asked)) == [turn.question for turn in asked]


def test_a_question_moves_up_and_down_but_not_over_the_end(sheet):
    first, second, *_ = [entry.number for entry in sheet.entries]
    assert order(moved(sheet, second, -1))[:2] == ["side effects", "radiation"]
    assert order(moved(sheet, first, 1))[:2] == ["side effects", "radiation"]
    assert moved(sheet, first, -1) is sheet
    assert moved(sheet, sheet.entries[-1].number, 1) is sheet
    assert moved(sheet, 99, 1) is sheet
    assert moved(moved(sheet, first, 1), first, 1).position(first) == 3


def test_what_is_left_out_stays_out_until_it_is_put_back(sheet, turns):
    number = sheet.entries[0].number
    out = without(sheet, [number])
    assert order(with_turns(out, turns)) == ["side effects", "and why?", "approved"]
    back = with_all(out)
    assert order(back)[-1] == "radiation"
    assert back.left_out == ()
    assert back.position(number) == 4


def test_numbers_are_given_once(sheet, answerer):
    out = without(sheet, [sheet.entries[-1].number])
    more = with_turns(out, [take_turn(answerer, "new", [])])
    numbers = [entry.number for entry in (*more.entries, *more.left_out)]
    assert len(set(numbers)) == len(numbers) == 5


def test_titles_and_notes_have_an_end(sheet):
    assert titled(sheet, " a\n b ").title == "a b"
    assert len(titled(sheet, "x" * 999).title) == MAX_TITLE
    assert len(noted(sheet, 1, "x" * 999).entries[0].note) == MAX_NOTE
    assert noted(noted(sheet, 1, "x"), 1, " ").entries[0].note == ""


def test_an_untitled_sheet_has_a_name(sheet, answerer):
    assert selection(sheet, "abc").title == "Evidence sheet"
    assert selection(titled(sheet, "Sarcoma"), "abc").title == "Sarcoma"


def test_quotes_are_on_it_without_emphasis_and_without_notices(answerer):
    turn = take_turn(answerer, "emergency", [])
    span = turn.answer.citations[0].span
    stressed = replace(turn.answer.citations[0], emphasis=Span(span.start, span.start + 3))
    turn = replace(turn, answer=replace(turn.answer, citations=(stressed,)))
    answer = with_turns(Sheet(), [turn]).entries[0].answer
    assert answer.citations[0].emphasis is None
    assert answer.notices == ()


def test_answers_are_replaced_in_their_place(sheet, answerer):
    number = sheet.entries[1].number
    again = answered_again(noted(sheet, number, "n"), {number: answerer.answer("awkward")})
    assert order(again) == ["radiation", "awkward", "and why?", "approved"]
    assert again.entries[1].note == "n"


def test_other_bytes_in_a_file_or_another_reading_of_them_are_another_document(answerer):
    changed = replace(answerer.documents["awkward"], sha256="1" * 64)
    assert fingerprint(changed) != fingerprint(answerer.documents["awkward"])
    reread = replace(answerer.documents["awkward"], text="x")
    assert fingerprint(reread) != fingerprint(answerer.documents["awkward"])


def test_what_is_saved_says_which_quotes_are_missing(sheet, answerer):
    entry = replace(sheet.entries[0], missing=("patient_guide",))
    one, *_ = selection(replace(sheet, entries=(entry,)), "abc").quoted
    assert one.missing == ("patient_guide",)


def test_a_question_put_under_a_filter_and_then_of_everything_is_two(answerer):
    limited = take_turn(answerer, "Q?", [], within=GUIDES)
    asked = [limited, take_turn(answerer, "Q?", [limited], alone=True)]
    sheet = with_turns(Sheet(), asked)
    assert [entry.within for entry in sheet.entries] == [GUIDES, ""]
    assert with_turns(sheet, asked) is sheet
    assert [one.within for one in selection(sheet, "abc").quoted] == [GUIDES, ""]
