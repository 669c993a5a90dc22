"""The page of sources says what the library is and what is known of each document."""

from dataclasses import replace

from ingest.document import Dropped, Span
from tests.ui.html.test_cards import Page
from ui.page.sources import head_html, source_html
from ui.published import NO_BANK


def test_it_says_how_many_documents_there_are_and_if_there_is_no_bank(answerer):
    sources = list(answerer.sources.values())
    assert "these 4 documents" in head_html(sources, has_bank=True)
    assert NO_BANK not in head_html(sources, has_bank=True)
    assert NO_BANK in head_html(sources, has_bank=False)


def test_every_document_can_be_chosen_and_hostile_names_stay_text(answerer):
    page = Page(head_html(list(answerer.sources.values()), has_bank=True))
    assert [link["data-choose"] for link in page.all("a")] == list(answerer.sources)
    assert page.texts["a"] == [source.label for source in answerer.sources.values()]
    assert "img" not in {tag for tag, _ in page.tags}


def test_the_hash_of_the_file_is_under_technical(answerer):
    source = answerer.sources["case_report"]
    page = Page(source_html(source, answerer.documents["case_report"], is_chosen=True))
    technical = next(text for text in page.texts["qw-section"] if "Technical" in text)
    assert source.sha256 in technical
    assert source.sha256 not in page.texts["qw-known"][0]


def test_it_says_what_was_joined(answerer):
    document = answerer.documents["case_report"]
    page = Page(source_html(answerer.sources["case_report"], document, is_chosen=True))
    assert "Joined when it was read: 1" in page.texts["qw-section"][0]


def test_what_was_left_out_many_times_is_listed_once(answerer):
    dropped = tuple(Dropped(Span(n, n + 1), "[doi](#)", "link to nowhere") for n in range(3))
    document = replace(answerer.documents["case_report"], dropped=dropped)
    page = Page(source_html(answerer.sources["case_report"], document, is_chosen=True))
    assert "Left out, not content: 3" in page.texts["qw-section"][0]
    assert page.texts["qw-times"] == ["3 times"]
