"""Markdown and LaTeX, read as a person sees them."""

import pytest

from ingest.parsers import markdown


def parsed(source):
    return [(block.kind, block.text) for block in markdown.parse(source.encode()).blocks]


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        (r"a  $22 \times 9.8 \times 8.8$ cm mass", "a 22 × 9.8 × 8.8 cm mass"),
        (r"as interferon- $\gamma$  release", "as interferon-γ release"),
        (r"receptor (PDGFR) $\alpha$  inhibitor", "receptor (PDGFR) α inhibitor"),
        (r"Only close,  $< 1$  mm margins", "Only close, < 1 mm margins"),
        ("costs $5 or $6 in all", "costs $5 or $6 in all"),
        ("**Figure 1.** *CT* imaging", "Figure 1. CT imaging"),
        ("2 * 3 * 4 is 24", "2 * 3 * 4 is 24"),
        ("snake_case_name stays", "snake_case_name stays"),
        (r"physician\_gls and physician\\_gls", "physician_gls and physician_gls"),
        ("[a label](https://example.org)", "a label"),
        ("Text. [doi](#) [pubmed](#)", "Text."),
        ("a &amp; b&nbsp;c", "a & b\u00a0c"),
        ("H<sub>2</sub>O <!-- note --> rises", "H2O rises"),
        ("`code_with_marks`", "code_with_marks"),
        ("p < 0.05 and q > 1", "p < 0.05 and q > 1"),
        ("soft\nline break", "soft line break"),
        ("hard  \nline break", "hard\nline break"),
    ],
)
def test_a_paragraph_reads_as_a_person_sees_it(source, seen):
    assert parsed(source) == [("paragraph", seen)]


def test_every_piece_knows_where_in_the_file_it_stands():
    source = "# T\n\nA **bold** word &amp; a [link](https://example.org)."
    for block in markdown.parse(source.encode()).blocks:
        for piece in block.pieces:
            raw = source[piece.source.start : piece.source.end]
            assert raw == piece.text or raw == "&amp;"


def test_headings_items_and_paragraphs_are_told_apart():
    source = "# Title\n\nText\nmore.\n\n- one\n- two\n  more\n13. thirteen\n\n---\n\n## Sub ##\n"
    assert parsed(source) == [
        ("heading", "Title"),
        ("paragraph", "Text more."),
        ("item", "one"),
        ("item", "two more"),
        ("item", "thirteen"),
        ("heading", "Sub"),
    ]


def test_an_image_and_a_link_to_nowhere_are_left_out_and_reported():
    draft = markdown.parse(b"![](figure.png)\n\nText [doi](#).")
    assert [block.text for block in draft.blocks] == ["Text ."]
    assert [dropped.reason for dropped in draft.dropped] == ["image", "link to nowhere"]
