"""What an article says of itself in its front matter."""

import pytest

from tests.ingest.parsers.jats.written import draft

JOURNAL = (
    "<journal-title-group><journal-title>Journal of Feet</journal-title></journal-title-group>"
    "<issn>1234-5678</issn><publisher><publisher-name>Feet &amp; Sons</publisher-name></publisher>"
)
NAME = "<name><surname>{}</surname><given-names>{}</given-names></name>"


def facts(meta="", **parts):
    made = {}
    for one in draft(meta=meta, **parts).facts:
        made.setdefault(one.name, []).append(one.value)
        assert one.origin == "front matter"
    return {name: values[0] if len(values) == 1 else values for name, values in made.items()}


SAID = {
    '<article-id pub-id-type="doi">10.1234/x</article-id>': ("DOI", "10.1234/x"),
    '<article-id pub-id-type="pmid">123</article-id>': ("PMID", "123"),
    '<article-id pub-id-type="pmc">123</article-id>': ("PMCID", "PMC123"),
    '<article-id pub-id-type="pmcid">PMC123</article-id>': ("PMCID", "PMC123"),
    "<volume>12</volume>": ("volume", "12"),
    "<issue>3</issue>": ("issue", "3"),
    "<fpage>12</fpage><lpage>19</lpage>": ("page", "12-19"),
    "<fpage>12</fpage><lpage>12</lpage>": ("page", "12"),
    "<elocation-id>e7</elocation-id>": ("page", "e7"),
    "<kwd-group><kwd>feet</kwd><kwd>rest</kwd></kwd-group>": ("keyword", ["feet", "rest"]),
    "<pub-date><year>2001</year></pub-date>": ("issued", None),
    '<pub-date pub-type="epub"><day>5</day><month>6</month><year>2001</year></pub-date>': (
        "issued", "2001-06-05",
    ),
    '<pub-date pub-type="epub"><year>2000</year></pub-date>'
    '<pub-date pub-type="ppub"><month>3</month><year>2001</year></pub-date>': ("issued", "2001-03"),
    '<pub-date pub-type="ppub"><season>Spring</season><year>2001</year></pub-date>': ("issued", "2001"),
    '<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"/></permissions>': (
        "licence", "creativecommons.org/licenses/by/4.0",
    ),
    "<permissions><license><license-p>Under the Creative Commons Attribution License.</license-p>"
    "</license></permissions>": ("licence", "Creative Commons Attribution License"),
    '<related-article related-article-type="corrected-article" ext-link-type="doi" '
    'xlink:href="10.1234/y"/>': ("corrects", "10.1234/y"),
    '<related-article related-article-type="retracted-article" ext-link-type="pubmed" '
    'xlink:href="77"/>': ("retracts", "PMID 77"),
    '<related-article related-article-type="retraction-forward" ext-link-type="doi" '
    'xlink:href="https://doi.org/10.1234/z"/>': ("retracted by", "10.1234/z"),
    '<related-article related-article-type="companion" ext-link-type="doi" '
    'xlink:href="10.1234/y"/>': ("companion", "10.1234/y"),
}  # fmt: skip


@pytest.mark.parametrize("meta", SAID)
def test_a_fact_is_read(meta):
    name, value = SAID[meta]
    assert facts(meta).get(name) == value


def test_the_journal_is_named():
    found = facts(journal=JOURNAL)
    assert found["container-title"] == "Journal of Feet"
    assert found["ISSN"] == "1234-5678"
    assert found["publisher"] == "Feet & Sons"


def test_an_older_file_names_its_journal_too():
    assert facts(journal="<journal-title>Feet</journal-title>")["container-title"] == "Feet"


def test_authors_are_named_and_editors_are_not():
    authors = (
        f'<contrib contrib-type="author">{NAME.format("Walker", "Ann B.")}</contrib>'
        f"<contrib>{NAME.format('Runner', 'Bo')}</contrib>"
        f'<contrib contrib-type="author"><collab>The Feet Group<contrib-group><contrib>'
        f"{NAME.format('Member', 'C')}</contrib></contrib-group></collab></contrib>"
        f'<contrib contrib-type="editor">{NAME.format("Editor", "Ed")}</contrib>'
    )
    found = facts(f"<contrib-group>{authors}</contrib-group>")
    assert found["author"] == ["Walker, Ann B.", "Runner, Bo", "The Feet Group"]


def test_a_title_is_read_without_the_marks_of_its_notes():
    title = 'Feet of <italic>Mus</italic><xref ref-type="fn" rid="a">*</xref>'
    assert facts(title=title)["title"] == "Feet of Mus"


@pytest.mark.parametrize(
    ("title", "kind", "study"),
    [
        ("Feet: a randomized trial", "research-article", "randomised trial"),
        ("Feet", "case-report", "case report"),
        ("Feet", "research-article", None),
    ],
)
def test_the_kind_of_study_is_proposed(title, kind, study):
    found = facts(title=title, kind=kind)
    assert found.get("study") == study
    assert found["article-type"] == kind


def test_what_is_not_there_is_left_out():
    assert facts().keys() == {"title", "article-type", "study"}
