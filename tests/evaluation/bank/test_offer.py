"""What is offered is clear without context, well spelt, and answered as the bank says."""

from dataclasses import replace

import pytest

from answer.asking.spelling import Speller
from answer.mining.mined import mine
from answer.quotes import Notice
from bank.questions import KnownQuestion
from evaluation.bank.clear import is_clear
from evaluation.bank.offer import PER_SECTION, is_answered_as_known, offers
from tests.toys import ToyEncoder

REPLIES = {"lamp": [("lamps", "Oil lamps", 0.9)], "kite": [("kites", "A kite has", 0.9)]}


class Words:
    """A tokenizer that has every word of a few questions."""

    def tokens(self, text):
        return replace(ToyEncoder().tokens(text), ids=(1,) if text != "keytrooda" else (1, 2))


@pytest.fixture
def clear(documents):
    speller = Speller(mine(documents.values()), Words())
    return lambda question: is_clear(question, speller)


@pytest.fixture
def ask(make_answerer):
    return make_answerer(REPLIES).answer


@pytest.mark.parametrize(
    "question",
    [
        "Is Keytruda approved for soft tissue sarcoma?",
        "What is an infusion reaction?",
        "What's an infusion reaction?",
    ],
)
def test_a_whole_question_about_what_it_names_is_clear(clear, question):
    assert clear(question)


@pytest.mark.parametrize(
    "question",
    [
        "Why didn't he take a pause when he was doing so well?",
        "What was the indication for the patient's implant?",
        "How long did it take in sarcoma?",
        "Is the drug approved for sarcoma?",
        "Does keytrooda help people with sarcoma?",
        "And how often is Keytruda given?",
        "keytruda dose and interval?",
        "How often is Keytruda given",
        "Can I take Keytruda at home?",
        "What now?",
    ],
)
def test_what_needs_context_or_has_a_slip_is_not(clear, question):
    assert not clear(question)


def known(documents, doc_id, question, voice="patient", **more):
    beginning = REPLIES[doc_id.removesuffix("s")][0][1]
    sentence = next(s for s in documents[doc_id].sentences if s.text.startswith(beginning))
    facts = {"kind": "fact", "history": (), "required": ((sentence,),), "helpful": ()}
    return KnownQuestion(question, voice=voice, origin="bank", **facts | more)


def test_an_answer_with_the_evidence_and_no_notice_is_as_known(documents, ask):
    one = known(documents, "lamps", "lamp?")
    assert is_answered_as_known(one, ask("lamp?"))
    assert not is_answered_as_known(one, ask("kite?"))
    assert not is_answered_as_known(one, ask("unknown?"))
    noticed = replace(ask("lamp?"), notices=(Notice("emergency", "Call someone."),))
    assert not is_answered_as_known(one, noticed)


def test_sections_take_turns_and_what_is_not_answered_is_left_out(documents, ask):
    bank = [
        *(known(documents, "lamps", f"lamp {n}?") for n in range(PER_SECTION + 2)),
        known(documents, "kites", "kite?"),
        known(documents, "kites", "lamp, not kite, nor unclear?"),
        known(documents, "lamps", "unanswered?"),
        known(documents, "lamps", "lamp, for teachers?", voice="educator"),
        known(documents, "lamps", "lamp, then?", history=("kite?",)),
    ]
    offered = offers(bank, ask, lambda question: "unclear" not in question)
    assert offered == {
        "clinician": [],
        "patient": ["lamp 0?", "kite?", "lamp 1?"],
        "educator": ["lamp, for teachers?"],
    }
