"""Headings, paragraphs, lists, captions and notes come in the order in which a page has them."""

import pytest

from tests.ingest.parsers.jats.written import (
    TITLE,
    blocks,
    document,
    draft,
    dropped,
    references,
    sec,
)

FIGURE = (
    '<fig id="F1"><label>Figure 1.</label><caption><title>The feet.</title><p>They ache.</p>'
    '</caption><alt-text>feet</alt-text><graphic xlink:href="f.jpg"/></fig>'
)
TABLE = (
    '<table-wrap id="T1"><label>Table 1</label><caption><p>Shoes</p></caption><table><tr><td>Size'
    "</td><td>42</td></tr></table><table-wrap-foot><p>European.</p></table-wrap-foot></table-wrap>"
)


def trails(made):
    """The headings of each section under the title."""
    return [section.headings[1:] for section in made.sections if len(section.headings) > 1]


def test_the_title_is_the_outermost_heading():
    assert draft(sec("<p>Text.</p>")).blocks[0].text == TITLE
    assert document(sec("<p>Text.</p>")).title == TITLE


def test_a_subtitle_and_the_marks_of_notes():
    title = 'Feet<xref ref-type="fn" rid="a">*</xref></article-title><subtitle>A report</subtitle><article-title>'
    assert draft(title=title).blocks[0].text == "Feet A report"


def test_sections_nest():
    body = sec("<p>One.</p>" + sec("<p>Two.</p>", "Patients"), "Methods") + sec(
        "<p>Three.</p>", "Results"
    )
    assert trails(document(body)) == [
        ("Methods",), ("Methods", "Patients"), ("Results",)
    ]  # fmt: skip


def test_a_section_keeps_its_number():
    assert blocks("<sec><label>2.1.</label><title>Patients</title><p>One.</p></sec>")[0] == (
        "heading",
        "2.1. Patients",
    )


def test_an_abstract_without_a_title_has_the_heading_that_a_page_gives_it():
    abstract = f"<abstract>{sec('<p>One.</p>', 'Background')}</abstract>"
    made = document(sec("<p>Two.</p>"), abstract=abstract)
    assert trails(made) == [("Abstract",), ("Abstract", "Background"), ("Methods",)]


def test_text_without_sections_is_not_part_of_the_abstract():
    made = document("<p>Two.</p>", abstract="<abstract><p>One.</p></abstract>")
    assert trails(made) == [("Abstract",), ("Main text",)]


def test_a_caption_stands_after_the_paragraph_that_it_interrupts():
    body = sec(f"<p>He rested {FIGURE}at home.</p><p>He slept.</p>")
    assert blocks(body)[1:] == [
        ("paragraph", "He rested at home."),
        ("caption", "Figure 1. The feet. They ache."),
        ("paragraph", "He slept."),
    ]
    made = document(body)
    assert [seam.kind for seam in made.seams] == ["caption"]
    assert made.sections[-1].headings[-1] == "Figure 1"


def test_figures_at_the_end_of_the_file_follow_the_paragraph_that_mentions_them():
    mention = '<xref ref-type="fig" rid="F1">Fig. 1</xref>'
    body = sec(f"<p>He rested.</p><p>See {mention} and {mention}.</p><p>He slept.</p>")
    kinds = [
        kind for kind, _ in blocks(body, after=f"<floats-group>{TABLE}{FIGURE}</floats-group>")
    ]
    assert kinds == ["heading", "paragraph", "paragraph", "caption", "paragraph", "caption"]


def test_a_table_without_a_head_is_left_out():
    made = draft(sec(TABLE))
    assert [b.text for b in made.blocks if b.kind == "caption"] == ["Table 1 Shoes"]
    assert dropped(made) == [
        ("table without a head row", "Size42"),
        ("notes of a table", "European."),
    ]


def test_figures_in_a_group_have_captions_of_their_own():
    group = f"<fig-group><caption><p>Both.</p></caption>{FIGURE}</fig-group>"
    assert [text for kind, text in blocks(sec(group)) if kind == "caption"] == [
        "Both.", "Figure 1. The feet. They ache."
    ]  # fmt: skip


