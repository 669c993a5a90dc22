"""What a DOCX says of itself: found, checked against its first page, or left out."""

import pytest

from benchmarks.formats.package import docx, p
from ingest.parsers.docx import parse

TITLE = "Rest and water for disorders of the feet: a case report"
BODY = (
    p(TITLE, style="Titel"),
    p("Ann Author and Bo Writer"),
    p("In 1999 he came. In 1999 he left."),
)


def facts(*body, **others):
    return {
        one.name: (one.value, one.origin) for one in parse(docx(*(body or BODY), **others)).facts
    }


def core(**named):
    return "".join(f"<dc:{name}>{text}</dc:{name}>" for name, text in named.items())


def test_a_title_of_the_properties_counts_if_it_stands_on_the_first_page():
    assert facts(core=core(title=TITLE))["title"] == (TITLE, "metadata")


@pytest.mark.parametrize(
    "given", ["Microsoft Word - final_v3.docx", "Template for papers of a journal"]
)
def test_another_title_of_the_properties_does_not(given):
    assert facts(core=core(title=given))["title"] == (TITLE, "first page")


def test_the_title_says_what_kind_of_study_it_is():
    assert facts()["study"] == ("case report", "first page")


def test_who_wrote_the_file_is_an_author_if_the_first_page_says_so():
    made = parse(docx(*BODY, core=core(creator="Ann Author; Bo Writer; Secretary")))
    assert [one.value for one in made.facts if one.name == "author"] == ["Ann Author", "Bo Writer"]


def test_the_doi_of_the_properties_goes_before_that_of_the_page():
    page = (*BODY, p("https://doi.org/10.1234/abc.5"))
    custom = '<property name="DOI"><vt:lpwstr>10.1234/xyz.9</vt:lpwstr></property>'
    assert facts(*page, custom=custom)["DOI"] == ("10.1234/xyz.9", "metadata")
    assert facts(*page)["DOI"] == ("10.1234/abc.5", "first page")


def test_only_a_year_that_is_named_as_the_year_of_publication_counts():
    assert "issued" not in facts()
    assert facts(*BODY, p("Accepted May 2018"))["issued"] == ("2018", "first page")


def test_what_stands_after_a_page_break_is_not_on_the_first_page():
    later = p('<w:r><w:br w:type="page"/></w:r>', "Published in 2018")
    assert "issued" not in facts(*BODY, later)


def test_a_licence_is_found():
    assert facts(*BODY, p("Licence: CC BY 4.0."))["licence"] == ("CC BY 4.0", "first page")


def test_a_file_that_says_nothing_gives_no_facts():
    assert facts(p("Text alone.")) == {}
