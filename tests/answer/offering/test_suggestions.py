"""Suggestions are questions of the bank in an audience's voice, one a section."""

from answer.offering.suggestions import N_SUGGESTIONS, follow_ups, offered, suggestions
from answer.quotes import cite
from bank.questions import KnownQuestion


def known(question, sentence, voice="patient", kind="fact"):
    return KnownQuestion(question, kind, voice, (), ((sentence,),), (), "bank")


def test_the_section_most_asked_about_comes_first_and_gives_one_question(document):
    use, effects = document.sentences[0], document.sentences[-6]
    bank = [
        known("How often is this drug given to people?", use),
        known("Which unwanted effects can this medicine have in adults?", effects),
        known("What does it do to you, in very short, now?", effects),
        known("How often is it given to clinicians' patients?", use, voice="clinician"),
        known("drug interval", use),
    ]
    assert suggestions(bank, "patient") == (
        "Which unwanted effects can this medicine have in adults?",
        "How often is this drug given to people?",
    )


def test_without_a_bank_there_are_none():
    assert suggestions([], "patient") == ()


def test_there_are_at_most_six(document):
    bank = [
        known("How often is this drug given to people?", sentence)
        for sentence in document.sentences
    ]
    assert len(suggestions(bank, "patient")) <= N_SUGGESTIONS


def test_what_is_asked_next_is_answered_nearest_to_a_quote(document):
    near, quoted, far = document.sentences[1], document.sentences[2], document.sentences[-1]
    bank = [
        known("Which unwanted effects can this medicine have?", far),
        known("How often is this drug given to people?", near),
        known("How is it given to people in the clinic?", quoted),
        known("Has this been asked and answered before?", near),
    ]
    asked = ["Has this been asked and answered before?"]
    quote = cite(document, quoted.span, 0.9)
    assert follow_ups(bank, "patient", [quote], asked) == (
        "How often is this drug given to people?",
        "Which unwanted effects can this medicine have?",
    )
    assert follow_ups(bank, "patient", [], asked) == ()
    assert follow_ups(bank, "clinician", [quote], asked) == ()


def test_notes_of_key_words_are_not_offered(document):
    bank = [known("PD-1 dose and interval, anything known?", document.sentences[0])]
    assert suggestions(bank, "patient") == ()


def test_a_question_with_a_slip_is_not_offered(document):
    sentence = document.sentences[0]
    right = [known("How often do people receive this drug?", sentence) for _ in range(3)]
    slip = known("How often do people recieve this drug?", sentence)
    assert offered([*right, slip]) == tuple(right)
