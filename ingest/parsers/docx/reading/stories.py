"""All stories of a DOCX: its text, its notes, and what stands around them and is no text."""

from __future__ import annotations

from ingest.parsers.docx.reading.characters import Characters
from ingest.parsers.docx.reading.numbering import Lists
from ingest.parsers.docx.reading.paragraphs import NoteKey, Paragraph, Table
from ingest.parsers.docx.reading.story import Story
from ingest.parsers.docx.reading.styles import Styles
from ingest.parsers.docx.zipped.package import Package, main_of
from ingest.parsers.docx.zipped.xml import attribute, children, name
from ingest.parsers.xml import Element

NOTES = {"footnotes": "w:footnote", "endnotes": "w:endnote"}
AROUND = {"header": "header", "footer": "footer", "comments": "comment"}
"""Kinds of parts that are no text, and the reason that is given."""
UNCALLED = "note that the text does not refer to"


class Stories:
    """Reads one file; afterwards ``to`` holds its characters."""

    def __init__(self, package: Package) -> None:
        self.to = Characters()
        self.embeds = False
        """Whether it holds another document, which is not read."""
        self._package = package
        self.styles = Styles(self._root("styles"))
        self._lists = Lists(self._root("numbering"))

    def text(self) -> list[Paragraph | Table]:
        """Return what the text holds."""
        return self._read(self._package.main, main_of(self._package))

    def notes(self, called: set[NoteKey]) -> dict[NoteKey, list[Paragraph | Table]]:
        """Return what each footnote and endnote holds that the text refers to."""
        found: dict[NoteKey, list[Paragraph | Table]] = {}
        for kind, tag in NOTES.items():
            for part in self._package.related(kind)[:1]:
                root = self._package.xml(part)
                for one in children(root) if root is not None else ():
                    if name(one) == tag and attribute(one, "type") in (None, "normal"):
                        key = (kind, attribute(one, "id") or "")
                        reason = "" if key in called else UNCALLED
                        found[key] = self._read(part, one, reason)
        return found

    def drop_the_rest(self) -> None:
        """Record headers, footers and comments as left out."""
        for kind, reason in AROUND.items():
            for part in dict.fromkeys(self._package.related(kind)):
                root = self._package.xml(part)
                if root is not None:
                    self._read(part, root, reason)

    def _read(self, part: str, root: Element, reason: str = "") -> list[Paragraph | Table]:
        addresses = self._package.addresses(part)
        story = Story(self.to, self.styles, self._lists, addresses, reason)
        items = story.read(root)
        self.embeds |= story.embeds
        return items

    def _root(self, kind: str) -> Element | None:
        parts = self._package.related(kind)
        return self._package.xml(parts[0]) if parts else None
