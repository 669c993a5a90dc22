"""Whatever the page can ever suggest is clear, well spelt and answered, with the real models."""

import pytest

from answer.asking.spelling import Speller
from answer.mining.mined import mine
from evaluation.bank.clear import is_clear
from evaluation.bank.offer import is_answered_as_known
from index.query import is_follow_up
from ui.facts import AUDIENCES

pytestmark = pytest.mark.slow


def test_every_offered_question_is_answered_with_its_evidence(real_answerer):
    assert len(real_answerer.offered) > 60
    failed = [
        known.question
        for known in real_answerer.offered
        if not is_answered_as_known(known, real_answerer.answer(known.question))
    ]
    assert failed == []


def test_every_offered_question_is_clear_without_context(real_answerer):
    speller = Speller(mine(real_answerer.documents.values()), real_answerer.retriever.encoder)
    for known in real_answerer.offered:
        assert is_clear(known.question, speller), known.question
        assert not is_follow_up(known.question)


def test_every_audience_and_nobody_in_particular_has_suggestions(real_answerer):
    offered = {known.question for known in real_answerer.offered}
    for audience in (*AUDIENCES, None):
        suggested = real_answerer.suggestions(audience)
        assert len(set(suggested)) == 6
        assert offered.issuperset(suggested)


def test_suggestions_of_an_audience_are_about_different_sections(real_answerer):
    places = {
        (known.voice, known.question): (known.evidence[0].doc_id, known.evidence[0].section)
        for known in real_answerer.offered
    }
    for audience in AUDIENCES:
        suggested = real_answerer.suggestions(audience)
        assert len({places[audience, question] for question in suggested}) >= 4
