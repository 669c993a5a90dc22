"""A list of retractions sets the statuses of the documents it names, and nothing else changes."""

import csv
import io
import json
import time
from types import SimpleNamespace

import pytest

from corpus.marking import with_statuses
from corpus.sources import read_corpus
from ingest.document import Reference, Span
from library.errors import LibraryError
from library.exports.retraction_watch import folded_doi, read_events
from library.retractions import check_retractions
from tests.corpus.conftest import make_item

COLUMNS = [
    "Record ID",
    "Title",
    "Subject",
    "Institution",
    "Journal",
    "Publisher",
    "Country",
    "Author",
    "URLS",
    "ArticleType",
    "RetractionDate",
    "RetractionDOI",
    "RetractionPubMedID",
    "OriginalPaperDate",
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
    "Reason",
    "Paywalled",
    "Notes",
]


def event(nature="Retraction", date="5/4/2024 0:00", doi="10.1000/ONE", notice="10.1000/r", pmid=0):
    return {
        "Title": 'Effects, of "X"\nin Müller cells',
        "RetractionNature": nature,
        "RetractionDate": date,
        "OriginalPaperDOI": doi,
        "RetractionDOI": notice,
        "OriginalPaperPubMedID": pmid,
    }


@pytest.fixture
def listed(tmp_path):
    """Write a list of events as Retraction Watch does."""

    def write(*events, encoding="latin-1", columns=COLUMNS):
        text = io.StringIO(newline="")
        rows = csv.DictWriter(text, columns, extrasaction="ignore")
        rows.writeheader()
        rows.writerows(events)
        path = tmp_path / "list.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


@pytest.fixture
def library(corpus):
    items = [make_item(DOI="10.1000/one"), make_item("two.md", PMID="123"), make_item("three.md")]
    files = {name: name.encode() for name in ("one.md", "two.md", "three.md")}
    return corpus(items, **files)


def status(library, doc_id="one"):
    return next(s for s in read_corpus(library).sources if s.doc_id == doc_id).status


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8-sig", "utf-8"])
def test_a_retracted_document_is_marked_with_date_notice_and_where_it_is_known_from(
    library, listed, encoding
):
    found = check_retractions(library, listed(event(), encoding=encoding))
    (known,) = status(library)
    assert (known.kind, known.date, known.doi) == ("retracted", "2024-05-04", "10.1000/r")
    assert known.origin == "Retraction Watch"
    assert [marked.source.doc_id for marked in found.marked] == ["one"]
    assert (found.n_events, found.n_documents) == (1, 2)
    assert [source.doc_id for source in found.unknown] == ["three"]


def test_a_pubmed_number_will_do(library, listed):
    check_retractions(library, listed(event("Expression of concern", doi="unavailable", pmid=123)))
    assert [one.kind for one in status(library, "two")] == ["concern"]


@pytest.mark.parametrize(
    "written", ["https://doi.org/10.1000/ONE", "http://dx.doi.org/10.1000/one ", "doi:10.1000/One"]
)
def test_dois_are_compared_without_case_and_resolver(written):
    assert folded_doi(written) == "10.1000/one"
    assert folded_doi("unavailable") == folded_doi("") == folded_doi(None) == ""


def test_repeating_it_changes_nothing(library, listed):
    path = listed(event(), event("Correction", "1/31/2023 0:00", notice="10.1000/c"))
    check_retractions(library, path)
    before = (library / "sources.json").read_bytes()
    assert check_retractions(library, path).marked == ()
    assert (library / "sources.json").read_bytes() == before
    assert [one.kind for one in status(library)] == ["retracted", "corrected"]


