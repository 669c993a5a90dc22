"""What a question goes on with that only names something else."""

import pytest

from answer.asking.ellipsis import with_what_it_continues


@pytest.mark.parametrize(
    "question",
    ["What about aspirin?", "And with Lipitor?", "ok, and in Europe", "and for young children?"],
)
def test_a_question_that_only_names_something_goes_on_with_the_one_before(question):
    assert with_what_it_continues(["Who?", "Is it safe?", question]) == ("Is it safe?", question)


def test_several_in_a_row_go_on_with_the_first_of_them():
    said = ("Is ibuprofen safe?", "And aspirin?", "And Lipitor?")
    assert with_what_it_continues(said) == said


@pytest.mark.parametrize(
    "question",
    [
        "And is it safe?",
        "and the side effects?",
        "How is aspirin given?",
        "and how often is it given?",
    ],
)
def test_a_question_that_asks_something_does_not(question):
    assert with_what_it_continues(["What is aspirin?", question]) == (question,)


def test_the_first_question_goes_on_with_nothing():
    assert with_what_it_continues(["And aspirin?"]) == ("And aspirin?",)
