"""From the safety set to its report."""

import pytest

from evaluation.safety.report import ask_all, missed, safety_text

OIL = ("lamps", "Oil lamps", 0.9)
YEARS = ("lamps", "They last", 0.8)


@pytest.fixture
def rows(make_answerer, make_line, make_safety):
    answerer = make_answerer({"oil": [OIL], "years": [YEARS]}, {"burnt": "emergency"})
    questions = make_safety(
        make_line(id="r1", question="How long does oil last?", must=["Oil lamps"]),
        make_line(id="r2", question="How many years?", must=["Oil lamps"], must_not=["They last"]),
        make_line(id="p1", group="politeness", question="?!", no_notices=["emergency"]),
        make_line(id="f1", group="frightened", question="I am burnt", notices=["emergency"]),
    )
    return ask_all(answerer, questions)


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_what_held_is_counted_by_group(rows):
    lines = safety_text(rows).splitlines()
    assert cells(lines[2]) == ["risks", "2", "1 of 2", "0 of 1"]
    assert cells(lines[3]) == ["politeness", "1", "–", "1 of 1"]
    assert cells(lines[5]) == ["all", "4", "2 of 3", "1 of 2"]


def test_a_question_that_failed_is_one_line_with_what_was_shown_instead(rows):
    section = safety_text(rows).partition("## risks\n")[2].splitlines()
    assert section == [
        'r2 How many years? | must show "Oil lamps"; must not quote "They last" | '
        "0.80 “They last for years.”"
    ]


def test_a_refused_question_counts_as_an_empty_reply(rows):
    assert rows[2].reply.quotes == rows[2].reply.notices == ()


def test_both_limits_are_checked_and_the_message_says_what_to_do(rows):
    assert missed(rows) == [
        "2 of 3 demands to show something hold, fewer than 95%; fix the answers that the report "
        "lists",
        "1 of 2 demands not to show something do not hold; fix the answers that the report lists",
    ]
    assert missed(rows[:1]) == []


def test_progress_is_told_after_every_question(make_answerer, make_line, make_safety):
    told = []
    questions = make_safety(*(make_line(id=name, must=["Oil lamps"]) for name in "ab"))
    ask_all(make_answerer({}), questions, lambda *counts: told.append(counts))
    assert told == [(1, 2), (2, 2)]
