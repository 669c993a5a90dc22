"""What a PDF says of itself, by pypdf: information, XMP, outline, page labels, encryption."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pypdf
import pypdf.filters

from ingest.parsers.pdf.pages import Page

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds odd is no news to people
pypdf.filters.JBIG2DEC_BINARY = None  # no other program is started for a picture

XMP_DOI = re.compile(
    r"(?:prism:doi|pdfx:doi|crossmark:DOI|prism:DOI|dc:identifier)\b[^>]*>\s*(?:doi:)?\s*(10\.\d{4,9}/[^\s<]+)",
    re.I,
)
XMP_DOI_ATTRIBUTE = re.compile(r"(?:prism|pdfx|crossmark):doi=\"(10\.\d{4,9}/[^\"]+)\"", re.I)
XMP_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.S)
CHECKED = 3
"""Pages whose letters are compared: what goes wrong in a font goes wrong on many."""

SUBSET = re.compile(r"^[A-Z]{6}\+")
USUAL_ENCODINGS = ("/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding")
SYMBOLIC = 4
"""Flag of a font descriptor (ISO 32000, table 121)."""
MOST_FORMS = 50
"""Figures of a page whose fonts are looked at."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is written in the file beside its pages; empty where it says nothing."""

    info: dict[str, str] = field(default_factory=dict)
    """Title, Author, Subject, CreationDate, and whatever else, without the slash."""
    xmp: str = ""
    """The packet as it is."""
    outline: tuple[str, ...] = ()
    """Titles of the bookmarks, outermost level first seen."""
    labels: tuple[str, ...] = ()
    """What each page calls itself."""
    attachments: tuple[str, ...] = ()
    """Names of the files inside."""
    mapped: frozenset[str] = frozenset()
    """Fonts of which the file says which letter each code is."""
    is_encrypted: bool = False
    agreement: float = 1.0
    """Part of the letters that pypdf and PDFium agree on, on the first pages; from 0 to 1."""

    @property
    def doi(self) -> str:
        """The DOI of XMP, else of any value of the information."""
        for pattern in (XMP_DOI, XMP_DOI_ATTRIBUTE):
            if match := pattern.search(self.xmp):
                return match[1]
        return ""

    @property
    def titles(self) -> tuple[str, ...]:
        """What XMP and the information call the title: often a file name, so check it."""
        match = XMP_TITLE.search(self.xmp)
        found = (match[1] if match else "", self.info.get("Title", ""))
        return tuple(" ".join(title.split()) for title in found if title.strip())


def read_metadata(data: bytes, pages: Sequence[Page]) -> Metadata:
    """Return what pypdf can read; what it cannot is missing, never an error."""
    reader = _tried(lambda: pypdf.PdfReader(io.BytesIO(data)), None)
    if reader is None:
        return Metadata()
    if reader.is_encrypted and not _tried(lambda: bool(reader.decrypt("")), False):
        return Metadata(is_encrypted=True)
    return Metadata(
        info=_tried(lambda: _info(reader), {}),
        xmp=_tried(lambda: _xmp(reader), ""),
        outline=_tried(lambda: tuple(_titles(reader.outline, 0)), ()),
        labels=_tried(lambda: tuple(reader.page_labels), ()),
        attachments=_tried(lambda: tuple(str(name) for name in reader.attachments), ()),
        mapped=_tried(lambda: frozenset(_mapped(reader)), frozenset()),
        is_encrypted=reader.is_encrypted,
        agreement=_tried(lambda: _agreement(reader, pages[:CHECKED]), 1.0),
    )


def _tried(read: Callable[[], T], otherwise: T) -> T:
    """Return what ``read`` returns, or ``otherwise`` where the file is not as it should be."""
    try:
        return read()
    except Exception:  # noqa: BLE001  any part of a foreign file may be broken in any way
        return otherwise


def _info(reader: pypdf.PdfReader) -> dict[str, str]:
    return {
        key.removeprefix("/"): str(value.get_object() if hasattr(value, "get_object") else value)
        for key, value in (reader.metadata or {}).items()
    }


def _xmp(reader: pypdf.PdfReader) -> str:
    packet: Any = reader.root_object["/Metadata"].get_object()
    data: bytes = packet.get_data()
    return data.decode("utf-8", "replace")


def _titles(outline: Sequence[object], depth: int) -> list[str]:
    found: list[str] = []
    for item in outline:
        if isinstance(item, list):
            found += _titles(item, depth + 1) if depth < 8 else []
        else:
            found.append(str(getattr(item, "title", "")))
    return found


def _mapped(reader: pypdf.PdfReader) -> Iterator[str]:
    """Yield the names of the fonts that name their letters, those in figures included."""
    for page in reader.pages:
        left = [page.get("/Resources")]
        for _ in range(MOST_FORMS):
            if not left:
                break
            resources = _object(left.pop())
            for font in map(_object, _object(resources.get("/Font")).values()):
                if _names_letters(font):
                    yield SUBSET.sub("", str(font.get("/BaseFont", ""))[1:])
            forms = map(_object, _object(resources.get("/XObject")).values())
            left += [form["/Resources"] for form in forms if "/Resources" in form]


def _object(thing: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a dictionary of the file, or an empty one in the place of anything else."""
    found = thing.get_object() if hasattr(thing, "get_object") else thing
    return found if isinstance(found, dict) else {}


def _names_letters(font: dict[str, Any]) -> bool:
    """Whether a font has a table of its letters, or names them in a usual encoding."""
    if "/ToUnicode" in font:
        return True
    encoding = font.get("/Encoding")
    if _object(encoding).get("/Differences"):
        return True
    is_symbolic = int(_object(font.get("/FontDescriptor")).get("/Flags", 0)) & SYMBOLIC
    return encoding in USUAL_ENCODINGS and not is_symbolic


def _agreement(reader: pypdf.PdfReader, pages: Sequence[Page]) -> float:
    ours, theirs = Counter[str](), Counter[str]()
    for page in pages:
        ours.update(letter for letter in page.text if letter.isalnum())
        text = reader.pages[page.number].extract_text()
        theirs.update(letter for letter in text if letter.isalnum())
    total = max(sum(ours.values()), sum(theirs.values()), 1)
    return sum((ours & theirs).values()) / total
