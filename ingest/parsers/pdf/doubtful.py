"""Characters of which the file does not say what they are: never quoted, never replaced.

Symbol fonts of older typesetting store µ as "m" and ± as a control code: the page is right, and
every library that reads the file is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from ingest.parsers.pdf.layout.lines import Line
from ingest.parsers.pdf.pages import Page

FEW = 12
"""Different characters of a font in the whole file, at most, that show a font for symbols."""
SYMBOLS = re.compile(r"symbol|(?<![a-z])pi(?![a-z])|Pi(?![a-z])|sym(?![a-z])|^AdvP", re.I)
LATIN = frozenset({"Lu", "Ll", "Lo", "Nd", "No"})
FAMILY = re.compile(r"^[^-,]+")


def doubtful_offsets(
    pages: Sequence[Page], lines: Sequence[Line], mapped: AbstractSet[str]
) -> tuple[int, ...]:
    """Return the offsets in the source of doubtful characters, sorted.

    Args:
        pages: of the file.
        lines: their text.
        mapped: fonts of which the file says which letter each code is (``/ToUnicode``).

    """
    foreign = _symbol_fonts(pages, mapped)
    found = set(_unknown(pages))
    starts = [page.start for page in pages]
    for line in lines:
        found.update(_foreign_letters(line, pages[line.page], starts[line.page], foreign))
    return tuple(sorted(found))


def _unknown(pages: Sequence[Page]) -> Iterator[int]:
    """Yield control codes, private characters, and those that no table of the file names."""
    for page in pages:
        for at, code in enumerate(page.text):
            if page.faces[at] >= 0 and (page.unmapped[at] or _is_unknown(code)):
                yield page.start + at


def _is_unknown(code: str) -> bool:
    return code == "\ufffd" or (
        (code > "~" or code < " ") and unicodedata.category(code) in ("Cc", "Co", "Cn", "Cs")
    )


def _symbol_fonts(pages: Sequence[Page], mapped: AbstractSet[str]) -> AbstractSet[str]:
    """Return the fonts that hold few characters and may call them by wrong names."""
    held: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        fonts = [style.font for style in page.styles]
        for code, face in zip(page.text, page.faces.tolist(), strict=True):
            if face >= 0:
                held[fonts[face]].add(code)
    return {
        font
        for font, codes in held.items()
        if len(codes) <= FEW and (SYMBOLS.search(font) or font not in mapped)
    }


def _foreign_letters(
    line: Line, page: Page, start: int, foreign: AbstractSet[str]
) -> Iterator[int]:
    """Yield the letters and digits of a line that a font for symbols draws."""
    family = FAMILY.match(line.font)
    for code, offset in zip(line.text, line.at, strict=True):
        if offset < 0 or not _may_stand_for_another(code):
            continue
        font = page.styles[page.faces[offset - start]].font
        own = FAMILY.match(font)
        if font in foreign and (not own or not family or own.group() != family.group()):
            yield offset


def _may_stand_for_another(code: str) -> bool:
    """Whether a Latin letter, digit or fraction: "m" for µ, "6" for ±, "¼" for =, "þ" for +."""
    return code < "\u0370" and code != "µ" and unicodedata.category(code) in LATIN
