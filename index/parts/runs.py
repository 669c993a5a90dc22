"""Which rows of an index numbers stand for: places in a file, or keys of an index of words."""

from __future__ import annotations

import numpy as np

from index.hits import Mask, Rows


class Runs:
    """Stretches in which numbers and rows both count up by one: a few per document, not per row.

    Numbers that are in no stretch stand for nothing, such as those of withdrawn documents.

    Args:
        starts: the first number of each stretch, from 0.
        rows: the row that it stands for.
        counts: how many numbers there are in the stretch; 0 is allowed.

    Raises:
        ValueError: if a number stands for two rows, or a row has two numbers.

    """

    def __init__(self, starts: Rows, rows: Rows, counts: Rows) -> None:
        some = np.flatnonzero(counts)
        some = some[np.argsort(starts[some], kind="stable")]
        self._starts, self._rows, self._counts = starts[some], rows[some], counts[some]
        self._in_row_order = np.argsort(self._rows, kind="stable")
        for firsts, lengths in (
            (self._starts, self._counts),
            (self._rows[self._in_row_order], self._counts[self._in_row_order]),
        ):
            if np.any(firsts[1:] < firsts[:-1] + lengths[:-1]):
                raise ValueError("a number stands for two rows, or a row has two numbers")
        self._total = int(self._counts.sum())

    @classmethod
    def of(cls, numbers: Rows) -> Runs:
        """Return those in which row ``i`` has the number ``numbers[i]``."""
        starts = np.flatnonzero(np.diff(numbers, prepend=np.int64(-2)) != 1)
        counts = np.diff(starts, append=np.int64(len(numbers)))
        return cls(numbers[starts], starts, counts)

    def __len__(self) -> int:
        """How many rows there are."""
        return self._total

    def rows(self, numbers: Rows) -> Rows:
        """Return the rows that numbers stand for.

        Args:
            numbers: of any shape.

        Raises:
            ValueError: if one stands for none.

        """
        within, offsets = _located(numbers, self._starts, self._counts)
        if np.any(within < 0):
            raise ValueError("a number stands for no row")
        return np.asarray(self._rows[within] + offsets)

    def numbers(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return the numbers of rows, and where in ``rows`` they are: other rows are left out."""
        order = self._in_row_order
        within, offsets = _located(rows, self._rows[order], self._counts[order])
        at = np.flatnonzero(within >= 0)
        return np.asarray(self._starts[order[within[at]]] + offsets[at]), at

    def mask(self, total: int) -> Mask | None:
        """Return which of the numbers below ``total`` stand for a row; None if all do.

        Raises:
            ValueError: if a greater number stands for one.

        """
        if self._total and self._starts[-1] + self._counts[-1] > total:
            raise ValueError("rows stand for what is not there")
        if self._total == total:
            return None
        change = np.zeros(total + 1, dtype=np.int8)
        change[self._starts] += 1
        change[self._starts + self._counts] -= 1
        return np.asarray(np.cumsum(change[:-1], dtype=np.int8) > 0)


def _located(numbers: Rows, firsts: Rows, lengths: Rows) -> tuple[Rows, Rows]:
    """Return the stretch that each number is in, -1 if none, and its place in it."""
    if not len(firsts):
        return np.full(numbers.shape, -1), np.zeros(numbers.shape, dtype=np.int64)
    within = np.searchsorted(firsts, numbers, side="right") - 1
    offsets = numbers - firsts[within]
    within[(within >= 0) & (offsets >= lengths[within])] = -1
    return within, offsets
