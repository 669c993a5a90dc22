from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from ingest.document import Seam, SeamKind
from ui import facts


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2024-06-19", "19 June 2024"), ("2024-12", "December 2024"), ("2024", "2024"), ("", "")],
)
def test_a_date_is_written_as_exactly_as_it_is_known(iso, words):
    assert facts.day(iso) == words


@pytest.mark.parametrize(
    ("issued", "revised", "written"),
    [
        ("2019-01-01", "2024-02-02", "2019, revised 2024"),
        ("2024-01-01", "2024-02-02", "2024"),
        ("2024", "", "2024"),
        ("", "2024-02", "revised 2024"),
        ("", "", ""),
    ],
)
def test_the_year_of_a_revision_is_added_where_it_differs(answerer, issued, revised, written):
    source = replace(answerer.sources["case_report"], issued=issued, revised=revised)
    assert facts.years(source) == written


def test_the_line_of_facts_leads_with_the_kind_of_evidence_but_for_patients(answerer):
    quote = answerer.answer("radiation").citations[1]
    source = answerer.sources["patient_guide"]
    place = "Possible side effects, paragraph 1"
    assert facts.facts(quote, source) == (
        *("Patient information page", "2019", "American Cancer Society"),
        place,
    )
    assert facts.facts(quote, source, "patient") == (
        *("American Cancer Society", "written for patients", "patient information page", "2019"),
        place,
    )


def test_unknown_facts_are_left_out_of_the_line(answerer):
    quote = answerer.answer("radiation").citations[0]
    bare = replace(answerer.sources["case_report"], evidence="", issued="", container="")
    assert facts.facts(quote, bare) == ("Treatment, paragraph 2",)


@pytest.mark.parametrize(
    ("changed", "old"), [("2021-06-30", False), ("2021-05-31", True), ("2020", True), ("", False)]
)
def test_a_source_is_old_when_more_than_three_years_have_passed(answerer, changed, old):
    source = replace(answerer.sources["case_report"], issued=changed)
    assert facts.is_old(source, today=date(2024, 6, 15)) is old


def test_the_newest_change_is_the_latest_of_all_sources(answerer):
    assert facts.newest_change(answerer.sources.values()) == "2024-06-19"
    assert facts.newest_change([]) == ""


def test_the_library_is_as_fresh_as_its_newest_source(answerer):
    assert facts.library(answerer.sources.values()) == "4 documents, newest 19 June 2024"
    undated = replace(answerer.sources["awkward"], issued="")
    assert facts.library([undated]) == "1 document"


@pytest.mark.parametrize("kind", get_args(SeamKind))
def test_every_kind_of_seam_has_words(kind):
    assert facts.joined([Seam(1, kind)]).startswith("Joined across ")


def test_equal_seams_are_told_once():
    seams = [Seam(1, "hyphen"), Seam(5, "caption"), Seam(9, "hyphen")]
    assert (
        facts.joined(seams) == "Joined across a hyphen at a line end and a figure and its caption."
    )


def test_the_original_is_opened_at_the_words_of_the_quote_where_it_is_a_web_page(answerer):
    report, guide = answerer.answer("radiation").citations
    assert facts.link_to(report, answerer.sources["case_report"]) == (
        "https://doi.org/10.14740/jmc4237"
    )
    assert facts.link_to(guide, answerer.sources["patient_guide"]) == (
        "https://cancer.example/guide#:~:text=Side%20effects%20can%20include,itching%20and%20skin%20rash."
    )


def test_a_pdf_is_opened_at_the_page_of_the_quote(answerer):
    report, source = answerer.answer("radiation").citations[0], answerer.sources["case_report"]
    quote = replace(report, page=3)
    printed = replace(source, url="https://a.example/paper.pdf#top")
    assert facts.link_to(quote, printed) == "https://a.example/paper.pdf#page=3"
    own = replace(source, url="https://a.example/download/7", doi="", path=Path("paper.pdf"))
    assert facts.link_to(quote, own) == "https://a.example/download/7#page=3"
    assert facts.link_to(report, printed) == "https://doi.org/10.14740/jmc4237"


def test_of_a_saved_web_page_the_page_itself_is_opened_even_if_it_has_a_doi(answerer):
    quote, source = answerer.answer("radiation").citations[0], answerer.sources["case_report"]
    saved = replace(source, url="https://a.example/article", path=Path("article.html"))
    assert facts.link_to(quote, saved).startswith("https://a.example/article#:~:text=After%20his")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///x", None])
def test_only_web_addresses_are_opened(address):
    assert facts.web_address(address) == ""


def test_a_quote_is_verified_only_as_whole_sentences_of_the_listed_file(answerer):
    quote = answerer.answer("radiation").citations[0]
    report, source = answerer.documents["case_report"], answerer.sources["case_report"]
    cut = replace(
        quote, span=replace(quote.span, start=quote.span.start + 6), quote=quote.quote[6:]
    )
    assert facts.is_verified(quote, report, source)
    assert not facts.is_verified(replace(quote, quote=quote.quote + "."), report, source)
    assert not facts.is_verified(cut, report, source)
    assert not facts.is_verified(quote, report, replace(source, sha256="0" * 64))
