"""Fields and content controls: what Word or a reference manager keeps up to date in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingest.parsers.docx.reading.paragraphs import Paragraph
from ingest.parsers.docx.zipped.xml import child, value
from ingest.parsers.xml import Element

FieldKind = Literal["", "contents", "citation", "list", "sequence", "link", "placeholder"]
"""A table of contents, a citation, a reference list, a number that counts captions, a link, or a
prompt that nobody filled in."""
RULES: tuple[tuple[FieldKind, re.Pattern[str]], ...] = (
    ("contents", re.compile(r"\s*(?:TOC|TOA|INDEX)\b", re.I)),
    (
        "list",
        re.compile(
            r"\s*(?:ADDIN\s+(?:ZOTERO_BIBL|EN\.REFLIST|Mendeley Bibliography|PAPERS2_BIBLIOGRAPHY"
            r"|RW\.BIB|REFMGR\.REFLIST|CitaviBibliography)|BIBLIOGRAPHY)\b",
            re.I,
        ),
    ),
    (
        "citation",
        re.compile(
            r"\s*(?:ADDIN\s+(?:ZOTERO_ITEM|EN\.CITE|CSL_CITATION|Mendeley Citation"
            r"|PAPERS2_CITATIONS|RW\.CITE|REFMGR\.CITE|CitaviPlaceholder)|CITATION)\b",
            re.I,
        ),
    ),
    ("sequence", re.compile(r'\s*SEQ\s+"?(?P<what>[^\s"\\]+)', re.I)),
    ("link", re.compile(r'\s*HYPERLINK\s+"(?P<what>[^"]+)"', re.I)),
)
FORMULA = re.compile(r"\s*EQ\b", re.I)
"""A formula written as a field: Word draws it, the file does not hold what it shows."""
CONTROLS: tuple[tuple[FieldKind, re.Pattern[str]], ...] = (
    ("list", re.compile(r"MENDELEY_BIBLIOGRAPHY|CitaviBibliography", re.I)),
    ("citation", re.compile(r"MENDELEY_CITATION|CitaviPlaceholder", re.I)),
)
"""By their tags."""


@dataclass(slots=True)
class Open:
    """A field or content control that has begun and not ended."""

    kind: FieldKind = ""
    what: str = ""
    """What a number counts, or where a link leads."""
    code: str = ""
    is_result: bool = False
    """Whether what comes now is what the field shows, no longer what it computes."""
    paragraph: Paragraph | None = None
    start: int = 0
    """Where what it shows begins: a letter of the paragraph."""

    def show(self, paragraph: Paragraph | None) -> None:
        """Begin with what the field shows, by its code."""
        self.is_result = True
        self.paragraph, self.start = paragraph, len(paragraph.letters) if paragraph else 0
        for kind, rule in RULES:
            if match := rule.match(self.code):
                self.kind, self.what = kind, match.groupdict().get("what") or ""
                return

    def end(self) -> None:
        """Note in its paragraph what it was, if it began there."""
        if self.paragraph is None:
            return
        end = len(self.paragraph.letters)
        if end <= self.start:
            return
        if self.kind == "citation":
            self.paragraph.cited.append((self.start, end))
        elif self.kind == "link" and "://" in self.what:
            self.paragraph.links.append((self.start, end, self.what))
        elif self.kind == "sequence":
            self.paragraph.sequence = self.paragraph.sequence or self.what


def control(element: Element, paragraph: Paragraph | None) -> Open:
    """Return what a content control (``w:sdt``) is."""
    start = len(paragraph.letters) if paragraph else 0
    return Open(_kind(child(element, "w:sdtPr")), is_result=True, paragraph=paragraph, start=start)


def link(url: str, paragraph: Paragraph | None) -> Open:
    """Return a link (``w:hyperlink``)."""
    start = len(paragraph.letters) if paragraph else 0
    return Open("link", url, is_result=True, paragraph=paragraph, start=start)


def _kind(properties: Element | None) -> FieldKind:
    if child(properties, "w:showingPlcHdr") is not None:
        return "placeholder"
    for kind, path in (("list", "w:bibliography"), ("citation", "w:citation")):
        if child(properties, path) is not None:
            return kind  # type: ignore[return-value]
    gallery = value(properties, "w:docPartObj/w:docPartGallery") or ""
    if gallery == "Table of Contents":
        return "contents"
    if gallery == "Bibliographies":
        return "list"
    tag = value(properties, "w:tag") or ""
    return next((kind for kind, rule in CONTROLS if rule.match(tag)), "")
