"""The questions of a message, each with the quotes that have not been shown yet."""

import pytest

from ui.parts import said_again, said_read_as, shown_parts


def test_one_question_is_one_part_without_a_heading(answerer):
    (part,) = shown_parts(answerer.answer("Q?"), answerer.sources)
    assert part.question == ""
    assert [number for number, _ in part.quotes] == [1, 2]


def test_a_quote_is_shown_once_and_later_parts_name_its_number(answerer):
    first, second, third = shown_parts(answerer.answer("a // b // unknown"), answerer.sources)
    assert [number for number, _ in first.quotes] == [1, 2]
    assert (second.question, second.quotes, second.again) == ("b", (), (1, 2))
    assert (third.is_found, third.quotes, len(third.related)) == (False, (), 2)


def test_numbers_go_on_from_part_to_part(answerer):
    first, second = shown_parts(answerer.answer("a // awkward"), answerer.sources)
    assert [number for number, _ in second.quotes][:2] == [len(first.quotes) + 1, 4]


def test_quotes_for_patients_come_first_for_patients(answerer):
    (part,) = shown_parts(answerer.answer("Q?"), answerer.sources, "patient")
    assert [(n, c.doc_id) for n, c in part.quotes] == [(1, "patient_guide"), (2, "case_report")]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((), ""),
        ((3,), "Quote 3 answers this too."),
        ((1, 3), "Quotes 1 and 3 answer this too."),
        ((1, 2, 4), "Quotes 1, 2 and 4 answer this too."),
    ],
)
def test_quotes_that_answer_again_are_named(numbers, said):
    assert said_again(numbers) == said


def test_how_a_question_was_read_is_said_in_the_visitors_words():
    assert said_read_as(["what is gout", "and the dose?"]) == (
        "Read as: “what is gout” “and the dose?”"
    )
    assert said_read_as([]) == ""
