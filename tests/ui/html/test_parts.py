"""The questions of a message, each with the quotes that have not been shown yet."""

import pytest

from tests.ui.conftest import FakeAnswerer
from ui.parts import (
    in_reading_order,
    said_again,
    said_read_as,
    said_searched,
    said_within,
    shown_parts,
)


def test_one_question_is_one_part_without_a_heading(answerer):
    (part,) = shown_parts(answerer.answer("Q?"))
    assert part.question == ""
    assert [number for number, _ in part.quotes] == [1, 2]


def test_a_quote_is_shown_once_and_later_parts_name_its_number(answerer):
    first, second, third = shown_parts(answerer.answer("a // b // unknown"))
    assert [number for number, _ in first.quotes] == [1, 2]
    assert (second.question, second.quotes, second.again) == ("b", (), (1, 2))
    assert (third.is_found, third.quotes, len(third.related)) == (False, (), 2)


def test_numbers_go_on_from_part_to_part(answerer):
    first, second = shown_parts(answerer.answer("a // awkward"))
    assert [number for number, _ in second.quotes][:2] == [len(first.quotes) + 1, 4]


REPORT_FIRST, GUIDE_FIRST = ["case_report", "patient_guide"], ["patient_guide", "case_report"]


@pytest.fixture
def order(answerer):
    """Return the documents of the quotes to a question, and of each part, for an audience."""

    def read(question, audience):
        answer = in_reading_order(answerer.answer(question), answerer.sources, audience)
        return [[quote.doc_id for quote in one.citations] for one in (answer, *answer.parts)]

    return read


def test_quotes_from_texts_for_patients_come_first_for_patients_only(order):
    assert order("Q?", "patient") == [GUIDE_FIRST]
    assert order("Q?", "clinician") == order("Q?", "educator") == [REPORT_FIRST]


def test_an_order_that_safety_fixed_is_kept_for_patients(order):
    assert order("danger?", "patient") == [REPORT_FIRST]


def test_each_part_has_its_own_order(order):
    assert order("danger? // b?", "patient") == [REPORT_FIRST, REPORT_FIRST, GUIDE_FIRST]
    assert order("b? // danger?", "patient") == [GUIDE_FIRST, GUIDE_FIRST, REPORT_FIRST]


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


@pytest.mark.parametrize(
    ("searched", "library", "said"),
    [
        (1, 1, "Searched: 1 document, 98 passages."),
        (4, 4, "Searched: 4 documents, 98 passages."),
        (1, 4, "Searched: 1 of 4 documents, 98 passages."),
    ],
)
def test_how_much_was_searched_is_said_in_one_way(searched, library, said):
    assert said_searched(searched, 98, library) == said


def test_what_was_chosen_is_said_and_no_number_of_passages_that_is_not_known():
    assert said_searched(0, 0, 4, "up to 2019") == "Searched: 0 of 4 documents (up to 2019)."


def test_how_a_question_was_read_is_said_in_the_visitors_words():
    assert said_read_as(["what is gout", "and the dose?"]) == (
        "Read as: “what is gout” “and the dose?”"
    )
    assert said_read_as([]) == ""


def test_what_a_question_was_limited_to_is_said_also_if_it_is_gone():
    sources = FakeAnswerer().sources
    assert said_within("", sources) == ""
    assert (
        said_within("document=awkward", sources)
        == "Searched: 1 of 4 documents (Awkward, Reuben 2024)."
    )
    assert said_within("document=gone", sources).startswith("Only some documents were searched, ")
