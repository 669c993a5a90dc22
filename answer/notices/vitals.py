"""Count the vital signs in a message that are outside the safe range."""

from __future__ import annotations

import re
from dataclasses import dataclass

from answer.notices.phrases import read_words

TABLE = read_words("vitals")
BETWEEN = rf"(?:(?:{'|'.join(TABLE['between'].split())}) ){{0,4}}"
"""Words between a vital sign's name and its value ("is down to")."""
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


def _read_vitals() -> list[Vital]:
    vitals = []
    for row in TABLE["vital"]:
        names = "|".join(row["names"])
        alarming = tuple((low, high) for low, high in row["alarming"])
        vitals.append(Vital(re.compile(rf"(?<!\S)(?:{names}) {BETWEEN}{VALUE}"), alarming))
        if "after" in row:
            units = "|".join(row["after"])
            vitals.append(Vital(re.compile(rf"(?<!\S){VALUE} (?:{units})(?!\S)"), alarming))
    return vitals


VITALS = _read_vitals()


def count_alarming_vitals(text: str) -> int:
    """Return how many vital signs in the folded text are outside the safe range."""
    return sum(vital.is_alarming_in(text) for vital in VITALS)
