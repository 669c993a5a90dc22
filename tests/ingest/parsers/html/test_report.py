"""The case report set as a web page says what its Markdown says, and nothing that stands around it."""

import re
from pathlib import Path

import pytest
from rapidfuzz.distance import LCSseq

from benchmarks.formats.page import AROUND, SKELETONS, set_as_page
from ingest.assemble import assemble
from ingest.drafting.steps import draft_bytes
from ingest.references import cited_in

REPORT = Path(__file__).parents[4] / "corpus" / "files" / "case_report.md"


@pytest.fixture(scope="module")
def truth():
    return draft_bytes(".md", REPORT.read_bytes(), REPORT.name)


@pytest.fixture(scope="module", params=SKELETONS)
def draft(request, truth):
    page = set_as_page(truth.blocks, SKELETONS[request.param])
    return draft_bytes(".html", page.encode(), "page.html")


@pytest.fixture(scope="module")
def document(draft):
    return assemble("page", draft, "")


def words(blocks):
    return re.findall(r"\w+", " ".join(block.text for block in blocks))


def texts(draft, kind):
    return [block.text for block in draft.blocks if block.kind == kind]


def test_its_words_come_in_their_order(truth, draft):
    wanted, read = words(truth.blocks), words(draft.blocks)
    assert LCSseq.similarity(wanted, read) / len(wanted) >= 0.99
    assert len(read) <= 1.01 * len(wanted)


@pytest.mark.parametrize("kind", ["heading", "paragraph", "caption", "item"])
def test_its_blocks_are_the_same(truth, draft, kind):
    assert texts(draft, kind) == texts(truth, kind)


def test_what_can_be_quoted_is_the_same(truth, document):
    wanted = assemble("page", truth, "")
    assert [(one.kind, one.text) for one in document.sentences] == [
        (one.kind, one.text) for one in wanted.sentences
    ]


def test_its_references_are_there(document):
    assert [one.number for one in document.references] == list(range(1, 24))


def test_each_sentence_cites_what_it_cites_in_markdown(truth, document):
    wanted = assemble("page", truth, "")
    assert document.cited
    assert [cited_in(document, one.span) for one in document.sentences] == [
        cited_in(wanted, one.span) for one in wanted.sentences
    ]


def test_what_stands_around_it_is_not_there(document):
    assert [part for part, phrase in AROUND.items() if phrase in document.text] == []
