"""From the bytes of an XML file to its characters: a byte order mark, its declaration, or UTF-8."""

from __future__ import annotations

import re

from ingest.errors import UnreadableFileError
from ingest.parsers.decoding import by_mark

DECLARED = re.compile(rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")
CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "latin-1": "iso-8859-1",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
"""As declared, and as Python calls it. No other is used for journals; some would run code."""
AGAIN = "download it again, or save it as UTF-8"


def decode(data: bytes) -> str:
    r"""Return the characters of an XML file, with ``"\n"`` line ends.

    Raises:
        UnreadableFileError: if the file is empty, not text, or not in the charset that it declares.

    """
    if not data.strip():
        raise UnreadableFileError("is empty; download it again")
    text = by_mark(data)
    if text is None:
        text = _declared(data)
    if "\0" in text:
        raise UnreadableFileError("is not XML (it holds NUL bytes); give the article's JATS XML")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _declared(data: bytes) -> str:
    match = DECLARED.match(data)
    name = match[1].decode("ascii") if match else "UTF-8"
    charset = CHARSETS.get(name.lower())
    if charset is None:
        raise UnreadableFileError(f"is in the charset {name}, which is not read; save it as UTF-8")
    if charset != "utf-8" and not data.isascii() and _is_utf_8(data):
        raise UnreadableFileError(f"says that it is {name} but is UTF-8; {AGAIN}")
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        where = f"byte {error.start} is {data[error.start]:#04x}"
        raise UnreadableFileError(f"should be {name} but is not ({where}); {AGAIN}") from error


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
