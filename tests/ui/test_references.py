from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from citeproc import CitationStylesStyle

from corpus.sources import read_corpus
from ui import references
from ui.settings import CORPUS

TITLE = (
    "Long Duration Pembrolizumab for Metastatic Undifferentiated Pleomorphic Soft Tissue Sarcoma "
    "With Multimodality Therapy"
)
PAGE = "https://www.cancer.org/cancer/types/soft-tissue-sarcoma/treating/immunotherapy.html"
TEAM = "The American Cancer Society medical and editorial content team"
EXPECTED = {
    ("case_report", "vancouver"): (
        f"Reuben DY. {TITLE}. J Med Cases. 2024 Jun 19;15(7):136-42. doi: 10.14740/jmc4237."
    ),
    ("case_report", "ama"): (
        f"Reuben DY. {TITLE}. J Med Cases. 2024;15(7):136-142. doi:10.14740/jmc4237"
    ),
    ("case_report", "apa"): (
        f"Reuben, D. Y. (2024). {TITLE}. Journal of Medical Cases, 15(7), 136–142. "
        "https://doi.org/10.14740/jmc4237"
    ),
    ("patient_guide", "vancouver"): (
        f"{TEAM}. Immunotherapy for Soft Tissue Sarcoma [Internet]. American Cancer Society; "
        f"2024 Sep 19. Available from: {PAGE}."
    ),
    ("patient_guide", "ama"): (
        f"{TEAM}. Immunotherapy for Soft Tissue Sarcoma. American Cancer Society. "
        f"September 19, 2024. {PAGE}"
    ),
    ("patient_guide", "apa"): (
        f"{TEAM}. (2024, September 19). Immunotherapy for Soft Tissue Sarcoma. "
        f"American Cancer Society. {PAGE}"
    ),
}
TWO = [{"family": "Doe", "given": "Jane Q."}, {"family": "Roe", "given": "Jean-Luc"}]
ARTICLE = {
    "type": "article-journal",
    "author": TWO,
    "container-title": "The Journal",
    "volume": "15",
    "issue": "7",
    "page": "159-167",
    "DOI": "10.1000/x-1",
}
REPORT = {
    "type": "report",
    "author": [{"literal": "WHO"}],
    "publisher": "World Health Organization",
    "publisher-place": "Geneva",
    "number": "12",
}


@pytest.fixture(scope="module")
def sources():
    return {source.doc_id: source for source in read_corpus(CORPUS).sources}


@pytest.fixture
def made(sources):
    """A source of a kind that the corpus does not hold."""

    def make(csl, **known):
        empty = {"doi": "", "url": "", "authors": (), "container": "", "issued": "", "revised": ""}
        return replace(sources["case_report"], csl=csl, **empty | known)

    return make


@pytest.mark.parametrize(("doc_id", "style"), EXPECTED)
def test_both_sources_of_the_corpus_are_cited_as_by_hand(sources, doc_id, style):
    assert references.reference(sources[doc_id], style) == EXPECTED[doc_id, style]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("vancouver", "Doe JQ, Roe JL. Why. The Journal. 2024 Jul;15(7):159-67. doi: 10.1000/x-1."),
        ("ama", "Doe JQ, Roe JL. Why. The Journal. 2024;15(7):159-167. doi:10.1000/x-1"),
        (
            "apa",
            "Doe, J. Q., & Roe, J.-L. (2024). Why. The Journal, 15(7), 159–167. "
            "https://doi.org/10.1000/x-1",
        ),
    ],
)
def test_an_article_with_volume_and_pages(made, style, expected):
    article = made(ARTICLE, title="Why", issued="2024-07")
    assert references.reference(article, style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "vancouver",
            "WHO. A report [Internet]. Geneva: World Health Organization; 2020. Report No.: 12. "
            "Available from: https://who.example/r.",
        ),
        ("ama", "WHO. A report. World Health Organization; 2020. Report 12. https://who.example/r"),
        (
            "apa",
            "WHO. (2020). A report (Report No. 12). World Health Organization. "
            "https://who.example/r",
        ),
    ],
)
def test_a_report(made, style, expected):
    report = made(REPORT, title="A report.", issued="2020", url="https://who.example/r")
    assert references.reference(report, style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [("vancouver", "Why?"), ("ama", "Why?"), ("apa", "Why? (n.d.)")],
)
def test_a_source_of_which_only_the_title_is_known(made, style, expected):
    entry = references.reference(made({"type": "book"}, title="Why?"), style)
    assert entry.rstrip(".") == expected


def test_a_title_that_asks_gets_no_full_stop_and_keeps_its_characters(made):
    asks = made(ARTICLE, title='Is  it <i>p</i> < .05 & "so" -- or\nnot?', issued="2024")
    assert '. Is it <i>p</i> < .05 & "so" -- or not? The Journal. ' in references.reference(asks)


def test_many_authors_are_cut_as_each_style_asks(made):
    crowd = made(ARTICLE | {"author": TWO * 4}, title="T")
    assert "Doe JQ, Roe JL, et al. T" in references.reference(crowd, "vancouver")
    assert references.reference(crowd, "ama").startswith("Doe JQ, Roe JL, Doe JQ, et al. T")
    assert "et al" not in references.reference(crowd, "apa")


def test_a_web_page_is_cited_with_its_last_revision(sources):
    revised = replace(sources["patient_guide"], issued="2020-01-01", revised="2024-09-19")
    assert "2024 Sep 19" in references.reference(revised)


def test_the_place_of_a_quote_follows_its_source(answerer, sources):
    quote = answerer.answer("radiation").citations[0]
    cited = references.place_reference(quote, sources["case_report"], "ama")
    assert cited == f"{EXPECTED['case_report', 'ama']} (Treatment, paragraph 2)"


@pytest.mark.parametrize("style", references.STYLES)
def test_our_styles_are_valid_csl(style):
    CitationStylesStyle(str(references.FOLDER / f"{style}.csl"), validate=True)


def test_threads_that_cite_at_once_do_not_mix(made):
    names = [f"Title number {number}" for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        entries = list(
            pool.map(lambda name: references.reference(made(ARTICLE, title=name)), names)
        )
    assert [name in entry for name, entry in zip(names, entries, strict=True)] == [True] * 40
