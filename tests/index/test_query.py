"""Which questions stand alone in a conversation, and which need the one before them."""

import pytest

from index.conversation.subject import general_stems, marked
from index.query import is_follow_up, query_text, query_turns


@pytest.mark.parametrize(
    "question",
    [
        *("What is Keytruda?", "What is pembrolizumab?", "What is CAR T?", "what is xrt"),
        *("How does Tecelra work?", "afami-cel??", "PD-1", "Is UPS common?", "AIM = ?"),
        *("Metformin dose?", "side effects of colchicine", "How often is Entresto given?"),
        *("what does 7.4% refer to", "Was anyone allergic to penicillin?"),
    ],
)
def test_a_question_that_names_a_subject_stands_alone(question):
    assert not is_follow_up(question)


@pytest.mark.parametrize(
    "question",
    [
        *("and the dose?", "And in children?", "What about kidney failure?", "ok and fever?"),
        *("or by mouth?", "For how long?", "but does it hurt the kidneys?", "So, and after that?"),
    ],
)
def test_an_opening_that_continues_points_back_whatever_it_names(question):
    assert is_follow_up(question)


@pytest.mark.parametrize(
    "question",
    [
        *("Is it safe?", "is it safe in pregnancy?", "Did that drug help?", "why did it fail"),
        *("Was pembrolizumab stopped because of it?", "does the same hold for pembrolizumab?"),
        *("How was that treated with steroids?", "Has that been shown in sarcoma?"),
        *("How is that one given?", "and which one?"),
        *("Which insulin comes after that?", "Did aspirin help with it?", "what about the others?"),
    ],
)
def test_a_pointer_to_something_that_is_not_named_points_back(question):
    assert is_follow_up(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is Tecelra and how is it given?",
        "If the sarcoma shrinks, is it cured?",
        "When metformin fails, what is added to it?",
        "Is it safe to take aspirin?",
        "Is it true that sarcoma is rare?",
        "Does it hurt to have a biopsy?",
        "Is it aspirin or ibuprofen that helps?",
        "What makes it likely that a sarcoma comes back?",
        "How does gout differ from that of horses?",
        "Do those with asthma cough more?",
        "Are there vaccines that protect babies?",
        "Who found that coffee raises blood pressure?",
        "Is the rash the same in children?",
    ],
)
def test_a_pointer_to_what_the_question_names_itself_does_not_point_back(question):
    assert not is_follow_up(question)


@pytest.mark.parametrize(
    "question",
    [
        *("why?", "What is the dose?", "What are the side effects?", "How many patients?"),
        *("Who should not take it?", "did he get better?", "When was he treated", "by how much?"),
        *("How often is it given?", "what dose/schedule?", "ARE THERE SIDE EFFECTS?"),
    ],
)
def test_a_question_that_names_nothing_needs_the_one_before(question):
    assert is_follow_up(question)


def test_a_long_question_without_a_name_says_enough_to_stand_alone():
    assert not is_follow_up("How many patients in each of the two groups stopped treatment early?")


def test_a_definition_names_its_subject_whatever_that_is():
    assert not is_follow_up("What is a placebo?")
    assert not is_follow_up("define baseline")
    assert is_follow_up("What is the baseline?")


@pytest.mark.parametrize("message", ["Thank you very much!", "ok thanks", "hello there"])
def test_a_courtesy_does_not_repeat_the_question_before(message):
    assert not is_follow_up(message)


def test_general_words_are_told_by_their_stems_and_short_forms_by_capitals():
    assert {"dose", "effect", "patient"} <= general_stems()
    assert marked("Doses of COX-2 inhibitors") == " doses of § § "
    assert marked("What is MAP?") == " what is § ? "
    assert marked("WHAT IS THE DOSE?") == " what is the dose ? "
    assert marked("dose-related side-effects") == " dose-related side-effects "


@pytest.mark.parametrize("question", ["", "?", "…", "🤒", "Σ", "' - .", "a" * 4000, "it " * 1000])
def test_any_text_is_read(question):
    assert isinstance(is_follow_up(question), bool)


def test_no_more_than_two_questions_are_put_before():
    turns = query_turns("and why?", ["What is gout?", "how is it treated?", "is it safe?"])
    assert turns == ["how is it treated?", "is it safe?", "and why?"]


def test_the_previous_subject_does_not_get_into_a_question_with_its_own():
    assert query_text("What is Keytruda?", ["What is atezolizumab?"]) == "What is Keytruda?"
    assert query_text("How is it given?", ["What is atezolizumab?"]) == (
        "What is atezolizumab? How is it given?"
    )
