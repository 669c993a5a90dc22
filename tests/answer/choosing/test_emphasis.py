"""The words of a quote that answer stand in it, and are never most of it."""

import pytest

from answer.choosing.emphasis import emphases
from answer.errors import CitationError
from answer.quotes import cite
from ingest.document import Span
from ingest.units import Unit

GIVEN = "The drug is given every 3 weeks [1, 3-4]."


def found(document, text, words, asked="Tell me about the drug."):
    row, sentence = next((n, s) for n, s in enumerate(document.sentences) if s.text == text)
    quoted = {Unit("drug", sentence.span)}
    return sentence, emphases(asked, {row: words}, document.sentences, quoted)


def test_what_is_not_quoted_has_none(document):
    row = next(n for n, s in enumerate(document.sentences) if s.text == GIVEN)
    start = GIVEN.index("every 3 weeks")
    assert emphases("When?", {row: (start, start + 13)}, document.sentences, set()) == {}


def test_they_are_given_as_offsets_into_the_document(document):
    start = GIVEN.index("every 3 weeks")
    sentence, words = found(document, GIVEN, (start, start + len("every 3 weeks")))
    span = words[Unit("drug", sentence.span)]
    assert document.quote(span) == "every 3 weeks"
    assert cite(document, sentence.span, 0.9, span).emphasis == span


def test_a_sentence_of_which_they_are_most_has_none(document):
    assert found(document, GIVEN, (0, len(GIVEN) - 2))[1] == {}


def test_an_item_of_a_list_has_none(document):
    assert found(document, "back pain", (0, 4))[1] == {}


@pytest.mark.parametrize(("words", "is_listed"), [("3 weeks [1", True), ("4]", False)])
def test_a_member_of_an_enumeration_has_none(document, words, is_listed):
    start = GIVEN.index(words)
    assert bool(found(document, GIVEN, (start, start + len(words)))[1]) != is_listed


def test_a_sentence_in_which_the_reader_sees_none_has_none(document):
    assert found(document, GIVEN, None)[1] == {}


def test_words_outside_the_quote_are_refused(document):
    sentence, _ = found(document, GIVEN, None)
    with pytest.raises(CitationError):
        cite(document, sentence.span, 0.9, Span(sentence.span.end, sentence.span.end + 3))


@pytest.mark.parametrize("asked", ["How often is it given?", "How many weeks are between two?"])
@pytest.mark.parametrize(("words", "is_number"), [("every 3 weeks", True), ("The drug", False)])
def test_where_a_number_is_asked_for_nothing_else_is_emphasised(document, asked, words, is_number):
    start = GIVEN.index(words)
    assert bool(found(document, GIVEN, (start, start + len(words)), asked)[1]) == is_number
