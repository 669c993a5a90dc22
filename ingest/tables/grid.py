"""From the cells that a parser reads, row by row, to blocks: every cell in its column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, BlockKind, Piece, Place
from ingest.document import Span

MOST_ROWS, MOST_CELLS, MOST_HEADS = 500, 5_000, 6
"""Of a table, and rows of its head. Those of 400 articles have up to 80 rows, heads up to five. A
longer table is data to download, and each of its rows would cost as much to index as a sentence."""
NO_HEAD = "table without a head row"
NO_ROWS = "table without a row to quote"
TOO_LARGE = f"table of more than {MOST_ROWS} rows or {MOST_CELLS:,} cells"
NESTED = "table with another inside"
UNEVEN = "table with a row wider than its head"


@dataclass(frozen=True, slots=True)
class Read:
    """A cell as a parser reads it."""

    pieces: tuple[Piece, ...] = ()
    columns: int = 1
    rows: int = 1


Rows = Sequence[Sequence[Read]]


def blocks_of(heads: Rows, body: Rows) -> list[Block] | str:
    """Return a block for each row in which something is written, or why a table is left out.

    Args:
        heads: the rows of its head.
        body: the rows under it.

    """
    if sum(map(len, (*heads, *body))) > MOST_CELLS or len(body) > MOST_ROWS:
        return TOO_LARGE
    top = list(_Grid(0).blocks(heads))
    if not top or len(top) > MOST_HEADS:
        return NO_HEAD
    width = max(place.column + place.columns for block in top for place in block.cells)
    rows = list(_Grid(len(top)).blocks(body))
    if any(place.column + place.columns > width for block in rows for place in block.cells):
        return UNEVEN
    made = [*(replace(block, kind="head") for block in top), *_under(rows, width)]
    return made if any(block.kind == "row" for block in made) else NO_ROWS


def _under(rows: Sequence[Block], width: int) -> Iterator[Block]:
    """Yield the rows under a head, told apart, each with the line that names its group."""
    group: int | None = None
    for block in rows:
        kind = _kind(block, width)
        names_group = kind == "group" and block.cells[0].text is not None
        group = block.row if names_group else group
        yield replace(block, kind=kind, group=group if kind == "row" else None)


def _kind(block: Block, width: int) -> BlockKind:
    """Return "group" for a row that says nothing by itself.

    That is a line over other rows, and a row whose first cell is empty: it goes on with the one
    above, or has a name that only the eye gives it.
    """
    if width == 1:
        return "row"
    first = block.cells[0]
    is_named = first.column == 0 and first.text is not None
    n_written = sum(place.text is not None for place in block.cells)
    return "row" if is_named and n_written > 1 else "group"


class _Grid:
    """Rows that follow one another; a cell may reach from one into the next."""

    def __init__(self, number: int) -> None:
        """Begin with the ``number`` of the first row in its table."""
        self._number = number
        self._reaching: dict[int, tuple[Place, int]] = {}
        """By column: cells from above, and how many more rows each is part of."""

    def blocks(self, rows: Rows) -> Iterator[Block]:
        """Yield a block for each row in which something is written."""
        for cells in rows:
            pieces, places = self._row(cells)
            if pieces:
                yield Block("row", tuple(pieces), cells=tuple(places), row=self._number)
                self._number += 1

    def _row(self, cells: Sequence[Read]) -> tuple[list[Piece], list[Place]]:
        """Return what is written for a row, a tab between cells, and where each cell stands."""
        above, self._reaching = self._reaching, {}
        pieces: list[Piece] = []
        places: list[Place] = []
        column = length = tabs = 0
        for read in cells:
            while column in above:
                column += self._reach(above.pop(column), places)
            own = _in_line(read.pieces)
            if own:
                pieces += [Piece("\t" * tabs, None)] if tabs else []
                length += tabs
                tabs = 0
            size = sum(len(piece.text) for piece in own)
            text = Span(length, length + size) if own else None
            self._reach((Place(self._number, column, read.columns, text), read.rows), places)
            pieces += own
            length += size
            tabs += bool(pieces)
            column += read.columns
        for reached in above.values():
            self._reach(reached, places)
        return pieces, sorted(places, key=lambda place: place.column)

    def _reach(self, reached: tuple[Place, int], places: list[Place]) -> int:
        """Put a cell into the row, and into the next if it goes on; return how wide it is."""
        place, rows = reached
        places.append(place)
        if rows > 1:
            self._reaching[place.column] = (place, rows - 1)
        return place.columns


def _in_line(pieces: Sequence[Piece]) -> list[Piece]:
    r"""Return pieces without line ends and tabs, which part rows and cells."""
    return [
        replace(piece, text=piece.text.replace("\n", " ").replace("\t", " ")) for piece in pieces
    ]


def spans(written: str, least: int = 1) -> int:
    """Return how many columns or rows a cell covers by its file, or ``least`` if it is not said."""
    is_number = written.strip().isdecimal() and len(written) < len(str(MOST_CELLS)) + 4
    return min(max(int(written), least), MOST_CELLS) if is_number else least
