"""Whatever is made to harm, or is no DOCX, is refused in one line that ends with what to do."""

import pytest

from benchmarks.formats.package import docx, members, p, packed
from ingest.drafting.child import read_in_child
from ingest.drafting.reading import read_here
from ingest.drafting.steps import draft_bytes
from ingest.errors import UnknownFormatError, UnreadableFileError
from ingest.parsers.docx import parse
from tests.ingest.parsers.docx import hostile

ENCRYPTED = hostile.OLE + "EncryptedPackage".encode("utf-16-le")
WHOLE = docx(p("Some text to read."))
REFUSED = {
    "zero bytes": (b"", "is empty"),
    "cut short": (WHOLE[: len(WHOLE) // 2], "is damaged or not a DOCX"),
    "only its first bytes": (WHOLE[:40], "is damaged or not a DOCX"),
    "garbage": (b"\x00\x01garbage" * 50, "is damaged or not a DOCX"),
    "something before the package": (b"%PDF-1.7\n" + WHOLE, "is a PDF"),
    "encrypted": (ENCRYPTED, "needs a password"),
    "old Word": (hostile.OLE + b"\0" * 600, r"is an old Word file \(\.doc\)"),
    "RTF": (b"{\\rtf1 text}", "is an RTF file"),
    "a web page": (b"<!DOCTYPE html><html>", "is a web page"),
    "flat XML": (b'\xef\xbb\xbf<?xml version="1.0"?><pkg/>', "is an XML file"),
    "OpenDocument": (
        packed({"mimetype": "application/vnd.oasis.opendocument.text"}, compression=0),
        "is an OpenDocument file",
    ),
    "a spreadsheet": (hostile.of_other_office(), "holds no Word document"),
    "macros": (hostile.with_macros(), "holds macros"),
    "an empty package": (packed({"a.txt": "a"}), "is damaged or not a DOCX"),
    "no document": (hostile.without("word/document.xml"), "holds no Word document"),
    "another root": (hostile.with_document("<html/>"), "holds no Word document"),
    "broken XML": (hostile.with_document("<w:document><w:p>"), "its XML cannot be read"),
    "no XML": (hostile.with_document(b""), "its XML cannot be read"),
    "locked members": (hostile.locked_member(), "packed with a password"),
    "damaged members": (hostile.damaged_member(), "is damaged"),
    "a path out of it": (hostile.with_member("../../etc/passwd", "x"), "leads out of it"),
    "a path from the root": (hostile.with_member("/etc/passwd", "x"), "leads out of it"),
    "a path of Windows": (hostile.with_member("C:\\a", "x"), "leads out of it"),
    "two of one name": (hostile.two_of_one_name(), "two files of one name"),
    "many members": (hostile.many_members(), "more than 5000"),
    "entities in entities": (hostile.entities(), "document type|XML cannot be read"),
    "an entity outside": (hostile.outside_entity(), "document type|XML cannot be read"),
    "a document type elsewhere": (hostile.outside_type(), "document type"),
    "deep nesting": (hostile.deep(), "XML cannot be read"),
    "no text": (docx(p("")), "holds no text"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_one_line_that_says_what_to_do(case):
    data, said = REFUSED[case]
    with pytest.raises(UnreadableFileError, match=said) as caught:
        draft_bytes(".docx", data, "a.docx")
    what, _, to_do = str(caught.value).rpartition("; ")
    assert what
    assert to_do
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("make", [hostile.zip_bomb, hostile.many_bombs, hostile.lying_header])
def test_a_bomb_is_refused_before_it_unfolds(make):
    with pytest.raises(UnreadableFileError, match=r"unpacks to more than|is damaged"):
        parse(make())


def test_a_reference_to_a_part_outside_the_package_opens_nothing():
    files = members(p("Text."))
    relations = files["word/_rels/document.xml.rels"]
    files["word/_rels/document.xml.rels"] = relations.replace("styles.xml", "../../../etc/passwd")
    assert [block.text for block in parse(packed(files)).blocks] == ["Text."]


@pytest.mark.parametrize(
    "missing",
    ["word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "_rels/.rels"],
)
def test_a_part_that_is_missing_is_missed_by_nobody(missing):
    assert [block.text for block in parse(hostile.without(missing)).blocks] == [
        "Some text to read."
    ]


def test_a_style_based_on_itself_is_read_all_the_same():
    assert [block.text for block in parse(docx(p("Text.", style="Loop"))).blocks] == ["Text."]


def test_tables_in_tables_are_read_all_the_same():
    assert [block.text for block in parse(hostile.many_table_levels()).blocks] == [
        "Some text to read."
    ]


@pytest.mark.parametrize(
    ("suffix", "to_do"),
    [
        (".doc", "save it as .docx"),
        (".rtf", "save it as .docx"),
        (".odt", "save it as .docx"),
        (".docm", "save it in Word as .docx"),
    ],
)
def test_an_ending_of_another_word_file_is_refused_with_what_to_do(suffix, to_do):
    with pytest.raises(
        UnknownFormatError, match=rf"^a\.x: no parser for '{suffix}' files; .*{to_do}$"
    ):
        draft_bytes(suffix, WHOLE, "a.x")


@pytest.mark.slow
def test_a_file_is_read_in_a_child_process_as_here():
    there = read_in_child("a", ".docx", WHOLE, "a.docx")
    assert there == read_here("a", ".docx", WHOLE, "a.docx")


@pytest.mark.slow
@pytest.mark.parametrize("make", [hostile.zip_bomb, hostile.entities, hostile.deep])
def test_a_hostile_file_costs_one_line(make):
    with pytest.raises(UnreadableFileError, match=r"^bad\.docx: [^\n]*; [^\n]*$"):
        read_in_child("bad", ".docx", make(), "bad.docx")
