"""From bytes to a document: what is dropped, joined, numbered and refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.drafting.steps import draft_bytes
from ingest.errors import UnknownFormatError, UnreadableFileError
from ingest.pipeline import ingest_bytes, ingest_file


def document(text, suffix=".md"):
    return ingest_bytes("doc", suffix, text.encode(), name=f"doc{suffix}")


def sentences(text, suffix=".md"):
    return [sentence.text for sentence in document(text, suffix).sentences]


PAGE = """快猫短视频

Skip to main content

A Treatment for a Disease

The treatment is new. It works in some people.

Side effects of the treatment

Possible side effects include:

  • Fever
  • Back pain

Call your team.

Last Revised: May 1, 2020

Society Emails

Sign up to stay up-to-date with news and ways to get involved.
"""


def test_a_web_page_loses_its_navigation_foreign_line_and_sign_up():
    page = document(PAGE, ".txt")
    assert [d.text for d in page.dropped] == [
        "快猫短视频",
        "Skip to main content",
        "Society Emails",
        "Sign up to stay up-to-date with news and ways to get involved.",
    ]
    assert "Sign up" not in page.text


def test_the_first_line_of_a_plain_page_is_its_title_and_short_lines_are_headings():
    page = document(PAGE, ".txt")
    assert page.title == "A Treatment for a Disease"
    assert [section.headings[1:] for section in page.sections] == [
        (),
        ("Side effects of the treatment",),
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("Title\n\nSigns\n\n- fever\n- rash", ["Title", "Signs"]),
        ("Title\n\nIt is treated with\n\n- tablets\n- rest", ["Title"]),
        ("Title\n\nThis sentence is cut\n\nin the middle.", ["Title"]),
        ("a title in small letters\n\nText is here.", ["a title in small letters"]),
        ("Title\n\nText of a word that is bro-\n\nken.", ["Title"]),
        ("Title\n\nReceived May 1, 2031\n\nText is here.", ["Title"]),
        ("Title\n\nTable 1. Doses by week\n\nText is here.", ["Title"]),
        ("Title\n\nMore at https://example.org\n\nText is here.", ["Title"]),
    ],
)
def test_a_short_line_of_a_plain_text_is_a_heading_unless_it_goes_on(text, headings):
    draft = draft_bytes(".txt", text.encode(), "doc.txt")
    assert [block.text for block in draft.blocks if block.kind == "heading"] == headings


def test_a_list_item_keeps_its_lead_in():
    page = document(PAGE, ".txt")
    items = [sentence for sentence in page.sentences if sentence.kind == "item"]
    assert [item.text for item in items] == ["Fever", "Back pain"]
    assert {page.quote(item.lead_in) for item in items} == {"Possible side effects include:"}


CUT_BY_A_CAPTION = """# T

## S

The lump shrank to

![](f.png)

**Figure 1.** A scan. It shows the lump.

