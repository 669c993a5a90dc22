"""From a draft to a document: runs, pages and what introduces a list."""

from itertools import pairwise

import pytest

from ingest.assemble import assemble
from ingest.blocks import Block, Draft, Piece
from ingest.document import Span


def draft_of(*blocks, page_starts=()):
    """Return a draft whose source is the blocks' texts, one per line."""
    source, made, at = "\n".join(text for _, text, *_ in blocks), [], 0
    for kind, text, *level in blocks:
        made.append(Block(kind, (Piece(text, Span(at, at + len(text))),), *level))
        at += len(text) + 1
    return Draft(source, tuple(made), page_starts=page_starts)


def lead_ins(*blocks):
    document = assemble("doc", draft_of(*blocks), "")
    return {s.text: s.lead_in and document.quote(s.lead_in) for s in document.sentences}


def test_neighbouring_stretches_of_the_file_are_one_run():
    pieces = [Piece("The", Span(2, 5)), Piece(" ", Span(5, 6)), Piece("end.", Span(6, 10))]
    document = assemble("doc", Draft("- The\nend.", (Block("item", tuple(pieces)),)), "")
    assert [(run.text, run.source) for run in document.runs] == [(Span(0, 8), Span(2, 10))]
    assert document.parts(Span(0, 8)) == ("The\nend.",)


@pytest.mark.parametrize(
    ("second", "spans"),
    [
        (Piece("b", Span(1, 2), seam="break"), [Span(0, 1), Span(1, 2)]),
        (Piece("b", Span(2, 3)), [Span(0, 1), Span(2, 3)]),
        (Piece("beta", Span(1, 2)), [Span(0, 1), Span(1, 2)]),
    ],
    ids=["a seam", "something skipped", "written anew"],
)
def test_a_run_ends_where_the_source_does_not_simply_go_on(second, spans):
    draft = Draft("abc", (Block("paragraph", (Piece("a", Span(0, 1)), second)),))
    assert [run.source for run in assemble("doc", draft, "").runs] == spans


def test_two_runs_of_a_document_never_go_on_into_one_another():
    document = assemble("doc", draft_of(("paragraph", "One. Two."), ("item", "three")), "")
    for a, b in pairwise(document.runs):
        assert (a.text.end, a.source.end) != (b.text.start, b.source.start)


def test_a_character_is_on_the_page_of_the_file_that_it_comes_from():
    blocks = [("heading", "T", 1), ("caption", "Figure 1. A scan."), ("paragraph", "It shrank.")]
    document = assemble("doc", draft_of(*blocks, page_starts=(0, 20)), "")
    pages = {s.text: document.page_of(s.span.start) for s in document.sentences}
    assert pages == {"It shrank.": 2, "Figure 1. A scan.": 1}
    assert document.page_of(0) == 1


def test_a_format_without_pages_has_none():
    assert assemble("doc", draft_of(("paragraph", "It shrank.")), "").page_of(0) is None


def test_a_list_inside_a_list_has_the_lead_in_of_the_list_around_it():
    assert lead_ins(
        ("paragraph", "Side effects:"),
        ("item", "of the skin:", 1),
        ("item", "rash", 2),
        ("paragraph", "It itches.", 2),
        ("item", "fever", 1),
        ("paragraph", "That is all."),
        ("item", "another list", 1),
    ) == {
        "Side effects:": None,
        "of the skin:": "Side effects:",
        "rash": "Side effects:",
        "It itches.": None,
        "fever": "Side effects:",
        "That is all.": None,
        "another list": None,
    }


def test_without_one_an_item_that_ends_with_a_colon_introduces_the_items_under_it():
    assert lead_ins(
        ("item", "Skin:", 1), ("item", "rash", 2), ("item", "itch", 2), ("item", "Fever", 1)
    ) == {"Skin:": None, "rash": "Skin:", "itch": "Skin:", "Fever": None}


def test_an_item_deeper_than_any_list_before_it_is_no_lead_in_of_its_neighbour():
    assert lead_ins(("item", "one:", 2), ("item", "two", 2)) == {"one:": None, "two": None}
