"""A filter leaves out documents by name, kind and year, and says so; it never guesses."""

from dataclasses import replace
from pathlib import Path

import pytest

from answer.asking.filter import Filter, kinds
from answer.errors import QuestionError
from corpus.sources import Source


def source(doc_id, kind, issued="", revised=""):
    return Source(
        doc_id=doc_id,
        path=Path(f"{doc_id}.md"),
        sha256="",
        title=doc_id,
        label=doc_id.upper(),
        audience="patient",
        evidence=kind,
        rights="",
        authors=(),
        container="",
        issued=issued,
        revised=revised,
        doi="",
        url="",
        csl={},
    )


SOURCES = (
    source("a", "case report", "2015-06", "2024-01-01"),
    source("b", "review", "2019"),
    source("c", "Review", "2021-02"),
    source("d", "leaflet"),
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", None),
        ("document=b&document=a", ("a", "b")),
        ("kind=review", ("b", "c")),
        ("from=2020", ("a", "c")),
        ("to=2019", ("b",)),
        ("from=2019&to=2021", ("b", "c")),
        ("kind=review&from=2020", ("c",)),
        ("document=a&document=b&kind=review", ("b",)),
    ],
)
def test_what_is_searched(text, left):
    read = Filter.read(text)
    assert read.text == text
    assert read.chosen(SOURCES) == left


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("document=x", "there is no document 'x'; choose among a, b, c, d"),
        ("kind=poem", "there is no kind 'poem'; choose among Review, case report, leaflet, review"),
        ("document=a&from=2025", "no document is A; from 2025; choose other documents, kinds or"),
        ("kind=leaflet&to=2025", "no document is leaflet; up to 2025; choose other documents,"),
    ],
)
def test_a_choice_that_leaves_nothing_is_refused_and_says_what_there_is(text, told):
    with pytest.raises(QuestionError, match=told):
        Filter.read(text).chosen(SOURCES)


@pytest.mark.parametrize(
    "text", ["x", "=", "from=soon&to=20211", "from=%D9%A2%D9%A0%D9%A2%D9%A1", "documents=a", "&&&"]
)
def test_what_a_text_cannot_mean_limits_nothing(text):
    assert Filter.read(text) == Filter()


def test_an_id_or_kind_survives_the_address_whatever_it_holds():
    odd = Filter(("a&b=c", "%20+é"), ("n = 1; ?#",), 1999, 2000)
    assert Filter.read(odd.text) == odd
    assert Filter.read("document=%ED%A0%80").text.isascii()


def test_a_filter_is_described_in_a_few_words():
    assert Filter.read("document=a&kind=review&from=2019&to=2021").said(SOURCES) == (
        "A; review; 2019 to 2021"
    )
    everything = Filter(tuple("abcd"))
    assert everything.said(SOURCES) == "A; B; C; 1 more"
    assert Filter().said(SOURCES) == ""


def test_the_kinds_are_listed_once():
    assert kinds([*SOURCES, SOURCES[0]]) == ["Review", "case report", "leaflet", "review"]


def test_an_audience_leaves_out_what_was_written_for_others_and_what_does_not_say():
    found = Filter.read("audience=patient")
    assert found.text == "audience=patient"
    for_clinicians = replace(SOURCES[0], audience="clinician")
    silent = replace(SOURCES[1], audience="")
    assert found.chosen([for_clinicians, silent, SOURCES[2]]) == ("c",)
    assert found.said([silent]) == "written for patients, without those that do not say for whom"
    assert found.said(SOURCES) == "written for patients"
    assert Filter.read("audience=nobody") == Filter()