1.4 cm in spring (Fig. 1). He was glad.
"""


def test_a_sentence_that_a_caption_cuts_in_two_is_one_again_and_says_so():
    doc = document(CUT_BY_A_CAPTION)
    joined = doc.sentences[0]
    assert joined.text == "The lump shrank to 1.4 cm in spring (Fig. 1)."
    assert [seam.kind for seam in doc.seams_in(joined.span)] == ["caption"]
    assert doc.parts(joined.span) == ("The lump shrank to", "1.4 cm in spring (Fig. 1).")


def test_a_caption_is_one_unit_under_its_number_and_follows_its_section():
    doc = document(CUT_BY_A_CAPTION)
    caption = doc.sentences[-1]
    assert (caption.kind, caption.text) == ("caption", "Figure 1. A scan. It shows the lump.")
    assert doc.sections[caption.section].headings == ("T", "S", "Figure 1")


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Low and incom-", "plete responses are common.", "Low and incomplete responses are common."),
        ("It was a multi-", "modality plan. A multi-modality plan helps.",
         "It was a multi-modality plan."),
        ("It went on and", "thus ended.", "It went on and thus ended."),
    ],
)  # fmt: skip
def test_a_paragraph_that_a_page_break_cuts_is_whole_again(first, second, whole):
    assert sentences(f"# T\n\n{first}\n\n{second}\n")[0] == whole


def test_a_finished_paragraph_is_not_joined_to_the_next():
    assert sentences("# T\n\nIt is done.\n\n2 mice lived.\n") == ["It is done.", "2 mice lived."]


def test_the_publishers_notices_stand_with_the_title_and_join_nothing():
    doc = document(
        "# T\n\nA. Author\n\n## S\n\nThe man came with the onset\n\n"
        "Manuscript submitted May 1, 2024  \nPublished online June 2, 2024\n\nof pain.\n"
    )
    assert [(s.section, s.text) for s in doc.sentences] == [
        (0, "A. Author"),
        (0, "Manuscript submitted May 1, 2024"),
        (0, "Published online June 2, 2024"),
        (1, "The man came with the onset of pain."),
    ]


def test_references_are_numbered_in_order_across_a_cut_list():
    doc = document(
        "# T\n\nAs shown [2].\n\n## References\n\n- One A. First. 2001;1:1. [doi](#)\n"
        "- Two B. What of tu-\n\n- mors? 2002;2:2. doi:10.1000/ab.c\n3. Three C. Last. 2003;3:3.\n"
    )
    assert [(r.number, r.text, r.doi) for r in doc.references] == [
        (1, "One A. First. 2001;1:1.", None),
        (2, "Two B. What of tumors? 2002;2:2. doi:10.1000/ab.c", "10.1000/ab.c"),
        (3, "Three C. Last. 2003;3:3.", None),
    ]


def test_abbreviations_are_records_from_lists_and_from_brackets():
    doc = document(
        "# T\n\nBeam therapy (BT) and (see) external radiation (ER) help.\n\n"
        "## Abbreviations\n\nCR: complete response; PR: partial response\n"
    )
    assert [(a.short, a.long) for a in doc.abbreviations] == [
        ("BT", "Beam therapy"),
        ("ER", "external radiation"),
        ("CR", "complete response"),
        ("PR", "partial response"),
    ]


@pytest.mark.parametrize("label", ["Abbreviations:", "**Abbreviations:**", "Abbreviations: \u00a0"])
def test_a_label_for_abbreviations_may_stand_alone_above_its_list(label):
    doc = document(f"# T\n\n{label}\n\nCR: complete response; PR: partial response\n\nNote: no.\n")
    assert [(a.short, a.long) for a in doc.abbreviations] == [
        ("CR", "complete response"),
        ("PR", "partial response"),
    ]


def test_a_label_for_abbreviations_without_a_list_defines_nothing():
    assert document("# T\n\nAbbreviations:\n\n## Results\n\nNote: no.\n").abbreviations == ()


def test_a_bracket_far_from_its_long_form_defines_nothing():
    doc = document(f"# T\n\nThe beam {'of it ' * 50}was strong (BT).\n")
    assert doc.abbreviations == ()


def test_keywords_are_records():
    doc = document("# T\n\n**Keywords:** Sarcoma; Long therapy\n\nText here.\n")
    assert [doc.quote(span) for span in doc.keywords] == ["Sarcoma", "Long therapy"]


def test_a_form_feed_in_a_plain_text_begins_a_page():
    doc = document(
        "A page\n\nOne is here.\n\n\fTwo goes on and on\n\n\fover there.\n\n\fFour.\n", ".txt"
    )
    assert [(s.text, doc.page_of(s.span.start)) for s in doc.sentences] == [
        ("One is here.", 1),
        ("Two goes on and on over there.", 2),
        ("Four.", 4),
    ]
    assert document("A page\n\nOne is here.\n", ".txt").page_starts == ()


def test_what_is_nested_deeper_than_anyone_nests_is_left_out_and_said():
    doc = document("# T\n\nHere.\n\n" + "> " * 30 + "deep\n\n" + "> " * 8 + "not so deep\n")
    assert [s.text for s in doc.sentences] == ["Here.", "not so deep"]
    assert [(d.reason, d.text[-4:]) for d in doc.dropped] == [("nested too deeply", "deep")]


def test_no_sentence_goes_on_across_a_table_or_code():
    for aside in ("| a | b |\n|---|---|\n| c | d |", "```\ncode\n```", "<div>\nText.\n</div>"):
        doc = document(f"# T\n\nThe counts were made with\n\n{aside}\n\nand were high.\n")
        lines = [s.text for s in doc.sentences if s.kind == "line"]
        sentences = [s.text for s in doc.sentences if s.kind == "sentence"]
        assert (lines, sentences) == (["The counts were made with"], ["and were high."])
        assert not doc.seams


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff\xfe text", r"doc\.md: begins as UTF-16"),
        (b"\xe9 is open.", r"doc\.md: not UTF-8 \(byte 0 is 0xe9\).*save the file as UTF-8"),
        (b"%PDF\0", r"doc\.md: is not text"),
        (b"", r"doc\.md: is empty \(0 bytes\)"),
        (b" \n\n\t\n", "holds no text"),
        (b"![](only-an-image.png)", "holds no text"),
    ],
)
def test_a_file_without_readable_text_is_refused(data, message):
    with pytest.raises(UnreadableFileError, match=message):
        ingest_bytes("doc", ".md", data, name="doc.md")


def test_a_file_that_is_gone_and_an_unknown_ending_are_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="put the file back"):
        ingest_file("gone", tmp_path / "gone.md")
    with pytest.raises(UnknownFormatError, match=r"use one of .*\.md"):
        ingest_bytes("doc", ".xyz", b"x", name="doc.xyz")


HOSTILE = st.text(
    alphabet=st.sampled_from("ab \n\n#*-_$\\[](){}<>&;!|`:.1é𝒳\u00a0\u00ad\u202e\r\t"), max_size=200
)


@given(HOSTILE, st.sampled_from([".md", ".txt"]))
def test_whatever_the_file_holds_sections_tile_and_sentences_keep_every_visible_character(
    text, suffix
):
    try:
        doc = document(text, suffix)
    except UnreadableFileError:
        return
    assert "".join(doc.text[s.span.start : s.span.end] for s in doc.sections) == doc.text
    assert all(
        a.span.end <= b.span.start for a, b in zip(doc.sentences, doc.sentences[1:], strict=False)
    )
    for sentence in doc.sentences:
        assert doc.sections[sentence.section].span.covers(sentence.span)
        assert sentence.text == doc.quote(sentence.span)
    headings = sum(len("".join(b.split())) for b in _own_headings(doc))
    held = sum(len("".join(s.text.split())) for s in doc.sentences)
    assert held + headings == len("".join(doc.text.split()))


def _own_headings(doc):
    for section in doc.sections:
        first = next((s.span.start for s in doc.sentences if section.span.covers(s.span)), None)
        yield doc.text[section.span.start : section.span.end if first is None else first]
