"""A notice in the library and what it is about are linked, both ways; retracted quotes come last."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from answer.mining.mined import mine
from answer.standing import retracted_alone, with_notices
from corpus.status import Status
from ingest.pipeline import ingest_bytes
from tests.answer.asking.test_filter import source

PAPER = replace(source("paper", "review", "2020"), doi="10.1000/Paper", csl={"PMID": "77"})
NOTICE = replace(source("notice", "notice", "2024-05-04"), doi="10.1000/notice")
JATS = """<article article-type="correction"><front><article-meta>
<title-group><article-title>Correction</article-title></title-group>
<related-article related-article-type="{kind}" ext-link-type="{by}" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{to}"/>
</article-meta></front><body><p>The dose was wrong.</p></body></article>"""


def article(kind, to="10.1000/paper", by="doi"):
    return ingest_bytes("notice", ".xml", JATS.format(kind=kind, to=to, by=by).encode(), "n.xml")


def statuses(document, *sources):
    related = mine([document]).relations()
    return {one.doc_id: one.status for one in with_notices(sources or (PAPER, NOTICE), related)}


@pytest.mark.parametrize(
    ("kind", "does", "becomes"),
    [
        ("corrected-article", "corrects", "corrected"),
        ("retracted-article", "retracts", "retracted"),
        ("object-of-concern", "concerns", "concern"),
        ("updated-article", "supersedes", "superseded"),
    ],
)
def test_a_notice_says_what_it_does_and_its_article_what_was_done_to_it(kind, does, becomes):
    found = statuses(article(kind))
    assert found["notice"] == (Status(does, "", "10.1000/paper", "paper", label="PAPER"),)
    assert found["paper"] == (
        Status(becomes, "2024-05-04", "10.1000/notice", "notice", "", "NOTICE"),
    )


def test_an_article_is_found_by_its_pubmed_number_too():
    found = statuses(article("retracted-article", "77", "pubmed"))
    assert [one.kind for one in found["paper"]] == ["retracted"]


def test_a_notice_about_an_article_that_is_not_here_says_what_it_does():
    found = statuses(article("retracted-article", "10.1000/other"))
    assert found == {"paper": (), "notice": (Status("retracts", doi="10.1000/other"),)}


def test_an_article_that_says_it_was_corrected_is_believed():
    found = statuses(article("correction-forward", "10.1000/away"))
    assert found["notice"] == (Status("corrected", doi="10.1000/away"),)


def test_a_commentary_changes_nothing():
    assert statuses(article("commentary-article")) == {"paper": (), "notice": ()}


def test_what_the_listing_says_is_not_said_twice_but_completed():
    listed = Status("retracted", "2024-05-01", "10.1000/NOTICE", origin="Retraction Watch")
    found = statuses(article("retracted-article"), replace(PAPER, status=(listed,)), NOTICE)
    assert found["paper"] == (replace(listed, document="notice", label="NOTICE"),)


def test_only_quotes_that_are_all_retracted_have_a_notice_before_them():
    sound, gone = SimpleNamespace(is_retracted=False), SimpleNamespace(is_retracted=True)
    assert retracted_alone([gone, sound]) == retracted_alone([]) == ()
    (notice,) = retracted_alone([gone, gone])
    assert notice.kind == "retracted"
    assert not notice.stands_alone
