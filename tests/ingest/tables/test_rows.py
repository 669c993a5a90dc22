"""A row of a table is quoted in every format with the same cells under the same heads."""

import json

import pytest

from benchmarks.formats.package import docx, p, table
from ingest.blocks import Piece
from ingest.document import Span
from ingest.drafting.steps import draft_bytes
from ingest.pipeline import ingest_bytes
from ingest.store import document_from_line, document_to_json
from ingest.tables.grid import MOST_ROWS, NO_HEAD, TOO_LARGE, Read, blocks_of, spans
from ingest.tables.parts import row_at
from ingest.tables.saying import above, said

JATS = """<article><front><article-meta><title-group><article-title>T</article-title></title-group>
</article-meta></front><body><sec><title>Results</title><p>They were counted.</p>
<table-wrap><label>Table 1</label><caption><p>Harms of the drug.</p></caption><table>
<thead><tr><th rowspan="2">Harm</th><th colspan="2">Arm</th></tr><tr><th>Drug</th><th>Placebo</th></tr></thead>
<tbody><tr><td rowspan="2">Skin</td><td>12 (4%)</td><td>&lt; 1</td></tr><tr><td>3</td><td>4</td></tr>
<tr><td colspan="3">Grade 3</td></tr><tr><td>Rash<xref ref-type="table-fn" rid="a">a</xref></td><td/><td>5</td></tr>
</tbody></table><table-wrap-foot><p>a Any rash.</p></table-wrap-foot></table-wrap>
</sec></body></article>"""
HTML = """<h1>T</h1><p>They were counted.</p>
<table><caption>Table 1. Harms of the drug.</caption>
<thead><tr><th rowspan=2>Harm<th colspan=2>Arm</tr><tr><th>Drug<th>Placebo</thead>
<tbody><tr><td rowspan=2>Skin<td>12 (4%)<td>&lt; 1<tr><td>3<td>4
<tr><td colspan=3>Grade 3<tr><td>Rash<td><td>5</table>"""
MARKDOWN = """# T

They were counted.

Table 1. Harms of the drug.

| Harm | Drug | Placebo |
|------|-----:|:-------:|
| Skin | 12 (4%) | < 1 |
| *Eyes* | 3 \\| 4 | |
| Grade 3 | | |
| Rash | | 5 |
"""
SAID = [
    "Skin, Arm Drug: 12 (4%), Arm Placebo: < 1",
    "Skin, Arm Drug: 3, Arm Placebo: 4",
    "Grade 3, Rash, Arm Placebo: 5",
]


def read(suffix, text):
    return ingest_bytes("d", suffix, text if isinstance(text, bytes) else text.encode(), "d")


def rows(document):
    return [sentence for sentence in document.sentences if sentence.kind == "row"]


@pytest.mark.parametrize(("suffix", "text"), [(".nxml", JATS), (".html", HTML)])
def test_each_cell_is_under_its_heads_and_in_every_row_that_it_spans(suffix, text):
    document = read(suffix, text)
    assert [said(document, row) for row in rows(document)] == SAID


def test_markdown_rows_are_quoted():
    document = read(".md", MARKDOWN)
    assert [said(document, row) for row in rows(document)] == [
        "Skin, Drug: 12 (4%), Placebo: < 1", "Eyes, Drug: 3 | 4", "Grade 3, Rash, Placebo: 5",
    ]  # fmt: skip


@pytest.mark.parametrize(("suffix", "text"), [(".nxml", JATS), (".html", HTML), (".md", MARKDOWN)])
def test_everything_of_a_table_is_a_slice_of_the_text(suffix, text):
    document = read(suffix, text)
    (found,) = document.tables
    assert document.quote(found.caption).endswith("Harms of the drug.")
    assert above(document, rows(document)[0]).startswith(document.quote(found.caption))
    for sentence in rows(document):
        assert sentence.text == document.quote(sentence.span)
        assert sentence.lead_in == found.head
        assert "Harm" in document.quote(sentence.lead_in)
        assert row_at(document.tables, sentence.span)[0] is found


