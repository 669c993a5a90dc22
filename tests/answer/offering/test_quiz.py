"""A quiz item is a question of the bank, the sentence that answers it, and three that do not."""

from dataclasses import replace
from random import Random

import pytest

from answer.offering.quiz import quiz_item, quiz_questions
from bank.questions import BANK, KnownQuestion, read_bank
from corpus.sources import read_corpus
from ingest.pipeline import ingest_file
from ui.settings import CORPUS


@pytest.fixture(scope="module")
def documents():
    return {
        source.doc_id: ingest_file(source.doc_id, source.path)
        for source in read_corpus(CORPUS).sources
    }


@pytest.fixture(scope="module")
def known(documents):
    return quiz_questions(read_bank(CORPUS / BANK, documents))


def test_every_option_is_a_whole_sentence_cut_from_its_document(known, documents):
    for one in known[:40]:
        item = quiz_item(one, documents, Random(1))
        assert len(item.options) == 4
        assert len({(option.doc_id, option.span) for option in item.options}) == 4
        for option in item.options:
            assert option.quote == documents[option.doc_id].quote(option.span)


def test_exactly_one_option_is_evidence_and_it_is_not_always_the_same_place(known, documents):
    places, random = set(), Random(2)
    for one in known[:40]:
        item = quiz_item(one, documents, random)
        accepted = {sentence.span for sentence in (*one.evidence, *one.helpful)}
        assert item.options[item.right].span == one.evidence[0].span
        wrong = [option for at, option in enumerate(item.options) if at != item.right]
        assert not accepted & {
            option.span for option in wrong if option.doc_id == one.evidence[0].doc_id
        }
        places.add(item.right)
    assert len(places) > 1


def test_the_same_seed_gives_the_same_item(known, documents):
    assert quiz_item(known[0], documents, Random(3)) == quiz_item(known[0], documents, Random(3))


def test_no_two_questions_of_a_quiz_have_the_same_answer(known):
    answers = [(one.evidence[0].doc_id, one.evidence[0].span) for one in known]
    assert len(answers) == len(set(answers)) > 20


def test_a_document_with_too_few_sentences_gives_no_item(known, documents):
    document = documents[known[0].evidence[0].doc_id]
    small = replace(document, sentences=known[0].evidence)
    assert quiz_item(known[0], {document.doc_id: small}, Random(4)) is None


def test_key_words_and_questions_of_patients_are_no_quiz(known, documents):
    sentence = known[0].evidence[0]

    def asked(question, voice="educator"):
        return KnownQuestion(question, "fact", voice, (), ((sentence,),), (), "bank")

    assert quiz_questions([asked("tumour size?"), asked("How big was it?", "patient")]) == ()
