"""What the styles of a DOCX say of its paragraphs and runs, along the chain of ``w:basedOn``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.parsers.docx.zipped.xml import attribute, child, children, is_on, name, value
from ingest.parsers.xml import Element

HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek"
    r"|başlık|nadpis|címsor|заголовок|标题|標題|見出し|제목) ?(\d)",
    re.I,
)
"""Word writes "heading 1" whatever language it speaks; other programs write their own."""
TITLE = re.compile(r"(?:document )?title|titel|titre|título|titolo", re.I)
CAPTION = re.compile(
    r"caption|beschriftung|légende|leyenda|epígrafe|didascalia|bijschrift|legenda"
    r"|(?:figure|table) ?(?:caption|title|legend)",
    re.I,
)
CONTENTS = re.compile(r"(?:toc|table of contents?) ?(?:heading|\d)|table of figures", re.I)
BIBLIOGRAPHY = re.compile(
    r"(?:endnote )?bibliography|literaturverzeichnis|bibliographie|bibliografía|bibliografia", re.I
)
"""Styles in which reference managers leave their lists, also where their fields were removed."""
BODY = 9
"""The outline level of text that is no heading."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of characters looks, as far as it matters."""

    is_hidden: bool = False
    is_raised: bool = False
    is_bold: bool = False
    is_white: bool = False
    is_shaded: bool = False
    font: str = ""
    size: float = 0.0
    """In points; 0 where nothing says it."""


class Styles:
    """The styles of one file."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        self._basic = child(root, "w:docDefaults/w:rPrDefault/w:rPr")
        for one in children(root) if root is not None else ():
            if name(one) == "w:style":
                self._styles.setdefault(attribute(one, "styleId") or "", one)
                is_default = attribute(one, "default") in ("1", "true", "on")
                if is_default and attribute(one, "type") == "paragraph":
                    self._default = attribute(one, "styleId")
        self._of_styles = lru_cache(maxsize=4096)(self._look)

    def chain(self, style: str | None) -> Iterator[Element]:
        """Yield a paragraph's style, or the default one, and those that it is based on."""
        seen: set[str] = set()
        at = style if style in self._styles else self._default
        while at and at in self._styles and at not in seen:
            seen.add(at)
            yield self._styles[at]
            at = value(self._styles[at], "w:basedOn")

    def names(self, style: str | None) -> tuple[str, ...]:
        """Return the names of a style and of those that it is based on."""
        return tuple(value(one, "w:name") or "" for one in self.chain(style))

    def heading(self, style: str | None) -> int:
        """Return the level of a heading in a style, from 1; 0 if it is none."""
        for one in self.chain(style):
            outline = value(one, "w:pPr/w:outlineLvl")
            if outline is not None:
                return level_of(outline)
            named = HEADING.fullmatch(value(one, "w:name") or "")
            if named:
                return int(named[1])
        return 0

    def is_named(self, style: str | None, pattern: re.Pattern[str]) -> bool:
        """Whether a style, or one that it is based on, has such a name."""
        return any(pattern.fullmatch(one) for one in self.names(style))

    def list_of(self, style: str | None) -> Element | None:
        """Return ``w:numPr`` of a style."""
        found = (child(one, "w:pPr/w:numPr") for one in self.chain(style))
        return next((one for one in found if one is not None), None)

    def look(self, own: Element | None, style: str | None) -> Look:
        """Return how a run looks.

        Args:
            own: its ``w:rPr``.
            style: that of its paragraph.

        """
        if own is None:
            return self._of_styles(None, style)
        inherited = self._of_styles(value(own, "w:rStyle"), style)
        return _look([own], inherited)

    def _look(self, run_style: str | None, style: str | None) -> Look:
        sources: list[Element] = []
        if run_style in self._styles:
            sources += self._properties(run_style)
        sources += self._properties(style)
        if self._basic is not None:
            sources.append(self._basic)
        return _look(sources, Look())

    def _properties(self, style: str | None) -> list[Element]:
        found = (child(one, "w:rPr") for one in self.chain(style))
        return [one for one in found if one is not None]


def level_of(outline: str) -> int:
    """Return the level of a heading of ``w:outlineLvl``, from 1; 0 for text."""
    return int(outline) + 1 if outline.isdecimal() and int(outline) < BODY else 0


def _look(sources: list[Element], otherwise: Look) -> Look:
    """Return how characters look by the first of the sources that says each thing."""
    fonts = (child(one, "w:rFonts") for one in sources)
    raised = _first(value(one, "w:vertAlign") for one in sources)
    color = _first(value(one, "w:color") for one in sources)
    shaded = any(_is_shaded(one) for one in sources)
    return Look(
        is_hidden=_switch(sources, "w:vanish", otherwise=otherwise.is_hidden),
        is_raised=raised == "superscript" if raised else otherwise.is_raised,
        is_bold=_switch(sources, "w:b", otherwise=otherwise.is_bold),
        is_white=color.upper() == "FFFFFF" if color else otherwise.is_white,
        is_shaded=shaded or otherwise.is_shaded,
        font=_first(attribute(one, "ascii") for one in fonts) or otherwise.font,
        size=_points(_first(value(one, "w:sz") for one in sources)) or otherwise.size,
    )


def _first(values: Iterator[str | None]) -> str:
    return next((one for one in values if one), "")


def _switch(sources: list[Element], path: str, *, otherwise: bool) -> bool:
    said = (is_on(one, path) for one in sources)
    return next((one for one in said if one is not None), otherwise)


def _is_shaded(properties: Element) -> bool:
    """Whether something dark may lie behind the characters."""
    if value(properties, "w:highlight") not in (None, "none"):
        return True
    shade = child(properties, "w:shd")
    return shade is not None and attribute(shade, "fill") not in (None, "auto", "FFFFFF")


def _points(half_points: str) -> float:
    return int(half_points) / 2 if half_points.isdecimal() else 0.0
