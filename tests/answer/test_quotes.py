"""A quote is a slice of the document, whole sentences of one section, and nothing else."""

import pytest

from answer.agreeing import agreeing, each_once
from answer.errors import CitationError
from answer.quotes import Part, cite
from ingest.document import Span
from ingest.pipeline import ingest_bytes


def sentence(document, start):
    return next(s for s in document.sentences if s.text.startswith(start))


def test_a_quote_is_the_documents_characters_at_its_span(document):
    span = sentence(document, "The drug").span
    citation = cite(document, span, 0.5)
    assert citation.quote == document.text[span.start : span.end]
    assert (citation.headings, citation.locator) == (("A Drug", "Use"), "Use, paragraph 1")


def test_the_references_cited_inside_a_quote_come_with_it(document):
    citation = cite(document, sentence(document, "The drug").span, 0.5)
    assert [r.number for r in citation.references] == [1, 3, 4]
    assert citation.references[1].url == "https://example.org/three"


def test_a_quote_across_a_figure_owns_its_seam_and_gives_both_stretches(document):
    citation = cite(document, sentence(document, "He did").span, 0.5)
    assert citation.quote == "He did not want to stop it."
    assert citation.parts == ("He did not want", "to stop it.")
    assert [seam.kind for seam in citation.seams] == ["caption"]


def test_a_list_is_quoted_whole_with_its_lead_in(document):
    lead_in, last = sentence(document, "Side effects include"), sentence(document, "back pain")
    citation = cite(document, Span(lead_in.span.start, last.span.end), 0.5)
    assert citation.quote == "Side effects include:\n\nfever\nback pain"


@pytest.mark.parametrize(
    ("start", "locator"), [("Third", "reference 3"), ("Figure 1", "Figure 1, caption")]
)
def test_a_reference_and_a_caption_are_found_by_their_numbers(document, start, locator):
    assert cite(document, sentence(document, start).span, 0.5).locator == locator


def test_part_of_a_sentence_is_no_quote(document):
    span = sentence(document, "It is a drip").span
    for start, end in [(span.start + 1, span.end), (span.start, span.end - 1)]:
        with pytest.raises(CitationError, match="whole sentences"):
            cite(document, Span(start, end), 0.5)


def test_a_quote_does_not_run_over_a_heading(document):
    first, last = document.sentences[0], sentence(document, "Call your team")
    with pytest.raises(CitationError, match="heading"):
        cite(document, Span(first.span.start, last.span.end), 0.5)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_score_is_a_probability(document, score):
    with pytest.raises(CitationError, match="between 0 and 1"):
        cite(document, document.sentences[0].span, score)


def test_what_a_quote_refers_back_to_stands_before_it(document):
    first, second = document.sentences[0].span, document.sentences[1].span
    assert cite(document, second, 0.5, antecedent=first).antecedent.text == document.quote(first)
    with pytest.raises(CitationError, match="is not before"):
        cite(document, first, 0.5, antecedent=second)


def part(*citations):
    return Part("Q?", (), citations, ())


def test_what_is_dated_in_one_part_of_an_answer_is_dated_in_all(document):
    span = document.sentences[0].span
    first, second = agreeing(
        [part(cite(document, span, 0.9)), part(cite(document, span, 0.5, as_of="2024-06"))]
    )
    assert [c.as_of for c in (*first.citations, *second.citations)] == ["2024-06"] * 2
    assert [c.score for c in (*first.citations, *second.citations)] == [0.9, 0.5]


def test_of_two_quotes_of_which_one_covers_the_other_the_wider_stands_in_both_parts(document):
    lead_in, last = sentence(document, "Side effects include"), sentence(document, "back pain")
    wide = Span(lead_in.span.start, last.span.end)
    narrow = cite(document, lead_in.span, 0.9, as_of="2024-06"), cite(document, last.span, 0.8)
    first, second = agreeing([part(*narrow), part(cite(document, wide, 0.5))])
    assert [(c.span, c.as_of) for c in first.citations] == [(wide, "2024-06")]
    assert [(c.span, c.as_of) for c in second.citations] == [(wide, "2024-06")]


def test_the_same_words_in_two_places_are_two_quotes_each_with_what_it_is_said_of():
    same = b"It can bring on fever, chills and a rash."
    text = b"# Drips\n\nA drip of cells can harm. %b\n\nOne of antibodies can, too. %b\n" % (
        same,
        same,
    )
    drips = ingest_bytes("drips", ".md", text, name="drips.md")
    before, first, other, second = (unit.span for unit in drips.sentences[-4:])
    of_cells = cite(drips, first, 0.9, antecedent=before)
    of_antibodies = cite(drips, second, 0.8, antecedent=other)
    assert of_cells.quote == of_antibodies.quote == same.decode()
    both = each_once([of_cells, of_antibodies, of_cells])
    assert [citation.antecedent.text for citation in both] == [
        "A drip of cells can harm.",
        "One of antibodies can, too.",
    ]
