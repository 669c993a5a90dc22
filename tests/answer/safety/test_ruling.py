"""Which quotes are shown, and which must be shown beside them, on a library of toy documents."""

import pytest

from answer.choosing.select import Scored

DEADLY_STATIN = (
    "Rarely, they cause severe muscle damage. This can lead to kidney failure and death."
)
MILD_STATIN = "Side effects of these drugs can include headache, nausea and muscle pain."
DEADLY_WARFARIN = "Bleeding inside the skull can be fatal."
UNHARMED = "Warfarin was tolerated without adverse effects."
BRUISED = "The course was complicated by bruising of grade 1."
GIVEN = "A 70-year-old woman received warfarin 5 mg daily in May 2020."
SAFE = "Long treatment is likely to be safe."


@pytest.mark.parametrize(
    "question",
    ["side effects of Lipitor", "How dangerous is atorvastatin?", "can statins kill you"],
)
def test_whoever_asks_for_risks_is_shown_the_gravest_first_and_then_the_common(shown, question):
    assert shown(question, [MILD_STATIN]) == [DEADLY_STATIN, MILD_STATIN]


@pytest.mark.parametrize(
    "question",
    [
        "side efects of statins",
        "complicatons of statins",
        "how dangrous are statins",
        "statin toxicty",
    ],
)
def test_whoever_misspells_the_risks_is_shown_the_gravest_too(shown, question):
    assert shown(question, [MILD_STATIN]) == [DEADLY_STATIN, MILD_STATIN]


@pytest.mark.parametrize(
    ("history", "question"),
    [
        (["What are the side effects of warfarin?"], "What about statins?"),
        (["Is warfarin dangerous?"], "And with Lipitor?"),
        (["Is warfarin safe?", "and Lipitor?"], "ok, and simvastatin"),
        (["How often is Lipitor taken?"], "And the risks?"),
        (["When was Lipitor approved?"], "What are its risks?"),
    ],
)
def test_whoever_goes_on_to_another_drug_still_asks_for_its_risks(shown, history, question):
    assert shown(question, [MILD_STATIN], history)[0] == DEADLY_STATIN


def test_whoever_goes_on_to_another_question_does_not_ask_for_risks_any_more(ruling):
    assert not ruling("And who makes it?", [], ["Is warfarin dangerous?"]).puts_in_order


def test_grave_harm_is_an_answer_even_if_nothing_was_chosen(shown):
    assert shown("What are the risks of statins?") == [DEADLY_STATIN, MILD_STATIN]


def test_a_question_under_a_condition_is_not_answered_by_harm_in_general(shown):
    assert shown("Are statins safe in pregnancy?") == []


def test_the_harm_of_another_treatment_is_never_shown(shown):
    quotes = shown("What are the side effects of warfarin?", [MILD_STATIN, "Other side effects"])
    assert quotes[0] == DEADLY_WARFARIN
    assert MILD_STATIN not in quotes


def test_a_treatment_of_which_no_harm_is_known_gets_none_of_another(shown):
    assert shown("What are the side effects of aspirin?", [MILD_STATIN]) == []


def test_an_absolute_claim_is_followed_by_what_the_record_says(shown):
    assert shown("Who took it for years?", [UNHARMED]) == [UNHARMED, BRUISED]


def test_a_sentence_for_safety_is_followed_by_the_risk_that_remains(shown):
    quotes = shown("Who wrote about it?", [SAFE])
    assert quotes[0] == SAFE
    assert quotes[1].startswith("There could be a risk")


def test_a_sentence_for_stopping_is_followed_by_the_doubt(shown):
    quotes = shown("What is usual?", ["Warfarin is usually stopped"])
    assert quotes[1].startswith("It is unclear when")


def test_what_qualifies_a_claim_is_right_after_it_though_chosen_for_a_later_place(shown):
    claim, other, counter = (
        "Warfarin is usually stopped",
        "Warfarin (Coumadin) keeps",
        "It is unclear",
    )
    quotes = shown("What is usual?", [claim, other, counter])
    assert [quote.split(" ")[0] for quote in quotes] == ["Warfarin", "It", "Warfarin"]


def test_a_counter_is_not_shown_twice(shown):
    quotes = shown("What is usual?", ["Warfarin is usually stopped", "It is unclear when"])
    assert len(quotes) == 2


def test_whoever_asks_whether_to_stop_is_shown_the_doubt_in_any_case(shown):
    assert shown("When is warfarin stopped?")[0].startswith("It is unclear when")


@pytest.mark.parametrize("chosen", [UNHARMED, GIVEN, SAFE, "No further clots"])
def test_beside_a_personal_notice_nothing_of_one_patient_or_safe_is_shown(shown, chosen):
    assert shown("Should I take warfarin?", [chosen]) == []


def test_what_is_general_is_shown_beside_a_personal_notice(shown):
    chosen = "Warfarin (Coumadin) keeps"
    assert len(shown("Should I take warfarin?", [chosen])) == 1


def test_the_dose_of_another_drug_is_never_an_answer(shown):
    assert shown("What is the dose of warfarin?", ["This drug is taken once daily"]) == []
    assert len(shown("What is the dose of Lipitor?", ["This drug is taken once daily"])) == 1


@pytest.mark.parametrize(
    ("question", "n_left"),
    [("dose of rosuvastatin", 0), ("dose of atorvastatin", 1), ("When do shops open?", 0)],
)
def test_the_closest_hold_no_dose_but_of_the_drug_asked_for(ruling, question, n_left):
    made = ruling(question, ["This drug is taken once daily"])
    assert len(made.related(made.allowed)) == n_left


