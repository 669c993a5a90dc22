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
        ("10<sup>6</sup> cells<sup>12,13</sup>", "10⁶ cells¹²,¹³"),
        (
            "a drop <of 2 and one <alpha and beta> more",
            "a drop <of 2 and one <alpha and beta> more",
        ),
        ("write to <me@example.org>", "write to me@example.org"),
        ("***both*** and **bold *and* slanted**", "both and bold and slanted"),
        ("**bold with a *nested end***", "bold with a nested end"),
        ("5*3*2 mm and 2 × [2*7.85*0.63]", "5*3*2 mm and 2 × [2*7.85*0.63]"),
        ("*p < .05, **p < .01", "*p < .05, **p < .01"),
        ("a `b  c` and ``d`e`` and `` `f` ``", "a b  c and d`e and `f`"),
        ("an `unclosed tick and <!-- comment", "an `unclosed tick and <!-- comment"),
        ("[one [two](https://a.org) three](https://b.org)", "[one two three](https://b.org)"),
        ("[![badge](b.svg)](https://a.org) text", "text"),
        ("[D](https://doi.org/10.1016/S0140-6736(05)12-6) [t](<a b> 'title')", "D t"),
        ("[a](b(c d) e", "[a](b(c d) e"),
        ("[he](or she) and [12](see 13)", "[he](or she) and [12](see 13)"),
        (
            "[the guide][g] or [the guide] [12][13] [g] \\[a\\]",
            "the guide or [the guide] [12][13] g [a]",
        ),
        ("it is so[^g] and[^x] so", "it is so and[^x] so"),
        ("&#1; &nosuch; &#x3b1;", "&#1; &nosuch; α"),
        ("A$5 or 4 in US$ at most", "A$5 or 4 in US$ at most"),
        ("costs $10,574 versus $9,677", "costs $10,574 versus $9,677"),
        ("$5 or so, that is 4 US$ (2010)", "$5 or so, that is 4 US$ (2010)"),
        (r"$\left(x\right)$ and $10^{-6}$", "(x) and 10^-6"),
        ("$$\nE = mc^2\n$$", "E = mc^2"),
        ("soft\nline break", "soft line break"),
        ("hard  \nline break", "hard\nline break"),
    ],
)
def test_a_paragraph_reads_as_a_person_sees_it(source, seen):
    definitions = "\n\n[g]: https://g.org\n[12]: https://g.org\n\n[^g]: A note."
    assert parsed(source + definitions) == [("paragraph", seen)]


@pytest.mark.parametrize(
    "formula",
    [
        r"$\unknown{x}$", r"$\dfrac{1}{2}$", r"$\frac{a}$", r"$\sqrt\sqrt$", r"$\href$",
        r"$\begin{array}{$", "$" + "{" * 3000 + "$", "$" + r"\frac" * 500 + "$",
        "$" + "{" * 900 + "}" * 900 + "$", "$" + "x" * 3000 + "$",
    ],
    ids=lambda formula: formula[:20],
)  # fmt: skip
def test_a_formula_that_cannot_be_read_stays_as_it_stands_in_the_file(formula, caplog):
    assert parsed(f"Then {formula} holds.") == [("paragraph", f"Then {formula} holds.")]
    assert not caplog.records


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
