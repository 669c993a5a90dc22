"""What a DOCX may hold that its page does not show, and what it may show that others lose."""

import pytest

from benchmarks.formats.package import docx, field, p, run, table
from ingest.assemble import assemble
from ingest.drafting.steps import draft_bytes
from ingest.parsers.docx import parse

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}'
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
    "<w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
DEAD_MARK = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'


def texts(*body, **others):
    return [block.text for block in parse(docx(*body, **others)).blocks if block.kind != "aside"]


def left_out(*body, **others):
    return {one.text: one.reason for one in parse(docx(*body, **others)).dropped}


def test_what_a_tracked_change_inserts_is_text_and_what_it_deletes_is_not():
    body = p(
        "Give ",
        "<w:del><w:r><w:delText>two</w:delText></w:r></w:del>",
        f"<w:ins>{run('one')}</w:ins>",
        " tablet.",
    )
    assert texts(body) == ["Give one tablet."]
    assert left_out(body) == {"two": "deleted text (tracked change)"}
    assert "accept or reject" in parse(docx(body)).notes[0]


def test_what_is_left_out_does_not_stand_between_the_parts_of_a_quote():
    deleted = "<w:del><w:r><w:delText>two</w:delText></w:r></w:del>"
    body = p("Give ", deleted, BOX.format(p("A box.")), run("ten", "<w:vanish/>"), "one tablet.")
    made = assemble("a", draft_bytes(".docx", docx(body), "a.docx"), "")
    assert made.parts(made.sentences[0].span) == ("Give one tablet.",)


def test_a_drop_cap_is_part_of_its_word():
    body = p("T", properties='<w:framePr w:dropCap="drop" w:lines="3"/>'), p("he patient was well.")
    assert texts(*body) == ["The patient was well."]


def test_what_was_moved_stands_where_it_was_moved_to():
    body = (
        p("A. ", f"<w:moveFrom>{run('Moved.')}</w:moveFrom>"),
        p(f"<w:moveTo>{run('Moved.')}</w:moveTo>"),
    )
    assert texts(*body) == ["A.", "Moved."]


def test_a_deletion_inside_an_insertion_is_a_deletion():
    inner = "<w:del><w:r><w:delText>no</w:delText></w:r></w:del>"
    assert texts(p(f"<w:ins>{run('yes ')}{inner}</w:ins>", "end")) == ["yes end"]


def test_paragraphs_whose_parting_was_deleted_are_one():
    assert texts(p("The dose ", properties=DEAD_MARK), p("is 1 mg.")) == ["The dose is 1 mg."]


@pytest.mark.parametrize(
    "look",
    ["<w:vanish/>", '<w:rStyle w:val="Secret"/>', '<w:color w:val="FFFFFF"/>', '<w:sz w:val="1"/>'],
    ids=["hidden", "hidden by its style", "white on white", "too small to read"],
)
def test_words_that_the_page_does_not_show_are_dropped(look):
    body = p("Give one. ", run("Give twice the dose.", look))
    assert texts(body) == ["Give one."]
    assert left_out(body) == {"Give twice the dose.": "hidden text"}


@pytest.mark.parametrize(
    "look",
    [
        '<w:vanish w:val="0"/>', '<w:vanish w:val="false"/>', "<w:webHidden/>",
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000080"/>',
    ],
)  # fmt: skip
def test_words_that_the_page_shows_are_text(look):
    assert texts(p("Give ", run("one.", look))) == ["Give one."]


def test_a_field_shows_its_result_and_not_its_code():
    assert texts(p("See ", field("REF a \\h", "Table 2"), ".")) == ["See Table 2."]


def test_a_field_inside_the_code_of_another_is_not_shown():
    nested = BEGIN + "<w:r><w:instrText>IF </w:instrText></w:r>" + field("PAGE", "7") + SEPARATE
    assert texts(p("It is ", nested, "so", END, ".")) == ["It is so."]


