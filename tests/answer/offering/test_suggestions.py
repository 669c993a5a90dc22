"""Suggestions are questions that a bank offers, in an audience's voice or in everybody's."""

from answer.offering.suggestions import N_SUGGESTIONS, follow_ups, suggestions
from answer.quotes import cite
from bank.questions import KnownQuestion


def known(question, sentence, voice="patient", kind="fact"):
    return KnownQuestion(question, kind, voice, (), ((sentence,),), (), "bank")


def test_they_are_the_first_ones_in_the_voice_of_the_audience(document):
    offered = [
        known(f"{voice} {number}?", document.sentences[0], voice=voice)
        for voice in ("clinician", "patient")
        for number in range(N_SUGGESTIONS + 1)
    ]
    assert suggestions(offered, "patient") == tuple(f"patient {n}?" for n in range(N_SUGGESTIONS))


def test_for_nobody_in_particular_the_voices_take_turns(document):
    one = document.sentences[0]
    said = [("A?", "clinician"), ("B?", "clinician"), ("C?", "patient"), ("D?", "educator")]
    offered = [known(question, one, voice=voice) for question, voice in said]
    assert suggestions(offered, None) == ("A?", "C?", "D?", "B?")


def test_without_offered_questions_there_are_none():
    assert suggestions([], "patient") == suggestions([], None) == ()
    assert follow_ups([], None, [], ()) == ()


def test_what_is_asked_next_is_answered_nearest_to_a_quote(document):
    near, quoted, far = document.sentences[1], document.sentences[2], document.sentences[-1]
    offered = [
        known("Which unwanted effects can this medicine have?", far),
        known("Has this been asked and answered before?", near),
        known("How often is this drug given to people?", near),
        known("How is it given to people in the clinic?", quoted),
        known("What else is near?", near),
    ]
    asked = ["Has this been asked and answered before?"]
    quote = cite(document, quoted.span, 0.9)
    expected = (
        "How often is this drug given to people?",
        "Which unwanted effects can this medicine have?",
    )
    assert follow_ups(offered, "patient", [quote], asked) == expected
    assert follow_ups(offered, None, [quote], asked) == expected
    assert follow_ups(offered, "patient", [], asked) == ()
    assert follow_ups(offered, "clinician", [quote], asked) == ()
