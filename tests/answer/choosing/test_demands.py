"""What some questions demand of their answer."""

from types import SimpleNamespace

import pytest

from answer.choosing.demands import gives_what_is_asked, has_what_is_asked
from answer.choosing.select import Scored


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What percentage of people responded?", "Of 40 patients, 12.5 % responded."),
        ("What proportion responded?", "A response was seen in 12 of 40 patients."),
        ("What proportion responded?", "A response was seen in 12/40 (no toxicity)."),
        ("What is the dose?", "It is two patches daily."),
        ("What is the dose?", "It is two teaspoonfuls daily."),
        ("What percentage responded?", "One in ten responded."),
        ("How many mg of ibuprofen are in it?", "Each tablet holds 400mg."),
        ("What dose was given?", "He was given two tablets in the morning."),
        ("Which dose of radiation was used?", "The total was 50 Gy."),
        ("Over how many minutes is it infused?", "The infusion takes half an hour."),
        ("Is aspirin approved in Europe?", "The EMA has approved it."),
        ("Is it licensed in the US?", "It is FDA-approved."),
        ("What fractionation schedule was chosen?", "Radiation was given every day."),
        ("How is it given?", "By mouth."),
        ("What can be done for us in Canada?", "Ask your nurse."),
        ("Are there guidelines for us?", "Guidelines are listed below."),
    ],
)
def test_a_quote_with_what_is_asked_for_is_an_answer(question, quote):
    assert has_what_is_asked([question], quote)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What percentage of people have them?", "Serious side effects are less common."),
        ("How many milligrams are given?", "It is given every 3 weeks."),
        ("What percentage of people have them?", "None of the trials looked at it."),
        ("What percentage of people have them?", "It was revised on 12/04/2023."),
        ("What percentage of people have them?", "It was revised in 04/2023."),
        ("How many milligrams are given?", "The tumour got 50 Gy."),
        ("How many milligrams are given?", "It lasts 3 good years."),
        ("What is the usual dose?", "Two lung nodules grew."),
        ("What is the usual dose?", "Four patients had one leg in plaster."),
        ("What is the usual dose?", "It is given into a vein every 6 weeks."),
        ("Over how many minutes is it infused?", "It is infused every 3 weeks."),
        ("Is aspirin licensed in the UK?", "It is approved by the FDA."),
        ("Is aspirin approved in the US?", "Let us say that the EMA approved it."),
    ],
)
def test_a_quote_without_it_is_none(question, quote):
    assert not has_what_is_asked([question], quote)


def test_the_place_asked_for_is_the_last_that_was_named():
    asks = ["Is aspirin approved in the US?", "And in Europe?"]
    assert not has_what_is_asked(asks, "It is FDA-approved.")
    assert has_what_is_asked([*asks, "And ibuprofen?"], "It is approved by the EMA.")


def test_a_title_may_name_the_place():
    asked, quote = "What do European guidelines recommend?", "Surgery is recommended."
    assert not has_what_is_asked([asked], quote, "Guideline")
    assert has_what_is_asked([asked], quote, "Guideline of the European society")


@pytest.mark.parametrize(
    ("place", "is_given"), [("the FDA", True), ("the UK", False), ("EMA", False)]
)
def test_an_approval_holds_where_the_publisher_is(document, place, is_given):
    quoted = [Scored(document.sentences[0], 0.9)]
    source = SimpleNamespace(title="Drug", label="Guide", container="American Drug Society")
    by_id = {document.doc_id: document}, {document.doc_id: source}
    assert gives_what_is_asked([f"Is it approved by {place}?"], quoted, *by_id) is is_given
