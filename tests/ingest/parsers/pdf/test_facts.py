"""What a PDF says of itself: found, checked against its first page, or left out."""

import pytest

from ingest.parsers.facts import find_facts
from ingest.parsers.pdf.facts import find_notes
from ingest.parsers.pdf.metadata import Metadata, read_metadata
from ingest.parsers.pdf.pdfium.reading import read_pages
from tests.ingest.parsers.pdf.written import PROSE, lines, pdf

TITLE = "Rest and water for disorders of the feet"
FIRST = f"{TITLE}\nA. Author\n© 2019. Accepted 3 May 2018.\nhttps://doi.org/10.1234/abc.5\n"


def facts(metadata=None, first=FIRST, title=""):
    return {one.name: one.value for one in find_facts(metadata or Metadata(), first, title)}


def test_a_title_of_the_metadata_counts_if_it_stands_on_the_first_page():
    assert facts(Metadata(info={"Title": TITLE}))["title"] == TITLE


@pytest.mark.parametrize("given", ["Microsoft Word - final_v3.docx", "Layout 1", "Rest"])
def test_another_title_of_the_metadata_does_not(given):
    assert facts(Metadata(info={"Title": given}), title=TITLE)["title"] == TITLE


def test_without_a_title_there_is_none():
    assert "title" not in facts()


def test_the_doi_of_the_metadata_goes_before_that_of_the_page():
    xmp = "<prism:doi>10.1234/xyz.9</prism:doi>"
    assert facts(Metadata(xmp=xmp))["DOI"] == "10.1234/xyz.9"
    assert facts()["DOI"] == "10.1234/abc.5"


def test_a_labelled_year_goes_before_any_other():
    assert facts(first="1999 1999 1999 © 2019 by the authors")["issued"] == "2019"


@pytest.mark.parametrize(
    ("first", "year"),
    [
        ("Published: October 18, 2018", "2018"),
        ("Iran J Public Health, Vol. 47, No.11, Nov 2018, pp.1615", "2018"),
        ("Iran J Basic Med Sci 2018; 21:978-991", "2018"),
        ("Reports | (2019) 9:4143. Accepted: 20 December 2018", "2019"),
        ("Received 3 May 2017. Accepted: 28 November 2017", "2017"),
    ],
)
def test_the_year_is_the_one_that_the_page_calls_its_own(first, year):
    assert facts(first=first)["issued"] == year


@pytest.mark.parametrize(
    "first", ["Data from 2000 until January 2018 were collected", "Cai 2010 Published PB 5 27 2008"]
)
def test_a_year_that_the_text_only_tells_of_is_none(first):
    assert "issued" not in facts(first=first)


def test_the_licence_is_the_address_where_there_is_one():
    page = "under the Creative Commons Attribution License (http://creativecommons.org/licenses/by/4.0/)."
    assert facts(first=page)["licence"] == "creativecommons.org/licenses/by/4.0"


def test_the_title_says_what_kind_of_study_it_is():
    assert (
        facts(title="Rest for feet: a randomised trial in two towns")["study"] == "randomised trial"
    )


def test_a_file_without_anything_gives_no_facts():
    assert facts(first="") == {}


def test_what_is_attached_and_what_disagrees_is_noted():
    notes = find_notes(
        Metadata(attachments=("data.xlsx",), agreement=0.8), is_ocr=False, n_pictures=0
    )
    assert len(notes) == 2
    assert "data.xlsx" in notes[1]


def test_metadata_is_read_and_two_libraries_agree_on_plain_text():
    data = pdf(lines(*PROSE), info=f"/Title ({TITLE})")
    found = read_metadata(data, read_pages(data))
    assert found.titles == (TITLE,)
    assert found.agreement == 1.0


def test_a_file_that_pypdf_cannot_read_has_no_metadata():
    assert read_metadata(b"%PDF-1.7 nothing", ()) == Metadata()