def test_what_happened_to_the_patient_is_answered_by_the_record(shown):
    quotes = shown("Did she have any side effects from warfarin?", [UNHARMED])
    assert quotes == [BRUISED, UNHARMED]


def test_a_sentence_is_quoted_once_though_another_comes_with_it(shown):
    before, after = "It is unclear when it should", "That is not known of others."
    quotes = shown("What is usual?", [after, before])
    assert sum(quote.count("unclear when") for quote in quotes) == 1
    quotes = shown("What is usual?", [before, after])
    assert [quote.count("not known of others") for quote in quotes].count(1) == 1


def test_what_another_treatment_is_does_not_say_what_this_one_is(shown):
    chosen = ["Warfarin (Coumadin) keeps", "Atorvastatin (Lipitor) lowers"]
    quotes = shown("What is Lipitor?", chosen, history=["What is Coumadin?"])
    assert quotes == ["Atorvastatin (Lipitor) lowers cholesterol."]


def test_a_sentence_about_this_drug_is_no_answer_for_another(shown):
    assert shown("Who makes warfarin?", ["This drug is taken once daily"]) == []


def test_one_of_two_ways_to_give_a_drug_comes_with_the_other(shown):
    quotes = shown("How is warfarin given?", ["It can also be injected"])
    assert quotes == ["This drug is taken once a day, usually 5 mg. It can also be injected."]


def test_safe_in_general_is_no_answer_under_a_condition(shown):
    assert shown("Is long treatment safe in pregnancy?", [SAFE]) == []


def test_a_sure_answer_stays_before_the_harm_that_is_added(shown):
    sure = "Warfarin (Coumadin) keeps"
    quotes = shown("What is the danger that warfarin averts?", [sure])
    assert quotes[0].startswith(sure)
    assert DEADLY_WARFARIN in quotes[1:]


def test_whoever_asks_for_the_common_effects_gets_them_first_and_then_the_gravest(shown):
    assert shown("common side effects of statins", [MILD_STATIN]) == [MILD_STATIN, DEADLY_STATIN]


def test_whoever_asks_how_a_drug_is_given_is_shown_that_before_what_it_is(shown):
    dose = "This drug is taken once daily"
    what = "Atorvastatin (Lipitor) lowers cholesterol"
    for chosen in ([what, dose], [dose, what]):
        quotes = shown("How is Lipitor given?", chosen)
        assert [quote.startswith(dose) for quote in quotes] == [True, False]


def test_the_dose_of_this_drug_is_an_answer_though_the_reader_is_unsure(ruling):
    for question, n_shown in [("How often is Lipitor taken?", 1), ("Lipitor dose in children", 0)]:
        made = ruling(question, ["This drug is taken once daily"])
        unsure = [Scored(scored.unit, 0.3) for scored in made.allowed]
        assert len(made.completed([], unsure)) == n_shown


def test_what_another_drug_is_approved_for_is_no_answer(shown):
    chosen = ["Rosuvastatin is another", "Warfarin (Coumadin) keeps"]
    assert shown("Is warfarin approved for clots?", chosen) == [
        "Warfarin (Coumadin) keeps the blood from clotting."
    ]


DEFINED, DOSED = "Warfarin (Coumadin) keeps", "This drug is taken once a day"


@pytest.mark.parametrize(
    ("question", "history", "first"),
    [
        ("and how often is it given?", ["What is Coumadin?"], DOSED),
        ("How often is Coumadin given?", [], DOSED),
        ("and what is that?", ["What is Coumadin?"], DEFINED),
    ],
)
def test_how_it_is_given_is_not_answered_by_what_it_is(library, ruling, question, history, first):
    made = ruling(question, [DEFINED, DOSED], history)
    quoted = made.completed(made.allowed[:1])[0].unit
    assert library.documents[quoted.doc_id].quote(quoted.span).startswith(first)


@pytest.mark.parametrize(
    ("question", "n_shown"),
    [
        ("Is rosuvastatin approved?", 1),
        ("When was rosuvastatin approved?", 0),
        ("Is rosuvastatin recommended?", 0),
        ("Is aspirin approved?", 0),
        ("Is it approved?", 0),
    ],
)
def test_whether_a_treatment_is_approved_is_answered_though_the_reader_is_unsure(
    ruling, question, n_shown
):
    made = ruling(question, ["Rosuvastatin is another one, approved"])
    assert len(made.completed([], [Scored(s.unit, 0.2) for s in made.allowed])) == n_shown


def test_only_an_answer_about_harm_has_an_order_even_if_nothing_is_added(ruling):
    assert ruling("What are the side effects of statins?").puts_in_order
    assert not ruling("Who makes statins?").puts_in_order


@pytest.mark.parametrize(("question", "n_shown"), [("statin dose", 2), ("Lipitor dose", 1)])
def test_the_dose_of_a_kind_of_drugs_is_that_of_each(ruling, question, n_shown):
    made = ruling(question, ["This drug is taken once daily", "It is given every night"])
    assert len(made.allowed) == n_shown
    assert len(made.completed([], [Scored(s.unit, 0.3) for s in made.allowed])) == n_shown


def test_harm_that_was_not_seen_any_more_is_not_the_gravest(shown):
    chosen = ["Fatal bleeding on warfarin"]
    assert shown("Is warfarin risky?", [DEADLY_WARFARIN, *chosen])[0] == DEADLY_WARFARIN
    assert shown("Does warfarin kill people?", chosen)[0].startswith(chosen[0])


def test_what_something_is_comes_without_later_claims(shown):
    chosen = ["Warfarin (Coumadin) keeps", SAFE]
    assert len(shown("What is warfarin?", chosen)) == 1
    assert SAFE in shown("Who wrote about warfarin?", chosen)
