"""Quoted rows of a table as HTML: a small table with its caption and head, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answer.quotes import Citation
from answer.tables import QuotedCell, QuotedRow, QuotedTable, Words
from ingest.document import Document
from ui.html.references import reference_links
from ui.html.verbatim import Insert, seam_marks, spliced


def table_html(citation: Citation, table: QuotedTable, document: Document, name: str) -> str:
    """Return the table that stands in place of a quote; every text in it is the document's.

    ``name`` is the id of the quote. The table scrolls in a box of its own where it is too wide.
    """
    shown = _Shown(citation, table, document, name)
    over = shown.text(table.caption)
    caption = f"<caption><span>{over}</span></caption>" if over else ""
    heads = "".join(f"<tr>{''.join(map(shown.head, cells))}</tr>" for cells in table.heads)
    rows = "".join(shown.rows(table.rows))
    return (
        '<div class="qw-rows" role="group" tabindex="0" aria-label="Table">'
        f"<table>{caption}<thead>{heads}</thead><tbody>{rows}</tbody></table></div>"
    )


class _Shown:
    """Writes the parts of one quoted table."""

    def __init__(
        self, citation: Citation, table: QuotedTable, document: Document, name: str
    ) -> None:
        self._document, self._width, self._begin = document, table.width, citation.span.start
        self._links = list(reference_links(citation, name))

    def text(self, words: Words | None) -> str:
        """Return a stretch of the document; none for an empty cell."""
        if words is None:
            return ""
        start, end = words.span.start, words.span.end
        links = [self._inside(link, start, end) for link in self._links]
        seams = seam_marks(self._document.seams_in(words.span), start)
        return spliced(words.text, [*seams, *(link for link in links if link)])

    def head(self, cell: QuotedCell) -> str:
        """Return a cell of the head."""
        scope = "colgroup" if cell.columns > 1 else "col"
        tag = "th" if cell.words else "td"
        named = f' scope="{scope}"' if cell.words else ""
        return f"<{tag}{named}{_covers(cell)}>{self.text(cell.words)}</{tag}>"

    def rows(self, rows: Sequence[QuotedRow]) -> Iterator[str]:
        """Yield the rows, each group's line once over its rows."""
        group = None
        for row in rows:
            if row.group and row.group != group:
                words = self.text(row.group)
                yield f'<tr><th scope="rowgroup" colspan="{self._width}">{words}</th></tr>'
            group = row.group
            yield f"<tr>{''.join(map(self._cell, row.cells))}</tr>"

    def _cell(self, cell: QuotedCell) -> str:
        first = cell.column == 0 and cell.words is not None
        tag, scope = ("th", ' scope="row"') if first else ("td", "")
        return f"<{tag}{scope}{_covers(cell)}>{self.text(cell.words)}</{tag}>"

    def _inside(self, link: Insert, start: int, end: int) -> Insert | None:
        """Return a tag of the quote's at its place in one of its cells; None if it is in none."""
        offset, order, tag = link
        at = self._begin + offset - start
        return (at, order, tag) if 0 <= at <= end - start else None


def _covers(cell: QuotedCell) -> str:
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return columns + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")
