"""From the bytes of a text file to its characters: a byte order mark, UTF-8 or Windows-1252."""

from __future__ import annotations

import codecs
import re

from ingest.errors import UnreadableFileError

MAX_BYTES = 10 * 2**20
"""Of a text or page; a book of a thousand pages has 3 million."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32 before UTF-16, whose mark begins like it."""
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
"""A character in UTF-8: a file with one that is not all UTF-8 mixes charsets."""
LOWER = "a-zßàáâãäåæçèéêëìíîïñòóôöøùúûü"
CAPITALS = "A-ZÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÖØÙÚÛÜ"
"""The letters of Western Europe except those whose bytes are more often something else: Ð, Þ, Ý
and õ are Turkish or Hungarian, Ñ, Ò, Ó, Ô and Õ the dash and the quotation marks of a Mac."""
WORD = re.compile(r"[^\W\d_]+")
SURE_WORD = re.compile(rf"[A-Za-zÁÂÄÅÇÉÍÎÖØÚÜé][{LOWER}]*(?:[A-Z][{LOWER}]+)*|[{CAPITALS}]{{3,}}")
SURE_SIGN = re.compile(
    r"""
    (?<=[A-Za-z])’(?=(?:s|t|d|m|re|ve|ll)\b|\s) | (?<=\b[OD])’(?=[A-Z])
  | (?<![^\s(\[—–-])[“‘](?=[A-Za-z\d(\[]) | (?<=[A-Za-z\d.,;:!?)\]%])[”’](?![A-Za-z\d])
  | (?<=[A-Za-z\d.,;:)\]%”’]\ )[–—](?=\ [A-Za-z\d(\[“‘]) | (?<=[\d\])])[–—](?=[A-Za-z\d\[(])
  | (?<=[A-Za-z]{3})[–—](?=[A-Za-z]{3}) | (?<=[A-Za-z\d])…(?=\s|$)
  | (?<=\d)°(?![A-Za-z]) | (?<=\d)\ ?°(?=[CF]\b)
  | (?<=[\d\s(/])µ(?=(?:[glmMLU]|mol)\b)
  | (?<=[\d\s(])±(?=\ ?\.?\d|\ ?(?:S[DE]|sd|standard)) | (?<=[\d\ ])×(?=[\d\ ])
  | (?<=[a-z])[²³](?![A-Za-z\d]) | (?<=\d)[½¼¾](?!\w) | (?<!\d\ )[½¼¾](?=\ [a-z])
  | (?<=[A-Za-z\d)])[®™](?![A-Za-z]) | (?<!\S)©(?![A-Za-z])
  | (?<=[\d.,;:)])\u00a0(?=[A-Za-z\d(%]) | ^[ \t]*•(?=[ \t])
    """,
    re.VERBOSE | re.MULTILINE,
)
"""Where a sign of Windows-1252 stands in English prose, and where the bytes of other charsets do
not put one: "≤ 5" of a Mac reads "² 5", "µg" of DOS "æg". Tried on 119 medical texts and their
lines in 13 charsets: see docs/decisions.md, "Which charset a text is in"."""


def decode(data: bytes, charset: str | None = None) -> str:
    r"""Return the characters of a text file, with ``"\n"`` line ends.

    Args:
        data: the bytes of the file.
        charset: a codec of Python that the file names; not believed where its bytes are not of it,
            nor against a byte order mark or UTF-8.

    Raises:
        UnreadableFileError: if there are too many bytes, they are not text, or their charset is
            uncertain.

    """
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(
            f"has {len(data) / 2**20:,.0f} MB, more than {MAX_BYTES // 2**20}; split it"
        )
    text = _decoded(data, charset)
    if "\0" in text:
        raise UnreadableFileError("is not text (it holds NUL bytes); save the file as UTF-8 text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, charset: str | None) -> str:
    marked = by_mark(data)
    if marked is not None:
        return marked
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _as_named(data, charset) or _windows_1252(data)
        if text is None:
            raise UnreadableFileError(
                f"not UTF-8 (byte {error.start} is {data[error.start]:#04x}) and not "
                "certainly Windows-1252; save the file as UTF-8"
            ) from error
        return text


def by_mark(data: bytes) -> str | None:
    """Return the characters of a file that begins with a byte order mark; None without one.

    Raises:
        UnreadableFileError: if the bytes are not what the mark says.

    """
    mark, charset = next(((m, c) for m, c in MARKS if data.startswith(m)), (b"", ""))
    if not mark:
        return None
    try:
        return data[len(mark) :].decode(charset)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"begins as {charset.upper()} but is not ({error.reason}); save the file as UTF-8"
        ) from error


def _as_named(data: bytes, charset: str | None) -> str | None:
    if charset is None or charset == "utf-8":
        return None
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return None


def _windows_1252(data: bytes) -> str | None:
    """Return the text if it can only be Windows-1252 (or Latin-1, its subset), else None."""
    if MULTIBYTE.search(data):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    rest = SURE_SIGN.sub("", WORD.sub(_plain_if_sure, text))
    return text if rest.isascii() else None


def _plain_if_sure(match: re.Match[str]) -> str:
    """Return an ASCII word in place of one whose letters can hardly be misread."""
    word = match.group()
    if word.isascii():
        return word
    n_ascii = sum(character.isascii() for character in word)
    return "Word" if n_ascii >= 2 and SURE_WORD.fullmatch(word) else word
