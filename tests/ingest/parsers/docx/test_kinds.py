"""Headings, titles, lists, captions, references and citations as Word and its companions mark them."""

import pytest

from benchmarks.formats.package import docx, field, p, raised, run
from ingest.assemble import assemble
from ingest.drafting.steps import draft_bytes
from ingest.parsers.docx import parse
from ingest.references import cited_in

LEVEL = '<w:outlineLvl w:val="{}"/>'
ITEM = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
ENTRIES = [f"Author {name}. A paper of {name}. J Tests. 2020;1:2." for name in "ABCDE"]
HEADING = p("References", style="berschrift1")
STYLE = '<w:style w:type="paragraph" w:styleId="X"><w:name w:val="{}"/></w:style>'
PROSE = p("Some prose that goes on and on until it ends in a full stop.")


def blocks(*body, **others):
    return [
        (b.kind, b.level, b.text) for b in parse(docx(*body, **others)).blocks if b.kind != "aside"
    ]


def document(*body, **others):
    return assemble("a", draft_bytes(".docx", docx(*body, **others), "a.docx"), "")


def listed(*entries, **others):
    """The numbers and beginnings of the references of a document that ends with these."""
    found = document(p("Text.", style=""), HEADING, *entries, **others).references
    return [(one.number, one.text[:8]) for one in found]


@pytest.mark.parametrize(
    ("paragraph", "level"),
    [
        (p("Methods", style="berschrift1"), 1),
        (p("Methods", style="berschrift2"), 2),
        (p("Methods", style="House"), 2),
        (p("Methods", properties=LEVEL.format(2)), 3),
        (p("Methods", style="berschrift2", properties=LEVEL.format(9)), 0),
        (p("Methods."), 0),
    ],
    ids=["by its level", "by its name", "by what it is based on", "by itself", "not by itself", "none"],
)  # fmt: skip
def test_a_heading_is_told_by_its_style(paragraph, level):
    kind = "heading" if level else "paragraph"
    assert blocks(paragraph, PROSE)[0][:2] == (kind, level)


@pytest.mark.parametrize(
    "name", ["Heading 3", "Überschrift 3", "Titre 3", "Título 3", "見出し 3", "heading3"]
)
def test_a_heading_has_its_name_in_many_languages(name):
    assert blocks(p("Methods", style="X"), PROSE, styles=STYLE.format(name))[0][:2] == (
        "heading",
        3,
    )


def test_a_title_is_above_all_headings():
    body = p("A title of some words", style="Titel"), p("Aim", style="berschrift1"), PROSE
    assert [one[:2] for one in blocks(*body)] == [("heading", 1), ("heading", 2), ("paragraph", 0)]


@pytest.mark.parametrize("look", ["<w:b/>", '<w:sz w:val="36"/>'], ids=["bold", "large"])
def test_a_title_without_a_style_stands_out_by_its_type(look):
    body = (
        p(run("A title of some words", look)),
        p("A. Author"),
        p("Aim", style="berschrift1"),
        PROSE,
    )
    assert [one[:2] for one in blocks(*body)][:3] == [
        ("heading", 1),
        ("paragraph", 0),
        ("heading", 2),
    ]


def test_where_no_style_says_so_short_bold_paragraphs_are_headings():
    body = (
        p(run("A title", "<w:b/>")),
        PROSE,
        p(run("Aim", "<w:b/>")),
        PROSE,
        p(run("Note this.", "<w:b/>")),
    )
    assert [one[0] for one in blocks(*body)] == [
        "heading",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
    ]


def test_where_nothing_is_marked_short_lines_are_headings_as_in_plain_text():
    made = draft_bytes(
        ".docx", docx(p("A title"), PROSE, p("Aim"), PROSE, p("References"), *map(p, ENTRIES)), "a"
    )
    assert [(b.text, b.level) for b in made.blocks if b.kind == "heading"] == [
        ("A title", 1), ("Aim", 2), ("References", 2),
    ]  # fmt: skip


