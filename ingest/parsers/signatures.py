"""What a file really is, told by how it begins: its name may end in something else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.errors import UnreadableFileError

LOOKED_AT = 4096
"""Bytes in which the root of an XML file is looked for."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Microsoft's older container begin."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = b"PK\x03\x04"
IN_WORD = "open it in Word or LibreOffice and save it as .docx"
PICTURE = "is a picture; make a PDF of it and run that through OCR, for example with `ocrmypdf`"
PACKED = "is a packed file; unpack it and give the files in it"


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a file is, and the endings that a file of this kind may have."""

    said: str
    """What it is; what to do."""
    suffixes: tuple[str, ...] = ()


PDF = _Kind("is a PDF; let its name end in .pdf", (".pdf",))
WORD = _Kind("is a Word file; let its name end in .docx", (".docx",))
PAGE = _Kind("is a web page; let its name end in .html", (".html", ".htm", ".xhtml"))
JATS = _Kind("is an article in JATS; let its name end in .nxml", (".nxml", ".xml"))
XML = _Kind("is an XML file and not an article in JATS; leave it out", (*JATS.suffixes, ".xhtml"))
BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"{\\rtf", _Kind(f"is an RTF file; {IN_WORD}")),
    (b"\x89PNG\r\n", _Kind(PICTURE)),
    (b"\xff\xd8\xff", _Kind(PICTURE)),
    (b"GIF8", _Kind(PICTURE)),
    (b"II*\x00", _Kind(PICTURE)),
    (b"MM\x00*", _Kind(PICTURE)),
    (b"\x1f\x8b\x08", _Kind(PACKED)),
    (b"7z\xbc\xaf\x27\x1c", _Kind(PACKED)),
    (b"Rar!\x1a\x07", _Kind(PACKED)),
)
MEMBERS = (
    (b"mimetypeapplication/epub", _Kind("is an e-book; give its web pages or its PDF")),
    (b"mimetypeapplication/vnd.oasis.opendocument", _Kind(f"is an OpenDocument file; {IN_WORD}")),
    (b"word/", WORD),
    (b"xl/", _Kind("holds no Word document but a spreadsheet; leave it out")),
    (b"ppt/", _Kind("holds no Word document but slides; save them as a PDF")),
)
"""What the names inside a ZIP file say of it."""
BLANK = b"\xef\xbb\xbf \t\r\n"
BEFORE_ROOT = re.compile(rb"(?:<\?.*?\?>|<!--.*?-->|\s)*", re.S)
ROOT = re.compile(rb"(?:<!doctype\s+(?P<type>[\w:]+)|<(?P<name>[a-z][\w:]*))", re.I)
FULL_PAGE = re.compile(rb"<(?:!doctype\s+html|html)\b", re.I)


def refuse_other_formats(data: bytes, suffix: str) -> None:
    """Pass over a file that may be what its name says.

    Args:
        data: the bytes of the file.
        suffix: of its name, in lower case, with its dot.

    Raises:
        UnreadableFileError: saying what the file is instead, and what to do.

    """
    if not data:
        raise UnreadableFileError("is empty (0 bytes); save or download it again")
    kind = _kind(data)
    if kind is not None and suffix not in kind.suffixes:
        raise UnreadableFileError(kind.said)


def _kind(data: bytes) -> _Kind | None:
    """Return what a file certainly is; None if it may be several things."""
    if data.startswith(OLE):
        return _of_ole(data)
    if data.startswith(ZIP):
        return _of_zip(data)
    begin = data[:LOOKED_AT].lstrip(BLANK)
    known = (kind for mark, kind in BEGINNINGS if begin.startswith(mark))
    return next(known, None) or _of_mark_up(begin)


def _of_ole(data: bytes) -> _Kind:
    if ENCRYPTED in data:
        return _Kind("needs a password; save it in Word without one")
    return _Kind(f"is an old Word file (.doc); {IN_WORD}")


def _of_zip(data: bytes) -> _Kind:
    # The names stand in front of the members, and all of them once more at the end of the file.
    names = data[:LOOKED_AT] + data[-(2**16) :]
    found = (kind for mark, kind in MEMBERS if mark in names)
    return next(found, _Kind(PACKED, WORD.suffixes))


def _of_mark_up(begin: bytes) -> _Kind | None:
    if FULL_PAGE.match(begin):
        return PAGE
    if not begin.startswith((b"<?xml", b"<!DOCTYPE", b"<article")):
        return None
    before = BEFORE_ROOT.match(begin)
    root = ROOT.match(begin, before.end() if before else 0)
    name = (root["type"] or root["name"]).lower() if root else b""
    return {b"article": JATS, b"html": PAGE}.get(name, XML)
