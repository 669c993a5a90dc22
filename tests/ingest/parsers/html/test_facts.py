"""What a page says of itself, best source first."""

from ingest.parsers.html import parse

PAGE = "<html lang=en>{}<body><h1>Knee pain in runners</h1><p>Some text.</p></body></html>"


def facts(head):
    return {
        fact.name: (fact.value, fact.origin) for fact in parse(PAGE.format(head).encode()).facts
    }


def test_citation_tags_come_first():
    found = parse(
        PAGE.format(
            "<meta name=citation_title content='A randomised trial of rest'><meta name=citation_author content='One, A.'>"
            "<meta name=citation_author content='Two, B.'><meta name=citation_doi content='doi:10.1234/x.5'>"
            "<meta name=citation_date content='2021/5/6'><meta name=citation_volume content=12>"
            "<meta name=citation_firstpage content=3><meta name=citation_lastpage content=9>"
            "<meta name=DC.Title content=Other><meta property=og:title content=Other>"
        ).encode()
    ).facts
    assert [(fact.name, fact.value) for fact in found] == [
        ("title", "A randomised trial of rest"), ("issued", "2021"), ("DOI", "10.1234/x.5"), ("volume", "12"),
        ("language", "en"), ("author", "One, A."), ("author", "Two, B."), ("page", "3-9"), ("study", "randomised trial"),
    ]  # fmt: skip
    assert {fact.origin for fact in found} == {"citation tags", "page"}


def test_linked_data_says_what_the_tags_do_not():
    found = facts(
        '<script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "Not this"}, {"@type": ["Article"],'
        '"headline": "Knee pain in runners", "datePublished": "2020-01-02", "author": [{"name": "A. One"}],'
        '"isPartOf": {"name": "J Test"}, "license": "https://creativecommons.org/licenses/by/4.0/"}]}</script>'
    )
    assert found == {
        "title": ("Knee pain in runners", "JSON-LD"), "issued": ("2020", "JSON-LD"), "author": ("A. One", "JSON-LD"),
        "container-title": ("J Test", "JSON-LD"), "licence": ("https://creativecommons.org/licenses/by/4.0/", "JSON-LD"),
        "language": ("en", "page"),
    }  # fmt: skip


def test_a_title_for_other_sites_counts_only_if_it_stands_on_the_page():
    assert (
        facts("<meta property=og:title content='Knee pain in runners'>")["title"][1] == "Open Graph"
    )
    assert facts("<meta property=og:title content='Our shop'>")["title"] == (
        "Knee pain in runners",
        "page",
    )


def test_a_licence_is_found_where_a_page_links_to_it():
    assert (
        facts("<link rel=license href='https://a.example/by'>")["licence"][0]
        == "https://a.example/by"
    )


def test_broken_linked_data_says_nothing():
    for data in (
        "{",
        "[" * 9999,
        '{"@type": {"a": 1}, "author": 5}',
        '{"@type": "Article", "author": {"name": [1]}}',
    ):
        assert set(facts(f"<script type='application/ld+json'>{data}</script>")) == {
            "title",
            "language",
        }
