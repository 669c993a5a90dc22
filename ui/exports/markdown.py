"""Quotes as Markdown, to read. They keep their characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from answer.quotes import Answer, Part
from answer.tables import QuotedTable, Words
from corpus.sources import Source
from ui.cautions import cautions, lines
from ui.exports.selection import NOTE, Quoted, Selection, closing, one_line
from ui.facts import CLOSEST, NOT_FOUND, dated, named
from ui.parts import said_missing, said_read_as, said_within
from ui.references import Style, place_reference

_MARKED = re.compile(r"[\\`*_{}\[\]<>&#~|$!^]|-(?=-)|(?<=-)-|:(?=[\w+-]+:)")
_OPENS_BLOCK = re.compile(r"^(\d*)([-+=.)])")


def to_markdown(
    selection: Selection, sources: Mapping[str, Source], style: Style = "vancouver"
) -> str:
    """Write quotes as Markdown: each in a block of its own, its citation under it.

    The first heading is the title of the sheet, the questions are under it; else it is the one
    question.
    """
    blocks = [f"# {markdown_text(one_line(selection.title))}"] if selection.title else []
    for one in selection.quoted:
        blocks += _question_blocks(one, sources, style, "##" if selection.title else "#")
    return "\n\n".join([*blocks, "---", markdown_text(closing(selection, sources))]) + "\n"


def _question_blocks(
    one: Quoted, sources: Mapping[str, Source], style: Style, level: str
) -> Iterator[str]:
    answer = one.answer
    yield f"{level} {markdown_text(one_line(answer.question))}"
    yield from (f"**{markdown_text(notice.text)}**" for notice in answer.notices)
    if answer.read_as:
        yield markdown_text(one_line(said_read_as(answer.read_as)))
    if one.within:
        yield markdown_text(one_line(said_within(one.within, sources)))
    if one.missing:
        yield f"**{markdown_text(one_line(said_missing(one.missing, sources)))}**"
    if one.note:
        yield f"*{NOTE}* {markdown_text(one_line(one.note))}"
    for part in answer.parts or (answer,):
        if answer.parts:
            yield f"{level}# {markdown_text(one_line(part.question))}"
        if answer.is_searched:
            yield from _part_blocks(part, sources, style, is_complete=not one.missing)


def _part_blocks(
    part: Answer | Part, sources: Mapping[str, Source], style: Style, *, is_complete: bool
) -> Iterator[str]:
    if is_complete and not part.is_found:
        yield NOT_FOUND
        yield from [CLOSEST] if part.related else []
    for citation in part.citations or part.related:
        cited = place_reference(citation, sources[citation.doc_id], style)
        yield from (f"**{markdown_text(one_line(line))}**" for line in lines(cautions(citation)))
        yield _table(citation.table) if citation.table else _block_quote(citation.quote)
        yield from (
            markdown_text(one_line(line)) for line in (dated(citation), named(citation)) if line
        )
        yield f"— {markdown_text(one_line(cited))}"


def markdown_text(line: str) -> str:
    """Escape a line so that Markdown shows exactly its characters."""
    body = line.strip(" ")
    escaped = _OPENS_BLOCK.sub(r"\1\\\2", _MARKED.sub(r"\\\g<0>", body)).replace("\t", "&#9;")
    before, _, after = line.partition(body) if body else (line, "", "")
    return "&#32;" * len(before) + escaped + "&#32;" * len(after)


def _table(table: QuotedTable) -> str:
    """Return quoted rows as a table in a block quote, under the caption.

    Markdown knows neither cells over several columns nor a head of several rows: what a head says
    stands over each of its columns.
    """
    columns = range(table.width)
    heads = [_over(table, column) for column in columns]
    lines = [f"| {' | '.join(heads)} |", "|---" * table.width + "|"]
    for row in table.rows:
        if row.group:
            lines.append(f"| {' | '.join([_cell(row.group), *[''] * (table.width - 1)])} |")
        written = {cell.column: _cell(cell.words) for cell in row.cells}
        lines.append(f"| {' | '.join(written.get(column, '') for column in columns)} |")
    caption = [markdown_text(one_line(table.caption.text)), ""] if table.caption else []
    return "\n".join(f"> {line}".rstrip() for line in (*caption, *lines))


def _over(table: QuotedTable, column: int) -> str:
    cells = (cell for cells in table.heads for cell in cells)
    over = (one.words for one in cells if one.column <= column < one.column + one.columns)
    return "<br>".join(_cell(words) for words in over if words)


def _cell(words: Words | None) -> str:
    return markdown_text(one_line(words.text)) if words else ""


def _block_quote(quote: str) -> str:
    # A backslash at the end of a line keeps the line break.
    return "> " + "\\\n> ".join(markdown_text(line) for line in quote.splitlines())
