"""The XML inside a DOCX: parsed without document types, walked through by its short names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from ingest.errors import UnreadableFileError
from ingest.parsers import xml
from ingest.parsers.xml import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORDS = {
    W: "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:vml": "v",
    "http://purl.org/dc/elements/1.1/": "dc",
}
"""Short names of the vocabularies, Word's own and those of its "strict" format."""
AGAIN = "open it in Word and save it again"


def parse_part(data: bytes) -> Element:
    """Return the root of a part.

    Raises:
        UnreadableFileError: if it is not well-formed, nests without end, or declares a type or
            entities, which no program that writes DOCX does.

    """
    root = xml.parse_xml(data, AGAIN)
    if root.getroottree().docinfo.doctype:
        raise UnreadableFileError(
            "declares a document type, which Word never does and can do harm; leave it out"
        )
    return root


def walk(
    root: Element,
    begin: Callable[[Element, str], bool],
    end: Callable[[Element, str], None],
) -> None:
    """Call ``begin`` and ``end`` for each element with its short name; nothing is recursive.

    What ``begin`` returns says whether to pass over all that is inside the element. Of several
    ways to draw one thing (``mc:AlternateContent``), the first alone is walked through.
    """
    events = xml.steps(root)
    for event, element in events:
        if not isinstance(element.tag, str):
            continue
        tag = name(element)
        if _is_again(element, tag):
            events.skip_subtree()
        elif event == "end":
            end(element, tag)
        elif begin(element, tag):
            events.skip_subtree()


def _is_again(element: Element, tag: str) -> bool:
    """Whether an element draws once more, for older programs, what is drawn before it."""
    if tag not in ("mc:Fallback", "mc:Choice"):
        return False
    before = element.itersiblings(preceding=True)
    return any(isinstance(one.tag, str) and name(one) == "mc:Choice" for one in before)


def name(element: Element) -> str:
    """Return the short name of an element, such as "w:p"; the full one where it has none."""
    return _short(element.tag)


@lru_cache(maxsize=2048)
def _short(tag: str) -> str:
    space, _, local = tag.rpartition("}")
    prefix = WORDS.get(space[1:])
    return f"{prefix}:{local}" if prefix else tag


def child(element: Element | None, path: str) -> Element | None:
    """Return the first descendant along a path of short names, such as "w:pPr/w:numPr"."""
    for step in path.split("/"):
        if element is None:
            return None
        element = next((one for one in children(element) if name(one) == step), None)
    return element


def children(element: Element) -> Iterator[Element]:
    """Yield the elements directly inside one."""
    return (one for one in element if isinstance(one.tag, str))


def attribute(element: Element | None, local: str) -> str | None:
    """Return an attribute by its local name, whatever its vocabulary."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == local:
            return str(value)
    return None


def value(element: Element | None, path: str) -> str | None:
    """Return ``w:val`` of a descendant."""
    return attribute(child(element, path), "val")


def is_on(element: Element | None, path: str) -> bool | None:
    """Return what a switch such as ``w:vanish`` says, or None if it is not there."""
    found = child(element, path)
    if found is None:
        return None
    return attribute(found, "val") not in ("0", "false", "off", "none")
