"""Files that end in ``.docx`` and are something else: told by how they begin."""

from __future__ import annotations

from ingest.errors import UnreadableFileError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Microsoft's older container begin."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
OTHERS = (
    (b"%PDF-", "is a PDF; let its name end in .pdf"),
    (b"{\\rtf", "is an RTF file; open it in Word and save it as .docx"),
    (b"<!doctype html", "is a web page; let its name end in .html, or save it in Word as .docx"),
    (b"<html", "is a web page; let its name end in .html, or save it in Word as .docx"),
    (b"<?xml", "is an XML file; open it in Word and save it as .docx"),
)


def refuse_other_formats(data: bytes) -> None:
    """Pass over a ZIP file and refuse all others.

    Raises:
        UnreadableFileError: with what the file is, where that can be told, and what to do.

    """
    if not data:
        raise UnreadableFileError("is empty (0 bytes); save or download it again")
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise UnreadableFileError("needs a password; save it in Word without one")
        raise UnreadableFileError(
            "is an old Word file (.doc); open it in Word or LibreOffice and save it as .docx"
        )
    if OPEN_DOCUMENT in data[:200]:
        raise UnreadableFileError("is an OpenDocument file; open it in Word and save it as .docx")
    if not data.startswith(b"PK\x03\x04"):
        begin = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        known = (what for mark, what in OTHERS if begin.startswith(mark.lower()))
        raise UnreadableFileError(
            next(known, "is damaged or not a DOCX; save or download it again")
        )
