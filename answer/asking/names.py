"""Other names for the same thing, as the documents give them: short forms, brands, aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answer.mining.mined import Mined

BEGINS, ENDS = re.compile(r"(?<!\w)"), re.compile(r"(?!\w)")


class Names:
    """Which names stand for the same thing in a library.

    Args:
        mined: from its documents.

    """

    def __init__(self, mined: Mined) -> None:
        self._mined = mined

    def others(self, text: str) -> tuple[str, ...]:
        """Return the other names, in lower case, of everything that ``text`` names, in order."""
        lowered = text.lower()
        may_be = [*self._candidates(lowered)]
        others = self._mined.others({lowered[start:end] for start, end in may_be})
        found, beyond = [], 0
        for start, end in may_be:
            if start >= beyond and lowered[start:end] in others:
                found.append(lowered[start:end])
                beyond = end
        names = (name for term in found for name in sorted(others[term]))
        return tuple(dict.fromkeys(name for name in names if name not in found))

    def _candidates(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where names may stand, in order, of those that begin together the longest first."""
        ends = [edge.start() for edge in ENDS.finditer(text)]
        for edge in BEGINS.finditer(text):
            start = edge.start()
            within = (end for end in ends if 0 < end - start <= self._mined.longest_name)
            yield from ((start, end) for end in sorted(within, reverse=True))
