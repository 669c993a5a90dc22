"""XML as a tree in which every character has its place in the file.

lxml says whether the file is well-formed and what its names and attributes are; it keeps no
offsets, so the mark-up is gone through once more, tag by tag, and both have to agree on every
character. Nothing outside the file is read, and no entity is resolved but XML's own five.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from ingest.document import Span
from ingest.errors import UnreadableFileError
from ingest.parsers import xml

MAX_CHARACTERS = 10 * 2**20
"""The longest of 1,298 articles has 0.26 million."""
MAX_TAGS = 500_000
"""Opening angle brackets; of the same articles, at most 9,041."""
MAX_DEPTH = 100
"""Elements inside one another; formulas of the same articles reach 22."""
DOCTYPE = re.compile(
    r"""<!DOCTYPE\s+[^\s>\[]+(?:\s+(?:PUBLIC|SYSTEM)(?:\s*(?:"[^"]*"|'[^']*'))+)?\s*(?P<end>>|\[)"""
)
TOKEN = re.compile(
    r"""
    (?P<text>[^<&]+)
  | &(?P<entity>[^;]*+);
  | <!\[CDATA\[(?P<cdata>.*?)\]\]>
  | <!--.*?-->
  | <\?.*?\?>
  | <!DOCTYPE[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>
  | (?P<end></[^>]*+>)
  | (?P<start><[^>"'/]*(?:(?:"[^"]*"|'[^']*'|/(?!>))[^>"'/]*)*(?P<empty>/)?>)
    """,
    re.VERBOSE | re.DOTALL,
)
"""Of a file that is well-formed. Without possessive groups, which Python 3.11.4 gets wrong."""
AGAIN = "download it again, or give the file its own ending"
FIVE = frozenset(["lt", "gt", "amp", "quot", "apos"])


@dataclass(frozen=True, slots=True)
class Text:
    """Characters between two tags, comments or entities."""

    text: str
    span: Span
    """Of another length than ``text`` where they are written as an entity."""


@dataclass(slots=True, eq=False)
class Element:
    """An element, its names without their prefixes."""

    tag: str
    attributes: dict[str, str]
    start: int
    """Of its opening bracket in the file."""
    end: int = 0
    """One past its closing bracket."""
    children: list[Element | Text] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute; empty if it has none of that name."""
        return self.attributes.get(name, "")

    @property
    def span(self) -> Span:
        """Where it is in the file, its tags included."""
        return Span(self.start, self.end)

    @property
    def elements(self) -> Iterator[Element]:
        """The elements directly in it."""
        return (child for child in self.children if isinstance(child, Element))

    def all(self, *tags: str) -> Iterator[Element]:
        """Yield the elements directly in it that have one of these tags."""
        return (child for child in self.elements if child.tag in tags)

    def at(self, *path: str) -> Element | None:
        """Return the first element at the end of a path of tags."""
        found: Element | None = self
        for tag in path:
            found = next(found.all(tag), None) if found else None
        return found

    def iter(self, *tags: str) -> Iterator[Element]:
        """Yield itself and all elements in it that have one of these tags, or all without tags."""
        if not tags or self.tag in tags:
            yield self
        for child in self.elements:
            yield from child.iter(*tags)

    @property
    def texts(self) -> Iterator[Text]:
        """All characters in it."""
        for child in self.children:
            if isinstance(child, Text):
                yield child
            else:
                yield from child.texts

    @property
    def text(self) -> str:
        """All characters in it, with white space folded."""
        return " ".join("".join(text.text for text in self.texts).split())


def read_xml(source: str) -> Element:
    """Return the root of an XML file.

    Raises:
        UnreadableFileError: if it is not well-formed, too large, too deep, or declares entities.

    """
    if len(source) > MAX_CHARACTERS:
        raise UnreadableFileError(
            f"has {len(source) / 2**20:,.0f} million characters, more than an article has; split it"
        )
    if source.count("<") > MAX_TAGS:
        raise UnreadableFileError(
            f"has more than {MAX_TAGS:,} tags, more than an article has; split it"
        )
    doctype = DOCTYPE.search(source, 0, max(source.find("<!DOCTYPE"), 0) + 2000)
    if doctype and doctype["end"] == "[":
        raise UnreadableFileError(
            "declares entities of its own, which are not resolved; take the part in square "
            "brackets out of its DOCTYPE"
        )
    return _tree(source, _checked(source))


def _checked(source: str) -> xml.Element:
    """Return lxml's tree of a file."""
    root = xml.parse_xml(source.encode("utf-8"), AGAIN, "utf-8")
    entity = xml.first_entity(root)
    if entity:
        raise UnreadableFileError(
            f"holds the entity {entity}, which only its DTD explains; save it with the "
            "characters themselves"
        )
    return root


def _tree(source: str, root: xml.Element) -> Element:
    """Go through the mark-up and return the tree with the place of everything."""
    names = root.iter()
    top = Element("", {}, 0)
    stack = [top]
    for token in TOKEN.finditer(source):
        if token["start"]:
            element = _element(next(names), token.start())
            stack[-1].children.append(element)
            stack.append(element)
            if len(stack) > MAX_DEPTH:
                raise UnreadableFileError(
                    f"has elements more than {MAX_DEPTH} deep, as no article has; leave it out"
                )
        elif len(stack) > 1 and not token["end"]:
            stack[-1].children.extend(_texts(token))
        if token["end"] or token["empty"]:
            stack.pop().end = token.end()
    found = next(top.elements)
    if "".join(text.text for text in found.texts) != "".join(root.itertext()):
        raise UnreadableFileError(
            "cannot be read in two ways with the same result, which is a bug in Quotewell; report "
            "it, and leave the file out"
        )
    return found


def _element(named: xml.Element, start: int) -> Element:
    attributes = {_local(name): value for name, value in named.attrib.items()}
    return Element(_local(named.tag), attributes, start)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _texts(token: re.Match[str]) -> Iterator[Text]:
    """Yield the characters that a token stands for."""
    if token["text"]:
        yield Text(token["text"], Span(*token.span()))
    elif token["cdata"]:
        yield Text(token["cdata"], Span(*token.span("cdata")))
    elif token["entity"] is not None:
        yield Text(_character(token["entity"]), Span(*token.span()))


def _character(entity: str) -> str:
    """Return the character of one of XML's five entities or of a number."""
    if entity in FIVE:
        return unescape(f"&{entity};")
    return chr(int(entity[2:], 16) if entity.startswith("#x") else int(entity[1:]))
