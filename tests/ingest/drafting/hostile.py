"""Every file that is made to harm, or is not what it says, of every format: one table of them all.

Those that a parser refuses quickly are tried one by one beside its tests; here stands what is tried
in a child process, and in one library with files that are in order.
"""

from benchmarks.formats.package import docx, p
from tests.ingest.parsers.docx import hostile as word
from tests.ingest.parsers.html.hostile import page
from tests.ingest.parsers.jats import hostile as jats
from tests.ingest.parsers.jats.written import article, sec
from tests.ingest.parsers.pdf import hostile as pdf
from tests.ingest.parsers.pdf.written import PROSE, lines
from tests.ingest.parsers.pdf.written import pdf as written_pdf

TEXT = "A first sentence with words in it. Another one follows it."
CRASHED = "ended the process that read it"
PLAIN = written_pdf(lines(*PROSE))


def one_line(size):
    """A text without a line end."""
    return b"word " * (size // 5)


BAD = {
    "operators_1gb.pdf": (pdf.bomb, CRASHED),
    "spaces_1gb.pdf": (pdf.bomb_of_spaces, CRASHED),
    "deflated_twice.pdf": (pdf.bomb_in_a_bomb, CRASHED),
    "operators_70mb.pdf": (pdf.many_operators, f"{CRASHED}|holds no text to quote"),
    "letters.pdf": (pdf.many_letters, "page 1 has 150298 characters, more than 100000"),
    "figures_in_figures.pdf": (pdf.forms_in_forms, CRASHED),
    "cyclic_pages.pdf": (pdf.cyclic_pages, "has no page that can be read"),
    "tree_without_end.pdf": (pdf.tree_without_end, "is damaged or not a PDF"),
    "pages_5000.pdf": (pdf.pages_without_end, "has 5000 pages, more than 1000; split"),
    "password.pdf": (lambda: pdf.locked("secret"), "needs a password"),
    "zero.pdf": (lambda: b"", "is empty (0 bytes)"),
    "page_named.pdf": (lambda: b"<!DOCTYPE html><html><p>Text.</p></html>", "is a web page"),
    "garbage.pdf": (lambda: b"\x00\x01garbage" * 50, "is damaged or not a PDF"),
    "truncated.pdf": (lambda: PLAIN[:300], "is damaged or not a PDF"),
    "bomb.docx": (word.zip_bomb, "unpacks to more than 50 MB"),
    "bombs.docx": (word.many_bombs, "unpacks to more than 200 MB"),
    "lies.docx": (word.lying_header, "is damaged or not a DOCX"),
    "members.docx": (word.many_members, "files, more than 5000"),
    "path.docx": (lambda: word.with_member("../../x", "x"), "whose name leads out of it"),
    "entities.docx": (word.entities, "document type|XML cannot be read"),
    "outside.docx": (word.outside_entity, "document type|XML cannot be read"),
    "deep.docx": (word.deep, "XML cannot be read"),
    "macros.docx": (word.with_macros, "holds macros"),
    "encrypted.docx": (
        lambda: word.OLE + "EncryptedPackage".encode("utf-16-le"),
        "needs a password",
    ),
    "truncated.docx": (lambda: docx(p(TEXT))[:400], "is damaged or not a DOCX"),
    "pdf_named.docx": (lambda: PLAIN, "is a PDF; let its name end in .pdf"),
    "laughs.nxml": (jats.laughs, "declares entities of its own"),
    "blow_up.nxml": (jats.blowup, "declares entities of its own"),
    "external.nxml": (jats.outside, "declares entities of its own"),
    "parameter.nxml": (jats.parameter, "declares entities of its own"),
    "deep.nxml": (jats.deep, "its XML cannot be read"),
    "tags_20mb.nxml": (lambda: jats.many_tags(5_000_000), "characters, more than"),
    "many_tags.nxml": (jats.many_tags, "has more than 500,000 tags"),
    "word_named.nxml": (lambda: docx(p(TEXT)), "is a Word file; let its name end in .docx"),
    "elements.html": (lambda: b"<p>a" + b"<b>" * 400_001, "more than 400,000 elements"),
    "large.html": (lambda: b"<p>" + b" " * 11 * 2**20, "has 11 MB, more than 10; split it"),
    "nul.html": (lambda: b"<p>a\0b</p>", "holds NUL bytes"),
    "mixed.html": (lambda: b"<p>caf\xc3\xa9 caf\xe9</p>", "not UTF-8"),
    "jats_named.html": (lambda: article(sec("<p>A.</p>")), "is an article in JATS"),
    "line_60mb.txt": (lambda: one_line(60 * 2**20), "has 60 MB, more than 10; split it"),
    "nul.txt": (lambda: b"Some\0text.", "is not text"),
    "charset.txt": (lambda: b"A sentence \xff\xfe\xe9.", "not UTF-8"),
    "picture_named.md": (lambda: b"\x89PNG\r\n\x1a\n\0", "is a picture"),
    "old.doc": (lambda: word.OLE + b"\0" * 600, "save it as .docx"),
}
"""By name: how it is made, and what the one line says (one of several things, parted by "|")."""

READ = {
    "plain.pdf": lambda: PLAIN,
    "figure_in_itself.pdf": pdf.form_in_itself,
    "table_before_itself.pdf": pdf.table_before_itself,
    "pages_not_there.pdf": pdf.pages_that_are_not_there,
    "wide_page.pdf": pdf.huge_page,
    "outline_in_itself.pdf": pdf.outline_in_itself,
    "attachment.pdf": pdf.with_attachment,
    "owner_password.pdf": lambda: pdf.locked(""),
    "plain.docx": lambda: docx(p(TEXT)),
    "tables_in_tables.docx": word.many_table_levels,
    "plain.nxml": lambda: article(sec(f"<p>{TEXT}</p>")),
    "deep.html": lambda: f"<p>{TEXT}".encode() + b"<div>" * 100_000,
    "attribute.html": lambda: f"<p>{TEXT}</p><p title='".encode() + b"b" * 5 * 2**20 + b"'>More.",
    "entities.html": lambda: f"<p>{TEXT}</p>".encode() + b"<p>&amp;&amp; " * 20_000,
    "shapes.html": lambda: f"<p>{TEXT}</p>".encode() + page("tables in tables", 200_000),
    "line_5mb.txt": lambda: one_line(5 * 2**20) + b"and an end.",
    "plain.md": lambda: f"# Title\n\n{TEXT}\n".encode(),
    "latin.txt": lambda: "He went to a café. It was closed.".encode("cp1252"),
}
"""What is read all the same, or is in order, by name."""
