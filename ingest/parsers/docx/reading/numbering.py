"""Which paragraphs are items of a list, and how deep."""

from __future__ import annotations

from ingest.parsers.docx.zipped.xml import attribute, children, name, value
from ingest.parsers.xml import Element

DEEPEST = 8
"""The last of the levels that Word has, from 0."""


class Lists:
    """The lists of one file: ``numbering.xml``."""

    def __init__(self, root: Element | None) -> None:
        self._is_known = root is not None
        abstract: dict[str, Element] = {}
        self._lists: dict[str, Element | None] = {}
        for one in children(root) if root is not None else ():
            if name(one) == "w:abstractNum":
                abstract[attribute(one, "abstractNumId") or ""] = one
        for one in children(root) if root is not None else ():
            if name(one) == "w:num":
                of = abstract.get(value(one, "w:abstractNumId") or "")
                self._lists[attribute(one, "numId") or ""] = of

    def depth(self, *sources: Element | None) -> int:
        """Return how deep a paragraph's list is nested, from 1; 0 if it is not an item.

        Args:
            sources: ``w:numPr`` of the paragraph and of its style; what the first does not say,
                the second does.

        """
        number = next((n for one in sources if (n := value(one, "w:numId"))), None)
        if number in (None, "0") or (self._is_known and number not in self._lists):
            return 0
        level = next((n for one in sources if (n := value(one, "w:ilvl"))), "0")
        if self._format(str(number), level) == "none":
            return 0
        return min(int(level), DEEPEST) + 1 if level.isdecimal() else 1

    def _format(self, number: str, level: str) -> str | None:
        of = self._lists.get(number)
        for one in children(of) if of is not None else ():
            if name(one) == "w:lvl" and attribute(one, "ilvl") == level:
                return value(one, "w:numFmt")
        return None