def test_short_bold_paragraphs_under_a_heading_are_lower_headings():
    bold = p(run("What are the risks?", "<w:b/>")), PROSE
    body = (
        p("Ann Author"),
        p("Aim", style="berschrift1"),
        PROSE,
        *bold,
        *bold,
        p("End", style="berschrift1"),
        PROSE,
    )
    levels = [one[1] for one in blocks(*body) if one[0] == "heading"]
    assert levels == [1, 2, 2, 1]


@pytest.mark.parametrize("text", ["References", "7. References", "LITERATURE CITED"])
def test_what_stands_above_the_references_is_a_heading_in_any_style(text):
    made = document(p("Aim", style="berschrift1"), PROSE, p(text), *map(p, ENTRIES))
    assert [one.number for one in made.references] == [1, 2, 3, 4, 5]


def test_a_list_of_references_is_told_by_its_style_where_its_field_was_removed():
    style = STYLE.format("EndNote Bibliography")
    body = p("Text."), *(p(text, style="X") for text in ENTRIES)
    assert [b.number for b in parse(docx(*body, styles=style)).blocks] == [0, 1, 2, 3, 4, 5]


def test_a_table_of_contents_is_not_text():
    body = p(field('TOC \\o "1-3"', "Aim 1")), p("Aims 1", style="Verzeichnis1"), PROSE
    assert len(blocks(*body)) == 1


def test_a_list_is_told_by_its_numbering_and_by_its_style():
    body = (
        p("one", properties=ITEM.format(0, 1)),
        p("two", properties=ITEM.format(1, 1)),
        p("three", style="Liste"),
        p("four", style="Liste", properties=ITEM.format(0, 0)),
        p("five", properties=ITEM.format(0, 2)),
        p("•", "<w:r><w:tab/></w:r>", "six"),
    )
    kinds = [("item", 1), ("item", 2), ("item", 1), ("paragraph", 0), ("paragraph", 0), ("item", 1)]
    assert [one[:2] for one in blocks(*body)] == kinds
    assert blocks(*body)[-1][2] == "six"


def test_a_caption_is_told_by_its_number_style_or_label():
    body = (
        p("Figure ", field("SEQ Figure", "1"), " A scan of the leg"),
        p("Flow of patients", style="Beschriftung"),
        p("Table 2. Doses."),
        p("Table 2 shows the doses."),
    )
    assert [one[0] for one in blocks(*body)] == ["caption", "caption", "caption", "paragraph"]


def test_the_number_of_a_formula_makes_no_caption():
    assert blocks(p("a = b (", field("SEQ Equation", "1"), ")"))[0][0] == "paragraph"


def test_a_label_alone_is_the_caption_of_the_paragraph_under_it():
    body = p("Table ", field("SEQ Table", "1"), style="Beschriftung"), p("Doses by day."), PROSE
    assert blocks(*body)[0] == ("caption", 0, "Table 1 Doses by day.")


@pytest.mark.parametrize("written", ["{}. ", "[{}] ", "({}) ", "{}) "])
def test_numbers_typed_before_entries_are_theirs_and_no_text(written):
    entries = [p(written.format(n), text) for n, text in enumerate(ENTRIES, start=1)]
    assert listed(*entries, p("A word of thanks.")) == [
        (n, f"Author {a}") for n, a in enumerate("ABCDE", 1)
    ]


def test_numbers_of_a_list_count_its_entries():
    entries = [p(text, properties=ITEM.format(1, 1)) for text in ENTRIES]
    assert listed(*entries, p("A word of thanks.")) == [
        (n, f"Author {a}") for n, a in enumerate("ABCDE", 1)
    ]


def test_without_numbers_every_paragraph_is_an_entry():
    assert [number for number, _ in listed(*map(p, ENTRIES))] == [1, 2, 3, 4, 5]


