"""The walk through one story of a DOCX: its text, a footnote, a comment, a header."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ingest.parsers.docx.reading.around import DELETED, Around
from ingest.parsers.docx.reading.characters import HOLE, Characters, as_shown, doubts
from ingest.parsers.docx.reading.containers import Containers
from ingest.parsers.docx.reading.fields import Open, control, link
from ingest.parsers.docx.reading.numbering import Lists
from ingest.parsers.docx.reading.paragraphs import Paragraph, Table
from ingest.parsers.docx.reading.styles import BIBLIOGRAPHY, CONTENTS, Look, Styles, level_of
from ingest.parsers.docx.zipped.xml import attribute, child, children, name, value, walk
from ingest.parsers.xml import Element

SKIPPED = frozenset(
    {"w:pPr", "w:rPr", "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr", "w:sdtPr", "w:sdtEndPr"}
    | {"w:sectPr", "w:rt", "w:ffData"}
)
"""Elements that hold no text of their own, and the small letters above others (``w:rt``)."""
SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}
"""Elements that stand for a character. A soft hyphen (``w:softHyphen``) stands for none."""


class Story:
    """Reads elements into paragraphs and tables."""

    def __init__(
        self,
        to: Characters,
        styles: Styles,
        lists: Lists,
        addresses: Mapping[str, str],
        reason: str = "",
    ) -> None:
        """Begin a story; where there is a ``reason``, all of its text is left out for it."""
        self.embeds = False
        """Whether it holds another document that is not read."""
        self._around = Around(reason)
        self._to, self._styles, self._lists, self._addresses = to, styles, lists, addresses
        self._into = Containers()
        self._open: list[Paragraph] = []
        self._carried: Paragraph | None = None
        """A paragraph whose end was deleted, or a drop cap: the next one goes on with it."""

    def read(self, root: Element) -> list[Paragraph | Table]:
        """Return what a story holds, in order; what nobody sees of it is dropped on the way."""
        walk(root, self._begin, self._end)
        if self._carried is not None:
            self._finish(self._carried)
        return self._into.story

    def _begin(self, element: Element, tag: str) -> bool:
        """Take the beginning of an element; return whether to pass over what is inside it."""
        if tag in SKIPPED:
            return True
        self._around.count(tag, 1)
        if tag in SIGNS:
            self._text(SIGNS[tag])
        elif tag in BEGIN:
            BEGIN[tag](self, element)
        return False

    def _end(self, element: Element, tag: str) -> None:
        if tag in SKIPPED:
            return
        self._around.count(tag, -1)
        if tag in END:
            END[tag](self, element)

    def _begin_paragraph(self, element: Element) -> None:
        properties = child(element, "w:pPr")
        style = value(properties, "w:pStyle")
        outline = value(properties, "w:outlineLvl")
        level = level_of(outline) if outline is not None else self._styles.heading(style)
        depth = self._lists.depth(child(properties, "w:numPr"), self._styles.list_of(style))
        made = Paragraph(style, level, depth)
        made.is_entry = self._styles.is_named(style, BIBLIOGRAPHY)
        made.is_contents = self._styles.is_named(style, CONTENTS)
        made.is_label = self._around.is_drawing
        if self._carried is not None:
            made.go_on_with(self._carried)
            self._carried = None
        self._open.append(made)

    def _end_paragraph(self, element: Element) -> None:
        made = self._open.pop()
        properties = child(element, "w:pPr")
        is_drop_cap = attribute(child(properties, "w:framePr"), "dropCap") in ("drop", "margin")
        if is_drop_cap or child(properties, "w:rPr/w:del") is not None:
            self._carried = made
        else:
            self._finish(made)

    def _finish(self, paragraph: Paragraph) -> None:
        self._to.write(paragraph)
        self._into.add(paragraph)

    def _begin_run(self, element: Element) -> None:
        style = self._here.style if self._here else None
        self._around.look = self._styles.look(child(element, "w:rPr"), style)

    def _begin_text_box(self, element: Element) -> None:
        self._into.begin_box()
        self._around.enter_box()

    def _end_text_box(self, element: Element) -> None:
        self._around.leave_box()
        held = self._into.end_box()
        if self._open:
            self._open[-1].boxes += held
        else:
            self._into.add(*held)

    def _begin_control(self, element: Element) -> None:
        self._around.within.append(control(element, self._here))

    def _begin_link(self, element: Element) -> None:
        url = self._addresses.get(attribute(element, "id") or "", "")
        self._around.within.append(link(url, self._here))

    def _begin_simple_field(self, element: Element) -> None:
        made = Open(code=attribute(element, "instr") or "")
        made.show(self._here)
        self._around.within.append(made)

    def _end_within(self, element: Element) -> None:
        self._around.within.pop().end()

    def _field_mark(self, element: Element) -> None:
        if self._around.mark_field(attribute(element, "fldCharType"), self._here):
            self._text(HOLE)

    def _code(self, element: Element) -> None:
        self._around.add_code(element.text or "")

    def _characters(self, element: Element) -> None:
        self._text(element.text or "")

    def _deleted_characters(self, element: Element) -> None:
        self._leave_out(element.text or "", DELETED)

    def _formula(self, element: Element) -> None:
        self._around.look = Look()
        self._text(element.text or "", is_sure=not self._around.is_structure)

    def _symbol(self, element: Element) -> None:
        """Take a character of a font for symbols by its number."""
        code = attribute(element, "char") or ""
        try:
            self._text(chr(int(code, 16)), font=attribute(element, "font"))
        except (ValueError, OverflowError):
            self._text(HOLE)

    def _object(self, element: Element) -> None:
        """Leave a hole for a formula of an equation editor: a picture to us."""
        programs = (attribute(one, "ProgID") or "" for one in children(element))
        if any(program.startswith("Equation") for program in programs):
            self._text(HOLE)

    def _break(self, element: Element) -> None:
        if attribute(element, "type") not in ("page", "column"):
            self._text("\n")
        elif self._open and not self._reason():
            ended = self._open.pop()
            self._finish(ended)
            self._open.append(ended.split())

    def _note(self, element: Element) -> None:
        if self._open and not self._reason():
            part = "footnotes" if name(element) == "w:footnoteReference" else "endnotes"
            key = (part, attribute(element, "id") or "")
            self._open[-1].notes.append((key, len(self._open[-1].letters)))

    def _embedded(self, element: Element) -> None:
        self.embeds = True

    def _text(self, text: str, font: str | None = None, *, is_sure: bool = True) -> None:
        paragraph, reason = self._here, self._reason()
        if paragraph is None or reason:
            self._leave_out(text, reason or "text outside paragraphs")
            return
        look = self._around.look
        shown = as_shown(text, look)
        unsure = range(len(shown)) if not is_sure else doubts(shown, font or look.font)
        paragraph.add(shown, look, unsure)
        paragraph.is_contents |= "contents" in self._around.kinds
        paragraph.is_entry |= "list" in self._around.kinds

    def _leave_out(self, text: str, reason: str) -> None:
        if self._here:
            self._here.leave_out(text, reason)
        else:
            self._to.drop(text, reason)

    @property
    def _here(self) -> Paragraph | None:
        """The innermost paragraph that is read."""
        return self._open[-1] if self._open else None

    def _reason(self) -> str:
        return self._around.reason(is_framed=self._into.is_framed)


Act = Callable[[Story, Element], None]
BEGIN: dict[str, Act] = {
    "w:p": Story._begin_paragraph,
    "w:r": Story._begin_run,
    "w:tbl": lambda story, element: story._into.begin_table(element),
    "w:tr": lambda story, element: story._into.begin_row(element),
    "w:tc": lambda story, element: story._into.begin_cell(element),
    "w:txbxContent": Story._begin_text_box,
    "w:sdt": Story._begin_control,
    "w:hyperlink": Story._begin_link,
    "w:fldSimple": Story._begin_simple_field,
    "w:fldChar": Story._field_mark,
    "w:instrText": Story._code,
    "w:t": Story._characters,
    "w:delText": Story._deleted_characters,
    "m:t": Story._formula,
    "w:sym": Story._symbol,
    "w:object": Story._object,
    "w:br": Story._break,
    "w:footnoteReference": Story._note,
    "w:endnoteReference": Story._note,
    "w:altChunk": Story._embedded,
    "w:subDoc": Story._embedded,
}
END: dict[str, Act] = {
    "w:p": Story._end_paragraph,
    "w:tbl": lambda story, element: story._into.end_table(element),
    "w:tc": lambda story, element: story._into.end_cell(element),
    "w:txbxContent": Story._end_text_box,
    "w:sdt": Story._end_within,
    "w:hyperlink": Story._end_within,
    "w:fldSimple": Story._end_within,
}
