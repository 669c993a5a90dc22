"""An answer as terminal text: each quote with its facts and place, to a given width."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping

from answer.quotes import Answer, Citation
from answer.tables import QuotedCell, QuotedRow, QuotedTable, Words
from corpus.sources import Source
from ui.cautions import cautions, lines
from ui.facts import CLOSEST, NOT_FOUND, SECOND_HAND, dated, facts, joined, link_to, named
from ui.parts import ShownPart, said_again, said_read_as, said_searched, shown_parts
from ui.printable import printable

NARROWEST, WIDEST = 30, 100
"""Columns: with fewer there is no room beside the indent, and longer lines are hard to read."""
_INDENT = " " * 4
_GAP = "  "
"""Between two columns of a table."""


def terminal_width() -> int:
    """Return how many columns to use: the terminal's, or 80 for a pipe or a file."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, NARROWEST), WIDEST)


def answer_text(answer: Answer, sources: Mapping[str, Source], width: int) -> str:
    """Return an answer as text for a terminal; it ends with a line end."""
    blocks = [wrapped(f"! {notice.text}", "", width) for notice in answer.notices]
    if answer.read_as:
        blocks.append(wrapped(said_read_as(answer.read_as), "", width))
    for part in shown_parts(answer) if answer.is_searched else ():
        if part.question:
            blocks.append(wrapped(part.question, "", width))
        blocks += _part_blocks(part, answer, sources, width)
    if answer.is_found and answer.n_documents < len(sources):
        blocks.append(said_searched(answer.n_documents, answer.n_passages, len(sources)))
    if answer.is_searched and answer.version:
        blocks.append(f"Library version {answer.version}.")
    return "\n\n".join(blocks) + "\n"


def _part_blocks(
    part: ShownPart, answer: Answer, sources: Mapping[str, Source], width: int
) -> Iterator[str]:
    labelled = [(f"[{number}]", citation) for number, citation in part.quotes]
    if not part.is_found:
        labelled = [(" - ", citation) for citation in part.related]
        searched = said_searched(answer.n_documents, answer.n_passages, len(sources))
        yield f"{NOT_FOUND}\n{searched}"
        yield from [CLOSEST] if part.related else []
    for label, citation in labelled:
        yield _quote_text(citation, sources[citation.doc_id], label, width)
    yield from [said_again(part.again)] if part.again else []


def quote_lines(text: str, width: int) -> list[str]:
    """Break a quote into lines of at most ``width`` characters, at spaces where there are any.

    No character is lost or added: joined together, the lines are the quote. A line end of the
    quote itself stays at the end of its line.
    """
    lines = []
    for paragraph in text.splitlines(keepends=True):
        start = 0
        while len(paragraph.rstrip("\n")) - start > width:
            end = paragraph.rfind(" ", start + 1, start + width + 1) + 1 or start + width
            lines.append(paragraph[start:end])
            start = end
        lines.append(paragraph[start:])
    return lines


def _quote_text(citation: Citation, source: Source, label: str, width: int) -> str:
    room = width - len(_INDENT)
    if citation.table:
        quoted = [*_table_lines(citation.table, room)]
    else:
        quoted = quote_lines(printable(citation.quote), room)
    shown = [_INDENT + line.rstrip("\n") for line in quoted]
    shown[0] = label.ljust(len(_INDENT)) + shown[0][len(_INDENT) :]
    warned = [f"! {line}" for line in lines(cautions(citation))]
    beside = (*warned, dated(citation), named(citation))
    shown += [wrapped(line, _INDENT, width) for line in beside if line]
    shown.append(wrapped("— " + " · ".join(facts(citation, source)), _INDENT, width))
    if address := link_to(citation, source):
        shown.append(_INDENT + printable(address))
    if citation.seams:
        shown.append(wrapped(joined(citation.seams), _INDENT, width))
    for entry in citation.references:
        shown.append(wrapped(f"cites [{entry.number}] {entry.text}", _INDENT, width))
    if citation.references:
        shown.append(wrapped(SECOND_HAND, _INDENT, width))
    return "\n".join(shown)


def _table_lines(table: QuotedTable, width: int) -> Iterator[str]:
    """Yield caption, head and rows of a table, in columns if they fit into ``width`` characters.

    If they do not, each cell has a line of its own with its head before it.
    """
    if table.caption:
        yield from quote_lines(_shown(table.caption), width)
    lines = _in_columns(table)
    if max(map(len, lines)) <= width:
        yield from lines
        return
    for row in table.rows:
        if row.group:
            yield _shown(row.group)
        yield from _one_by_one(table, row)


def _in_columns(table: QuotedTable) -> list[str]:
    """Return head and rows with every column as wide as its widest cell."""
    rows: list[tuple[QuotedCell, ...]] = [*table.heads]
    group = None
    for row in table.rows:
        if row.group and row.group != group:
            rows.append((QuotedCell(row.group, 0, table.width),))
        group = row.group
        rows.append(row.cells)
    widths = _widths(rows, table.width)
    starts = [sum(widths[:column]) + len(_GAP) * column for column in range(table.width)]
    return [_line(cells, starts) for cells in rows]


def _widths(rows: list[tuple[QuotedCell, ...]], width: int) -> list[int]:
    """Return how wide each column is; the last of a cell's columns makes up what it needs."""
    widths = [0] * width
    cells = sorted((cell for row in rows for cell in row), key=lambda cell: cell.columns)
    for cell in cells:
        covered = range(cell.column, cell.column + cell.columns)
        there = sum(widths[column] for column in covered) + len(_GAP) * (cell.columns - 1)
        widths[covered[-1]] += max(len(_shown(cell.words)) - there, 0)
    return widths


def _line(cells: tuple[QuotedCell, ...], starts: list[int]) -> str:
    line = ""
    for cell in cells:
        line = line.ljust(starts[cell.column]) + _shown(cell.words)
    return line.rstrip()


def _one_by_one(table: QuotedTable, row: QuotedRow) -> Iterator[str]:
    for cell in row.cells:
        if cell.words is None:
            continue
        heads = [_shown(head.words) for cells in table.heads for head in cells if _over(head, cell)]
        said = " / ".join(filter(None, heads))
        yield f"{said}: {_shown(cell.words)}" if said else _shown(cell.words)


def _over(head: QuotedCell, cell: QuotedCell) -> bool:
    return head.column <= cell.column < head.column + head.columns


def _shown(words: Words | None) -> str:
    return printable(words.text) if words else ""


def wrapped(text: str, indent: str, width: int) -> str:
    """Return text of ours, or a visitor's, in lines; what cannot be seen in it is shown."""
    return textwrap.fill(
        printable(text),
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