def test_what_a_reference_manager_lists_are_entries():
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>ADDIN EN.REFLIST</w:instrText></w:r>'
    start += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = p(start, ENTRIES[0]), p(ENTRIES[1]), p(ENTRIES[2], end), PROSE
    assert [(b.kind, b.number) for b in parse(docx(*body)).blocks] == [
        ("item", 1), ("item", 2), ("item", 3), ("paragraph", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "properties",
    [
        "<w:bibliography/>", '<w:tag w:val="MENDELEY_BIBLIOGRAPHY"/>', '<w:tag w:val="CitaviBibliography"/>',
        '<w:docPartObj><w:docPartGallery w:val="Bibliographies"/></w:docPartObj>',
    ],
)  # fmt: skip
def test_a_content_control_may_be_the_list(properties):
    body = f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{''.join(map(p, ENTRIES))}</w:sdtContent></w:sdt>"
    assert [b.number for b in parse(docx(PROSE, body)).blocks] == [0, 1, 2, 3, 4, 5]


def test_endnotes_under_the_last_heading_are_the_references():
    mark = '<w:r><w:endnoteReference w:id="{}"/></w:r>'
    body = p("First.", mark.format(5)), p("Then more.", mark.format(3)), HEADING
    notes = f'<w:endnote w:id="3">{p(ENTRIES[1])}</w:endnote><w:endnote w:id="5">{p(ENTRIES[0])}</w:endnote>'
    made = document(*body, parts={"endnotes": notes})
    assert [one.text for one in made.references] == ENTRIES[:2]
    assert [cited_in(made, one.span) for one in made.sentences[:2]] == [(1,), (2,)]


def test_other_endnotes_are_text_where_they_are_referred_to():
    body = p("First.", '<w:r><w:endnoteReference w:id="3"/></w:r>'), p("Last.")
    notes = f'<w:endnote w:id="3">{p("An aside.")}</w:endnote>'
    assert [one[2] for one in blocks(*body, parts={"endnotes": notes})] == [
        "First.",
        "An aside.",
        "Last.",
    ]


@pytest.mark.parametrize(
    "code",
    ["ADDIN ZOTERO_ITEM CSL_CITATION {}", "ADDIN EN.CITE <x/>", "ADDIN CSL_CITATION {}", "CITATION Sm1 \\l 1033"],
)  # fmt: skip
@pytest.mark.parametrize("shown", ["(2, 3)", "[2,3]", "2–3"])
def test_what_a_reference_manager_cites_is_a_citation(code, shown):
    body = p("It works ", field(code, shown), "."), HEADING, *map(p, ENTRIES)
    made = document(*body)
    assert cited_in(made, made.sentences[0].span) == (2, 3)
    assert made.sentences[0].text == f"It works {shown}."


def cites(*runs):
    """What the first sentence cites in a paper that cites most of its list by superscripts."""
    body = (
        p("Aim", style="berschrift2"),
        p(*runs),
        p("All.", raised("1-3")),
        HEADING,
        *map(p, ENTRIES),
    )
    made = document(p("A title of some words", style="Titel"), *body)
    return cited_in(made, made.sentences[0].span)


def test_superscripts_cite_even_if_their_runs_are_cut():
    assert cites("It works", raised("1"), raised(","), raised("4"), ".") == (1, 4)


@pytest.mark.parametrize("before", ["It has 5 cm", "It weighs 10", "R"])
def test_powers_cite_nothing(before):
    assert cites(before, raised("2"), " in all.") == ()


def test_numbers_beyond_the_list_cite_nothing():
    assert cites("It works", raised("9"), ".") == ()


def test_a_sentence_ends_after_the_superscript_that_follows_it():
    made = document(p("It works.", raised("1,2"), " He went home."))
    assert [(one.text, one.kind) for one in made.sentences] == [
        ("It works.¹,²", "sentence"), ("He went home.", "sentence"),
    ]  # fmt: skip


def test_a_sentence_with_a_doubtful_character_is_left_out():
    sign = '<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>'
    made = document(p("He came in. We gave 5 ", sign, "l of it. He went home."))
    assert [one.text for one in made.sentences] == ["He came in.", "He went home."]
