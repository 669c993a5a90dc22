"""Count the vital signs in a message that are outside the safe range."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MAX_BETWEEN = 4
"""Words between a vital sign's name and its value ("is down to"). Chosen by hand."""
VALUE = r"(?P<value>\d+(?:[.,]\d+)?)%?(?:/\d+)?(?![\d/])"


@dataclass(frozen=True, slots=True)
class Vital:
    """A vital sign: how it is written, and the values that are alarming."""

    pattern: re.Pattern[str]
    alarming: tuple[tuple[float, float], ...]
    """Ranges, both ends included."""

    def is_alarming_in(self, text: str) -> bool:
        """Whether the folded text gives an alarming value."""
        values = [float(m["value"].replace(",", ".")) for m in self.pattern.finditer(text)]
        return any(low <= value <= high for value in values for low, high in self.alarming)


def read_vitals(rows: Iterable[Mapping[str, Any]], between: str) -> tuple[Vital, ...]:
    """Read the vital signs of a language.

    Args:
        rows: each with patterns that come before the value (``names``), patterns that follow it
            (``after``, if any), and its ``alarming`` ranges.
        between: pattern of a word that may stand between a name and the value ("is down to").

    """
    vitals = []
    for row in rows:
        alarming = tuple((low, high) for low, high in row["alarming"])
        names = "|".join(row["names"])
        before = rf"(?<!\S)(?:{names}) (?:(?:{between}) ){{0,{MAX_BETWEEN}}}{VALUE}"
        vitals.append(Vital(re.compile(before), alarming))
        if "after" in row:
            units = "|".join(row["after"])
            vitals.append(Vital(re.compile(rf"(?<!\S){VALUE} (?:{units})(?!\S)"), alarming))
    return tuple(vitals)