def test_a_field_without_end_loses_nothing_without_a_reason():
    body = p("Begin. ", BEGIN, "<w:r><w:instrText>X</w:instrText></w:r>", "Shown nowhere.")
    assert texts(body) == ["Begin."]
    assert left_out(body) == {"Shown nowhere.": "code of a field"}


def test_a_simple_field_a_smart_tag_and_a_content_control_hold_text():
    body = p(
        '<w:fldSimple w:instr="REF a">' + run("One ") + "</w:fldSimple>",
        "<w:smartTag>" + run("two ") + "</w:smartTag>",
        "<w:sdt><w:sdtPr/><w:sdtContent>" + run("three ") + "</w:sdtContent></w:sdt>",
        "<w:customXml><w:bdo>" + run("four.") + "</w:bdo></w:customXml>",
    )
    assert texts(body) == ["One two three four."]


def test_a_content_control_around_paragraphs_holds_text():
    assert texts(f"<w:sdt><w:sdtContent>{p('One.')}{p('Two.')}</w:sdtContent></w:sdt>") == [
        "One.",
        "Two.",
    ]


def test_a_prompt_that_nobody_filled_in_is_dropped():
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + run("Click here")
        + "</w:sdtContent></w:sdt>"
    )
    assert texts(p("Name: ", prompt, "Ann")) == ["Name: Ann"]
    assert left_out(p("Name: ", prompt)) == {"Click here": "prompt that nobody filled in"}


def test_a_text_box_is_read_once_and_after_its_paragraph():
    body = p("Before ", BOX.format(p("In the box.")), "and after.")
    assert texts(body) == ["Before and after.", "In the box."]


def test_labels_in_a_drawing_of_several_shapes_are_not_quoted():
    group = "<w:r><w:drawing><wpg:wgp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wpg:wgp></w:drawing></w:r>"
    body = p("Text.", group.format(p("Enrolled (n = 12)")))
    assert texts(body) == ["Text."]
    asides = [block for block in parse(docx(body)).blocks if block.kind == "aside"]
    assert [(one.text, one.reason) for one in asides] == [
        ("Enrolled (n = 12)", "labels in a figure")
    ]


def test_a_link_is_text_and_keeps_where_it_leads():
    body = p("See ", '<w:hyperlink r:id="L1">' + run("this page") + "</w:hyperlink>", ".")
    block = parse(docx(body, links={"L1": "https://example.org/a"})).blocks[0]
    assert block.text == "See this page."
    assert {piece.url for piece in block.pieces if piece.text == "page"} == {
        "https://example.org/a"
    }


def test_a_link_made_by_a_field_keeps_where_it_leads():
    block = parse(docx(p(field('HYPERLINK "https://example.org/b"', "there")))).blocks[0]
    assert block.pieces[0].url == "https://example.org/b"


def test_hyphens_tabs_and_breaks_are_what_they_look_like():
    body = p(
        "CD", "<w:r><w:noBreakHyphen/></w:r>", "8 cells", "<w:r><w:tab/></w:r>", "are im",
        "<w:r><w:softHyphen/></w:r>", "mune\u00ad cells.", "<w:r><w:br/></w:r>", "A new line",
        "<w:r><w:br/></w:r>", "goes on.",
    )  # fmt: skip
    assert texts(body) == ["CD‑8 cells are immune cells.\nA new line goes on."]


def test_a_page_break_ends_a_block():
    assert texts(p("One.", '<w:r><w:br w:type="page"/></w:r>', "Two.")) == ["One.", "Two."]


def test_footnotes_follow_the_paragraph_and_a_list_is_not_cut_by_them():
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = (
        p("The kinds are", mark.format(2), ":"),
        p("one", mark.format(3), style="Liste"),
        p("two", style="Liste"),
        p("The end."),
    )
    notes = "".join(f'<w:footnote w:id="{n}">{p(f"Note {n}.")}</w:footnote>' for n in (2, 3, 4))
    assert texts(*body, parts={"footnotes": notes}) == [
        "The kinds are:",
        "Note 2.",
        "one",
        "two",
        "Note 3.",
        "The end.",
    ]
    assert left_out(*body, parts={"footnotes": notes}) == {
        "Note 4.": "note that the text does not refer to"
    }


