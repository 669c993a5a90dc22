"""What is shown beside a quote: what its pronouns stand for, and the date of its source."""

import pytest


@pytest.mark.parametrize(
    ("beginning", "antecedent"),
    [
        ("This drug is taken once daily", "Atorvastatin (Lipitor) lowers cholesterol."),
        ("This drug is taken once a day", "Warfarin (Coumadin) keeps the blood from clotting."),
        ("This can lead to kidney failure", "Rarely, they cause severe muscle damage."),
        ("Side effects of these drugs", "Side effects of statins"),
    ],
)
def test_a_pronoun_is_named_by_the_nearest_words_that_name_it(beside, beginning, antecedent):
    assert beside(beginning)[1] == antecedent


def test_sentences_that_stand_for_it_together_are_shown_together(beside):
    assert beside("It can also be injected")[1] == (
        "Warfarin (Coumadin) keeps the blood from clotting. "
        "This drug is taken once a day, usually 5 mg."
    )


@pytest.mark.parametrize(
    "beginning", ["It is important", "Warfarin was", "Rosuvastatin is", "First A"]
)
def test_a_sentence_that_names_what_it_is_about_needs_none(beside, beginning):
    assert beside(beginning)[1] is None


@pytest.mark.parametrize(
    ("beginning", "question", "is_dated"),
    [
        ("These agents are licensed", "Who wrote it?", True),
        ("It is unclear when", "Who wrote it?", False),
        ("Long treatment is likely", "What is the latest on warfarin?", True),
        ("Long treatment is likely", "What is it like?", False),
    ],
)
def test_what_may_have_changed_since_is_dated(beside, beginning, question, is_dated):
    assert beside(beginning, question)[0] == is_dated