def test_rows_follow_their_caption_in_its_section():
    document = read(".nxml", JATS)
    assert document.text.endswith(
        "They were counted.\n\nTable 1 Harms of the drug.\n\nHarm\tArm\nDrug\tPlacebo\n"
        "Skin\t12 (4%)\t< 1\n3\t4\nGrade 3\nRash\t\t5"
    )
    assert {document.sections[row.section].headings for row in rows(document)} == {
        ("T", "Results", "Table 1")
    }


def test_a_document_with_tables_reads_back_as_it_was_written():
    document = read(".html", HTML)
    line = json.dumps(document_to_json(document))
    assert document_from_line(line) == document
    assert json.loads(line)["tables"]


def cell(text, columns=1, rows=1):
    return Read((Piece(text, Span(0, len(text))),) if text else (), columns, rows)


def test_a_row_without_a_name_of_its_own_is_not_quoted():
    made = blocks_of(
        [[cell("Harm"), cell("n")]], [[cell("Rash"), cell("1")], [cell(""), cell("2")]]
    )
    assert [block.kind for block in made] == ["head", "row", "group"]


def test_a_table_without_a_head_or_with_too_many_rows_is_left_out():
    row = [cell("a"), cell("b")]
    assert blocks_of([], [row]) == NO_HEAD
    assert blocks_of([row], [row] * (MOST_ROWS + 1)) == TOO_LARGE
    assert not isinstance(blocks_of([row], [row] * MOST_ROWS), str)


def test_a_span_is_a_number_in_reason():
    assert [spans(written) for written in ("2", "", "x", "0", "9" * 30)] == [2, 1, 1, 1, 1]


def test_a_doubtful_cell_takes_along_what_it_gives_its_meaning_to():
    text = HTML.replace("Skin", "\ue000Skin")
    document = read(".html", text)
    assert [said(document, row) for row in rows(document)] == SAID[2:]
    text = HTML.replace("Drug<", "\ue000Drug<")
    assert rows(read(".html", text)) == []
    text = HTML.replace("Grade", "\ue000Grade")
    document = read(".html", text)
    assert [said(document, row) for row in rows(document)] == SAID[:2]


def test_tables_that_hold_tables_are_left_out_with_the_reason():
    draft = draft_bytes(
        ".html", HTML.replace("<td>5", "<td><table><tr><td>5</table>").encode(), "d"
    )
    assert "table with another inside" in {one.reason for one in draft.dropped}
    assert not [block for block in draft.blocks if block.kind == "row"]


def test_word_tables_are_read_where_the_file_marks_their_head():
    head = (
        "<w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + "".join(f"<w:tc>{p(text)}</w:tc>" for text in ("Harm", "Drug", "Placebo"))
        + "</w:tr>"
    )
    merged = "<w:tc><w:tcPr><w:vMerge{}/></w:tcPr>{}</w:tc>"
    body = (
        "<w:tbl>" + head
        + "<w:tr>" + merged.format(' w:val="restart"', p("Skin")) + f"<w:tc>{p('12')}</w:tc><w:tc>{p('1')}</w:tc></w:tr>"
        + "<w:tr>" + merged.format("", p("")) + f"<w:tc>{p('3')}</w:tc><w:tc>{p('4')}</w:tc></w:tr>"
        + f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{p("Grade 3")}</w:tc></w:tr>'
        + f"<w:tr><w:tc>{p('Rash')}</w:tc><w:tc>{p('')}</w:tc><w:tc>{p('5')}{p('6')}</w:tc></w:tr>"
        + "</w:tbl>"
    )  # fmt: skip
    document = read(".docx", docx(p("Table 1. Harms of the drug."), body, p("They were counted.")))
    assert [said(document, row) for row in rows(document)] == [
        "Skin, Drug: 12, Placebo: 1", "Skin, Drug: 3, Placebo: 4", "Grade 3, Rash, Placebo: 5 6",
    ]  # fmt: skip
    assert document.quote(document.tables[0].caption) == "Table 1. Harms of the drug."


def test_a_bold_first_row_is_a_head_in_word():
    def bold(text):
        return f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>"

    body = table([bold("Harm"), bold("Drug")], ["Rash", "5"])
    document = read(".docx", docx(p("They were counted."), body))
    assert [said(document, row) for row in rows(document)] == ["Rash, Drug: 5"]