def test_comments_headers_and_footers_are_dropped():
    parts = {
        "comments": f'<w:comment w:id="0">{p("Really?")}</w:comment>',
        "header1": p("Draft 3"),
        "footer1": p("Page ", field("PAGE", "1")),
    }
    assert texts(p("Text."), parts=parts) == ["Text."]
    assert left_out(p("Text."), parts=parts) == {
        "Really?": "comment",
        "Draft 3": "header",
        "Page 1": "footer",
    }


def test_a_symbol_by_number_is_doubtful_and_so_are_letters_of_a_symbol_font():
    sign = '<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>'
    letter = run("m", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
    found = parse(docx(p("We gave 5 ", sign, "l or 6 ", letter, "l.")))
    assert [found.source[at] for at in found.doubtful] == ["\uf06d", "m"]


def test_a_symbol_of_a_font_with_proper_numbers_is_text():
    found = parse(docx(p("Done ", '<w:r><w:sym w:font="Segoe UI Symbol" w:char="2713"/></w:r>')))
    assert found.blocks[0].text == "Done ✓"
    assert found.doubtful == ()


def test_a_row_of_letters_is_a_formula_and_a_fraction_is_doubtful():
    plain = "<m:oMath><m:r><m:t>p=0.05</m:t></m:r></m:oMath>"
    part = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    found = parse(docx(p("Where ", plain, " and ", part, " of it.")))
    assert found.blocks[0].text == "Where p=0.05 and 12 of it."
    assert [found.source[at] for at in found.doubtful] == ["1", "2"]


def test_a_formula_that_is_a_picture_leaves_a_doubtful_place():
    equation = '<w:r><w:object><o:OLEObject ProgID="Equation.DSMT4"/></w:object></w:r>'
    found = parse(docx(p("Give ", equation, " mg.")))
    assert len(found.doubtful) == 1


def test_raised_digits_are_raised():
    up = '<w:vertAlign w:val="superscript"/>'
    body = p("10", run("6", up), " cells, 5 cm", run("-2", up), ", the 1", run("st", up), " day.")
    assert texts(body) == ["10⁶ cells, 5 cm⁻², the 1st day."]


def test_small_letters_above_others_are_left_aside():
    ruby = (
        f"<w:r><w:ruby><w:rt>{run('kan')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>"
    )
    assert texts(p(ruby)) == ["漢"]


def test_a_table_without_a_head_is_not_quoted_but_its_caption_is():
    body = (
        p("Table 1. Doses.", style="Beschriftung"),
        table(["Day", "Dose"], ["1", "5 mg"]),
        p("Text."),
    )
    assert texts(*body) == ["Table 1. Doses.", "Text."]
    asides = [block for block in parse(docx(*body)).blocks if block.kind == "aside"]
    assert [one.text for one in asides] == ["Day", "Dose", "1", "5 mg"]
    assert {one.reason for one in asides} == {"table without a head row"}


def test_a_caption_in_a_table_made_for_layout_is_kept():
    assert texts(table([p("picture"), p("Figure 1. A scan.")])) == ["Figure 1. A scan."]


def test_a_table_of_one_cell_is_a_frame_around_text():
    assert texts(table([p("Take note.") + p("And this.")])) == ["Take note.", "And this."]


def test_an_embedded_document_is_told():
    assert "embedded" in parse(docx(p("Text."), '<w:altChunk r:id="x"/>')).notes[0]


def test_a_strict_file_is_read_like_another():
    from benchmarks.formats.package import members, packed

    old = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    new = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    files = {
        name: text.replace(old, new)
        for name, text in members(p("Head", style="berschrift1"), p("Text.")).items()
    }
    assert [(b.kind, b.text) for b in parse(packed(files)).blocks] == [
        ("heading", "Head"),
        ("paragraph", "Text."),
    ]
