"""A question for a study gets its entry; a question that names a document is answered from it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.asking.scope import Scope
from answer.choosing.select import Scored
from answer.choosing.studies import with_studies
from corpus.sources import Source
from ingest.units import Unit


def unit(document, start):
    return Unit("drug", next(s.span for s in document.sentences if s.text.startswith(start)))


def texts(document, scored):
    return [document.quote(s.unit.span) for s in scored]


def shown(document, question, chosen, scored=()):
    quotes = with_studies(question, chosen, scored, {"drug": document})
    return [text[:9] for text in texts(document, quotes)]


@pytest.mark.parametrize(
    "question",
    [
        "Which study supports this interval?",
        "reference for every 3 weeks",
        "who showed that it is given so?",
    ],
)
def test_the_entries_a_quote_cites_follow_it_when_the_question_asks_for_the_study(
    document, question
):
    quote = Scored(unit(document, "The drug"), 0.9)
    assert shown(document, question, [quote]) == [
        "The drug ",
        "First A. ",
        "Third C. ",
        "Fourth D.",
    ]


def test_they_do_not_when_it_asks_for_something_else(document):
    quote = Scored(unit(document, "The drug"), 0.9)
    assert shown(document, "How often is it given?", [quote]) == ["The drug "]


def test_an_entry_is_followed_by_the_likeliest_sentence_that_cites_it(document):
    entry = Scored(unit(document, "Third"), 0.8)
    for probability, expected in [(0.3, ["Third C. ", "The drug "]), (0.05, ["Third C. "])]:
        citing = Scored(unit(document, "The drug"), probability)
        assert shown(document, "which trial is that?", [entry], [entry, citing]) == expected


def test_nothing_found_stays_nothing(document):
    assert with_studies("which study?", [], [], {"drug": document}) == []


def source(doc_id, label, container, tmp_path):
    empty = {
        "evidence": "",
        "rights": "",
        "authors": (),
        "issued": "",
        "revised": "",
        "doi": "",
        "url": "",
    }
    return Source(
        doc_id,
        tmp_path,
        "",
        f"Title of {doc_id}",
        label,
        "patient",
        container=container,
        csl={"custom": {"label": label}},
        **empty,
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What does the patient guide say about fever?", ("guide",)),
        ("fever according to the guide", ("guide",)),
        ("Is fever in this case report?", ("report",)),
        ("What does the Cancer Society say?", ("guide",)),
        ("What is fever?", None),
        ("Is fever in the case report or in the guide?", None),
        ("Does the report agree with the patient guide?", None),
        ("Did they report fever?", None),
    ],
)
def test_a_question_that_names_one_document_is_answered_from_it(tmp_path, question, expected):
    scope = Scope(
        [
            source("report", "Case report, Roe 2020", "Journal of Cases", tmp_path),
            source("guide", "Patient guide, Cancer Society", "Cancer Society", tmp_path),
        ]
    )
    assert scope.documents(question) == expected


def test_a_name_that_two_documents_have_names_neither(tmp_path):
    labels = {"a": "Case report, Roe 2020", "b": "Case report, Doe 2021", "c": "Guide (2nd ed.)"}
    scope = Scope([source(doc_id, label, "Lancet", tmp_path) for doc_id, label in labels.items()])
    assert scope.documents("Is fever in the case report?") is None
    assert scope.documents("Is fever in the report?") is None
    assert scope.documents("What does the Lancet say?") is None
    assert scope.documents("What does Title of b say?") == ("b",)
    assert scope.documents("fever according to the guide (2nd ed.)") == ("c",)


def test_a_label_without_words_names_nothing(tmp_path):
    scope = Scope([source(doc_id, ", 2020", "", tmp_path) for doc_id in "ab"])
    assert scope.documents("in the 2020") is None
    assert scope.documents("in title of a") == ("a",)


NAMES = st.lists(st.sampled_from(["a", "b", "a b", "the a", "b c", "c"]), min_size=2, max_size=4)
WORDS = st.lists(st.sampled_from(["in", "of", "the", "this", "what", "does", "a", "b", "c", "A,"]))


@given(NAMES, WORDS)
def test_a_question_names_a_document_where_a_search_for_each_of_its_names_says_so(names, words):
    """Hold the look-up of names against the obvious way: one pattern for each document."""
    named, question = set(), " ".join(words)
    for number, name in enumerate(names):
        pattern = rf"\b(?:in|of|what|does) (?:the |this |that )?(?:{name}|title of {number})\b"
        if re.search(pattern, question, re.IGNORECASE):
            named.add(str(number))
    sources = [source(str(number), "L", name, Path()) for number, name in enumerate(names)]
    expected = tuple(named) if len(named) == 1 else None
    assert Scope(sources).documents(question) == expected


def test_a_single_document_needs_no_name(tmp_path):
    assert Scope([source("guide", "Guide", "Society", tmp_path)]).documents("in the guide") is None