def test_a_list_parts_its_paragraph_and_is_introduced_by_it():
    items = "<list-item><label>1)</label><p>Rest.</p><p>Long.</p></list-item><list-item><p>Water.</p></list-item>"
    made = document(sec(f"<p>He took:<list>{items}</list>and slept.</p>"))
    kinds = [(s.kind, s.text) for s in made.sentences]
    assert kinds == [
        ("sentence", "He took:"), ("item", "Rest."), ("sentence", "Long."), ("item", "Water."),
        ("sentence", "and slept."),
    ]  # fmt: skip
    leads = [made.quote(s.lead_in) for s in made.sentences if s.lead_in]
    assert leads == ["He took:", "He took:"]


def test_lists_nest():
    inner = "<list><list-item><p>Inner.</p></list-item></list>"
    made = draft(sec(f"<list><list-item><p>Outer.</p>{inner}</list-item></list>"))
    assert [(b.text, b.level) for b in made.blocks if b.kind == "item"] == [
        ("Outer.", 1),
        ("Inner.", 2),
    ]


def test_abbreviations_are_those_of_the_glossary():
    item = "<def-item><term>{}</term><def><p>{}</p></def></def-item>"
    glossary = "<glossary><def-list>{}{}</def-list></glossary>".format(
        item.format("CI", "confidence interval"), item.format("RR", "relative risk: crude")
    )
    made = document(back=glossary)
    assert [(a.short, a.long) for a in made.abbreviations] == [
        ("CI", "confidence interval"), ("RR", "relative risk: crude")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("element", "heading"),
    [("ack", "Acknowledgements"), ("fn-group", "Notes"), ("notes", "Notes"), ("app", "Appendix")],
)
def test_what_stands_at_the_back_has_a_heading(element, heading):
    inside = (
        "<fn><label>*</label><p>Nobody.</p></fn>" if element == "fn-group" else "<p>Nobody.</p>"
    )
    made = blocks(back=f"<{element}>{inside}</{element}>")
    assert made == [("heading", heading), ("paragraph", "Nobody.")]


def test_a_box_has_no_heading_as_the_text_goes_on_below_it():
    box = "<boxed-text><caption><title>Key points</title><p>Rest.</p></caption><p>Water.</p></boxed-text>"
    assert blocks(sec(f"<p>One.</p>{box}<p>Two.</p>"))[1:] == [
        ("paragraph", text) for text in ("One.", "Key points", "Rest.", "Water.", "Two.")
    ]


@pytest.mark.parametrize("place", ["<p>One.{}</p>", "<p>One.</p>{}"])
def test_nor_have_the_sections_in_it(place):
    box = f"<boxed-text>{sec('<p>Rest.</p>', 'Key points')}</boxed-text>"
    made = document(sec(place.format(box) + "<p>Two.</p>"))
    assert trails(made) == [("Methods",)]
    assert [s.text for s in made.sentences] == ["One.", "Key points", "Rest.", "Two."]


def test_a_footnote_in_a_paragraph_follows_it():
    body = sec("<p>He rested<fn><p>At home.</p></fn>, and slept.</p>")
    assert [text for _, text in blocks(body)[1:]] == ["He rested, and slept.", "At home."]


def test_files_beside_the_article_are_left_out_and_so_is_a_heading_over_them():
    extra = "<supplementary-material><label>S1</label><caption><p>Data.</p></caption></supplementary-material>"
    made = document(sec("<p>One.</p>") + sec(extra, "Supporting information"))
    assert "Supporting information" not in made.text
    assert {"supplementary file", "heading with nothing under it"} <= {
        d.reason for d in made.dropped
    }


def test_another_article_in_the_file_is_left_out_and_noted():
    made = draft(sec("<p>One.</p>"), after="<sub-article><body><p>Answer.</p></body></sub-article>")
    assert dropped(made) == [("another article in the same file", "Answer.")]
    assert made.notes == ("Other articles stand in the same file and were not read: 1.",)


def test_what_looks_like_something_else_stays_what_the_file_says_it_is():
    text = (
        "<p>Received wisdom of 2019 was wrong</p><p>and so it went.</p><p>Figure 1. It says so.</p>"
    )
    assert [kind for kind, _ in blocks(sec(text, "Results"))] == ["heading", *["paragraph"] * 3]
    made = document(sec(text, "Results"))
    assert made.seams == ()
    assert not [s for s in made.sentences if s.kind == "caption"]


def test_the_list_of_references_ends_the_text():
    made = document(sec("<p>One.</p>"), back=references())
    assert made.sections[-1].headings == (TITLE, "References")
    assert [r.number for r in made.references] == list(range(1, 10))
