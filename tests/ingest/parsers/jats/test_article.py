"""A whole article: nothing is lost, every unit is what stands in the file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from benchmarks.formats.article import set_as_article
from benchmarks.jats import altered, lost
from ingest.assemble import assemble
from ingest.drafting.steps import draft_bytes
from ingest.references import cited_in
from tests.ingest.parsers.jats.written import document

REPORT = Path(__file__).parents[4] / "corpus" / "files" / "case_report.md"
TAGS = ["p", "sec", "title", "label", "list", "list-item", "def-list", "def-item", "term", "def", "fig", "caption", "table-wrap", "table", "fn", "sup", "sub", "xref", "italic", "bold", "disp-formula", "inline-formula", "boxed-text", "disp-quote", "ref-list", "ref", "mixed-citation", "element-citation", "name", "surname", "etal", "break", "ext-link", "supplementary-material", "graphic", "alternatives", "p", "p", "p"]  # fmt: skip
WORDS = st.sampled_from(["a", "12", "One. ", " ", "\n  ", "&lt;", "&#233;", "𝒳", "<!-- c -->", "–"])
NODES = st.recursive(
    WORDS,
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda node: f"<{node[0]}>{''.join(node[1])}</{node[0]}>"
    ),
    max_leaves=30,
)


@given(st.lists(NODES, max_size=6).map("".join))
def test_whatever_an_article_holds_is_held_once_and_word_for_word(body):
    made = document(body)
    assert lost(made) == ""
    assert list(altered(made)) == []


@pytest.fixture(scope="module")
def truth():
    return draft_bytes(".md", REPORT.read_bytes(), REPORT.name)


@pytest.fixture(scope="module")
def draft(truth):
    return draft_bytes(
        ".nxml", set_as_article([b for b in truth.blocks if b.kind != "notice"]), "report.nxml"
    )


def texts(draft, kind):
    return [" ".join(block.text.split()) for block in draft.blocks if block.kind == kind]


def test_the_case_report_as_jats_says_what_its_markdown_says(truth, draft):
    wanted = [
        word for block in truth.blocks if block.kind != "notice" for word in block.text.split()
    ]
    held = [word for block in draft.blocks for word in block.text.split()]
    assert LCSseq.similarity(wanted, held) / len(wanted) >= 0.99


@pytest.mark.parametrize("kind", ["heading", "caption", "paragraph", "item"])
def test_its_blocks_are_those_of_the_markdown(truth, draft, kind):
    assert texts(draft, kind) == texts(truth, kind)


def test_it_cites_what_the_markdown_cites(truth, draft):
    one, other = assemble("report", truth, ""), assemble("report", draft, "")
    assert len(other.references) == len(one.references) == 23
    prose = [{s.text: cited_in(d, s.span) for s in d.sentences} for d in (one, other)]
    assert len(prose[0].keys() & prose[1].keys()) > 100
    assert all(prose[0][text] == prose[1][text] for text in prose[0].keys() & prose[1].keys())
