"""The charset that an HTML file names for itself."""

from __future__ import annotations

import re

LOOKED_AT = 4096
"""Bytes in which the charset is looked for; the standard asks for 1,024, some pages need more."""
COMMENT = re.compile(rb"<!--.*?-->", re.S)
NAMED = re.compile(
    rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']?\s*(?P<xml>[\w.:-]{2,40})"
    rb"|<meta\s[^>]*?charset\s*=\s*[\"']?\s*(?P<meta>[\w.:-]{2,40})",
    re.I,
)
CODECS = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "latin1": "cp1252", "latin-1": "cp1252", "l1": "cp1252", "x-cp1252": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "windows-874": "cp874", "tis-620": "cp874",
    "macintosh": "mac_roman", "x-mac-roman": "mac_roman", "koi8-r": "koi8_r", "koi8-u": "koi8_u",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-jp": "euc_jp", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "utf-8": "utf-8", "utf8": "utf-8",
    **{f"windows-125{n}": f"cp125{n}" for n in range(9)},
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}  # fmt: skip
"""What browsers read under each name (WHATWG Encoding), not what Python has under it: ISO-8859-1
means Windows-1252 there. A name that is not here, such as UTF-16 without a mark, says nothing."""


def named_charset(data: bytes) -> str | None:
    """Return the codec of the charset that a file names near its top, or None."""
    match = NAMED.search(COMMENT.sub(b"", data[:LOOKED_AT]))
    if match is None:
        return None
    name = (match["xml"] or match["meta"]).decode("ascii").lower()
    return CODECS.get(name)
