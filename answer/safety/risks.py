"""Whoever asks for the risks of a treatment is shown the gravest first, then the common ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain

from answer.safety.meaning import Meaning
from answer.safety.pool import Pick, Pool
from answer.safety.says import Severity
from answer.safety.shelf import Place

MAX_SERIOUS = 3
"""Most paragraphs on grave harm that are quoted. Chosen by hand: more than a package leaflet's
list of what to watch for would not be read."""
MAX_IN_A_ROW = 3
"""Most sentences of a paragraph that are quoted together. Chosen by hand."""


class Harm:
    """What the units of a pool say about the harm of what was asked for.

    Args:
        pool: what to choose from.
        meaning: of the library.
        is_wanted: whether a unit may be shown and is about the treatment that was asked for.

    """

    def __init__(self, pool: Pool, meaning: Meaning, is_wanted: Callable[[Place], bool]) -> None:
        self._pool = pool
        places = pool.places(pool.positions)
        self._places = [p for p in places if meaning.tells_of_harm(p) and is_wanted(p)]
        self._lists = [p.at for p in self._places if meaning.lists_effects(p)]
        self._grades = {p.at: meaning.severity(p) for p in self._places}

    def serious(self) -> list[Pick]:
        """Return quotes on the gravest harm, the gravest first and, of equals, the likeliest.

        One for each paragraph: its sentences on grave harm in a row. If nothing says what the harm
        is, the likeliest that says that there is some.
        """
        named = [at for at, grade in self._grades.items() if grade >= Severity.GRAVE]
        if not named:
            unnamed = [at for at, grade in self._grades.items() if grade]
            return self._likeliest(unnamed)
        rows = [self._in_a_row(paragraph) for paragraph in self._paragraphs(named)]
        rows.sort(key=lambda row: (-max(map(self._grade, row)), min(map(self._pool.rank, row))))
        return [self._pool.pick(row) for row in rows[:MAX_SERIOUS]]

    def common(self) -> list[Pick]:
        """Return the likeliest list of side effects that are not grave, if there is one."""
        return self._likeliest([at for at in self._lists if self._grade(at) < Severity.GRAVE])

    def likeliest(self, shown: Sequence[Pick]) -> list[Pick]:
        """Return the likeliest unit, unless it is among those shown."""
        found = self._likeliest([place.at for place in self._places])
        return [p for p in found if not any(p.positions[0] in one.positions for one in shown)]

    def _grade(self, at: int) -> Severity:
        return self._grades[at]

    def _likeliest(self, positions: Sequence[int]) -> list[Pick]:
        return [self._pool.pick([at]) for at in sorted(positions, key=self._pool.rank)[:1]]

    def _paragraphs(self, positions: Sequence[int]) -> list[list[int]]:
        paragraphs: defaultdict[range, list[int]] = defaultdict(list)
        for at in positions:
            paragraphs[self._pool.shelf.paragraph(at)].append(at)
        return list(paragraphs.values())

    def _in_a_row(self, paragraph: Sequence[int]) -> list[int]:
        """Return the gravest sentence of a paragraph and those beside it that are grave too."""
        best = min(paragraph, key=lambda at: (-self._grade(at), self._pool.rank(at)))
        row = [best]
        for at in chain(range(best - 1, paragraph[0] - 1, -1), range(best + 1, paragraph[-1] + 1)):
            is_beside = at in (row[0] - 1, row[-1] + 1)
            if is_beside and at in paragraph and len(row) < MAX_IN_A_ROW:
                row = sorted([*row, at])
        return row
