"""What surrounds the characters that are read: is it seen, and what is it part of."""

from __future__ import annotations

from ingest.parsers.docx.reading.fields import FORMULA, FieldKind, Open
from ingest.parsers.docx.reading.paragraphs import Paragraph
from ingest.parsers.docx.reading.styles import Look

DELETED = "deleted text (tracked change)"
HIDDEN = "hidden text"
PLACEHOLDER = "prompt that nobody filled in"
CODE = "code of a field"
DELETIONS = frozenset({"w:del", "w:moveFrom"})
DRAWINGS = frozenset({"wpg:wgp", "wpc:wpc", "v:group"})
"""Drawings of several shapes: what stands in them is labels."""
STRUCTURES = frozenset(
    {"m:f", "m:rad", "m:nary", "m:sSup", "m:sSub", "m:sSubSup", "m:sPre", "m:limLow", "m:limUpp"}
    | {"m:m", "m:eqArr", "m:acc", "m:bar", "m:groupChr"}
)
"""Formulas whose characters in a row do not say what is meant."""
SMALLEST = 1.5
"""Points below which nobody reads type on paper, as in a PDF."""


class Around:
    """Where a walk is: in which fields, controls, deletions, drawings and formulas."""

    def __init__(self, reason: str = "") -> None:
        """Begin a story; where there is a ``reason``, all of its text is left out for it."""
        self.look = Look()
        """That of the run that is read."""
        self.within: list[Open] = []
        """Content controls, links and simple fields, the innermost last."""
        self._out = reason
        self._fields: list[Open] = []
        self._looks: list[Look] = []
        """Those of the runs in which the text boxes around what is read are anchored."""
        self._deletions = self._drawings = self._structures = 0

    @property
    def is_drawing(self) -> bool:
        """Whether it is in a drawing of several shapes."""
        return self._drawings > 0

    @property
    def is_structure(self) -> bool:
        """Whether it is in a formula that is more than a row of characters."""
        return self._structures > 0

    @property
    def kinds(self) -> set[FieldKind]:
        """What the fields and controls around it are."""
        return {one.kind for one in (*self._fields, *self.within)}

    def count(self, tag: str, step: int) -> None:
        """Go into (1) or leave (-1) an element."""
        self._deletions += step * (tag in DELETIONS)
        self._drawings += step * (tag in DRAWINGS)
        self._structures += step * (tag in STRUCTURES)

    def enter_box(self) -> None:
        """Go into a text box; the run that it is anchored in goes on after it."""
        self._looks.append(self.look)

    def leave_box(self) -> None:
        """Leave a text box."""
        self.look = self._looks.pop()

    def mark_field(self, kind: str | None, paragraph: Paragraph | None) -> bool:
        """Go into, on in or out of a field; return whether it was a formula that is not shown."""
        if kind == "begin":
            self._fields.append(Open())
        elif kind == "separate" and self._fields:
            self._fields[-1].show(paragraph)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            ended.end()
            return not ended.is_result and FORMULA.match(ended.code) is not None
        return False

    def add_code(self, text: str) -> None:
        """Take what a field computes."""
        if self._fields and not self._fields[-1].is_result:
            self._fields[-1].code += text

    def reason(self, *, is_framed: bool) -> str:
        """Return why what is read now is left out; nothing if it is text.

        Args:
            is_framed: whether it is in a table or text box, which may be dark.

        """
        if self._out:
            return self._out
        if self._deletions:
            return DELETED
        if any(not one.is_result for one in self._fields):
            return CODE
        if "placeholder" in self.kinds:
            return PLACEHOLDER
        is_white = self.look.is_white and not self.look.is_shaded and not is_framed
        is_small = 0 < self.look.size < SMALLEST
        return HIDDEN if self.look.is_hidden or is_white or is_small else ""