def test_a_reinstatement_takes_the_retraction_away_but_no_correction(library, listed):
    correction = event("Correction", "1/1/2020 0:00", notice="10.1000/c")
    check_retractions(library, listed(event(), correction))
    back = event("Reinstatement", "6/1/2024 0:00", notice="10.1000/b")
    found = check_retractions(library, listed(back, event(), correction))
    assert [one.kind for one in status(library)] == ["corrected"]
    assert [one.kind for one in found.marked[0].gone] == ["retracted"]
    again = event(date="7/1/2024 0:00", notice="10.1000/again")
    check_retractions(library, listed(back, event(), again))
    assert [one.doi for one in status(library)] == ["10.1000/again"]


def test_what_somebody_wrote_by_hand_stays_and_is_not_said_twice(corpus, listed):
    by_hand = [{"kind": "preprint"}, {"kind": "retracted", "doi": "10.1000/R"}]
    folder = corpus([make_item(DOI="10.1000/one", custom={"status": by_hand})], **{"one.md": b""})
    assert check_retractions(folder, listed(event())).marked == ()
    check_retractions(folder, listed(event("Reinstatement")))
    assert [one.kind for one in status(folder)] == ["retracted", "preprint"]


def test_what_the_list_does_not_name_keeps_its_statuses(library, listed):
    check_retractions(library, listed(event()))
    check_retractions(library, listed(event(doi="10.1000/other")))
    assert [one.kind for one in status(library)] == ["retracted"]


def test_the_listing_stays_as_somebody_wrote_it(corpus, listed):
    text = """[
 {"id": "one", "DOI": "10.1000/one", "title": "\\u00dcn\u00f8",
  "custom": {
   "label": "One",  "file": "one.md"
  }
 }
]
"""
    folder = corpus(text, **{"one.md": b"text"})
    check_retractions(folder, listed(event()))
    marked = (folder / "sources.json").read_text("utf-8")
    said = marked[marked.index(',\n   "status"') : marked.index("\n  }\n")]
    assert marked.replace(said, "") == text
    check_retractions(folder, listed(event(), event("Reinstatement", "1/1/2025 0:00")))
    assert (folder / "sources.json").read_text("utf-8") == text


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_status_is_taken_out_wherever_it_stands(at):
    members = ['"file": "one.md"', '"label": "L"']
    whole = '[{"id": "one", "custom": {' + ", ".join(members) + "}}]"
    members.insert(at, '"status": [{"kind": "preprint"}]')
    text = '[{"id": "one", "custom": {' + ", ".join(members) + "}}]"
    assert json.loads(with_statuses(text, {"one": []})) == json.loads(whole)
    new = [{"kind": "retracted"}]
    replaced = json.loads(with_statuses(text, {"one": new}))
    assert replaced[0]["custom"]["status"] == new


def test_retracted_references_are_found_in_the_documents(library, listed):
    cited = (
        Reference(number, Span(0, 1), "x", doi)
        for number, doi in [(1, "10.1000/One"), (2, "10.1000/two"), (3, None)]
    )
    document = SimpleNamespace(references=tuple(cited))
    found = check_retractions(library, listed(event()), {"one": document})
    ((reference, known),) = found.cited["one"]
    assert (reference.number, known.date) == (1, "2024-05-04")


@pytest.mark.parametrize(
    ("date", "iso"), [("5/4/2024 0:00", "2024-05-04"), ("12/31/1999", "1999-12-31"), ("", "")]
)
def test_dates_have_the_month_first(listed, date, iso):
    (found,) = read_events(listed(event(date=date)))
    assert found.date == iso


def test_another_file_is_refused_in_one_line_that_says_what_is_missing(library, listed):
    columns = [name for name in COLUMNS if not name.startswith("OriginalPaperDOI")]
    with pytest.raises(LibraryError, match=r"no column OriginalPaperDOI; give .*first line") as e:
        check_retractions(library, listed(event(), columns=columns))
    assert "\n" not in str(e.value)
    assert not status(library)


def test_sixty_thousand_entries_take_seconds(library, listed):
    path = listed(*(event(doi=f"10.1000/{n}") for n in range(60_000)), event())
    began = time.process_time()
    assert check_retractions(library, path).n_events == 60_001
    assert time.process_time() - began < 5
