"""A question is checked, and read after those it leans on."""

import pytest

from answer.asking.question import MAX_CHARS, understand
from answer.errors import QuestionError


@pytest.mark.parametrize("question", ["", " ", "\n\t", "\x00\x07", "\u200b", "\u202e\u2066"])
def test_an_empty_question_is_refused(question):
    with pytest.raises(QuestionError, match="type a question"):
        understand(question)


def test_a_question_of_ten_thousand_characters_is_refused_with_what_to_do():
    with pytest.raises(QuestionError, match=r"10000 characters, .*sentence or two"):
        understand("a" * 10_000)
    assert understand("a" * MAX_CHARS).text


@pytest.mark.parametrize("question", ["?!", "🤒🤒🤒", "<>", "…"])
def test_a_question_without_letter_or_digit_is_refused(question):
    with pytest.raises(QuestionError, match="ask in words"):
        understand(question)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  what\tis\x00 it \n", "what is it"),
        ("is it safe 🤒?", "is it safe 🤒?"),
        ("<b>dose</b>", "<b>dose</b>"),
        ("Was ist das?", "Was ist das?"),
    ],
)
def test_control_characters_go_and_everything_else_stays(typed, read):
    assert understand(typed).asked == read


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("<p>Is it <b>safe</b>?</p>", "Is it safe ?"),
        ("<style>p {color: red}</style>Who <!-- a note -->wrote it?", "Who wrote it?"),
        ("is 3 < 4 and 5 > 4?", "is 3 < 4 and 5 > 4?"),
        ("<b></b><safe>", "<b></b><safe>"),
    ],
)
def test_tags_are_not_searched_for_unless_there_is_nothing_else(typed, searched):
    query = understand(typed)
    assert (query.asked, query.text) == (typed, searched)


def test_a_long_message_is_searched_for_by_what_it_asks():
    story = "My aunt fell ill in spring and we drove to the clinic by the lake. " * 6
    query = understand(f"{story}Does the drip hurt? She likes the nurses there.")
    assert query.text == "Does the drip hurt?"
    assert query.asked.startswith("My aunt")
    assert understand(story).text == story.strip()


@pytest.mark.parametrize(
    "question", ["and how often is it given?", "why?", "what about the lungs?"]
)
def test_a_question_that_leans_back_is_read_after_the_one_before_it(question):
    assert understand(question, ["What is pembrolizumab used for in sarcoma?"]).text == (
        f"What is pembrolizumab used for in sarcoma? {question}"
    )


def test_a_chain_of_questions_is_followed_back_to_the_one_that_stands_alone():
    history = [
        "Unrelated earlier question about nothing here.",
        "Who makes the drug atezolizumab now?",
    ]
    assert understand("and why?", [*history, "is it safe?"]).text == (
        "Who makes the drug atezolizumab now? is it safe? and why?"
    )


def test_a_question_that_stands_alone_is_read_alone():
    question = "Which chemotherapy was administered in August 2017?"
    assert understand(question, ["What is UPS?"]).text == question


def test_spelling_is_mended_in_what_is_searched_for_but_not_in_what_was_asked():
    query = understand("keytrooda dose", correct=lambda text: text.replace("oo", "u"))
    assert (query.asked, query.text) == ("keytrooda dose", "keytruda dose")


def test_a_follow_up_keeps_the_questions_before_it_apart():
    query = understand("And how often?", ["What is pembrolizumab?"])
    assert query.turns == ("What is pembrolizumab?", "And how often?")
    assert query.text == "What is pembrolizumab? And how often?"
