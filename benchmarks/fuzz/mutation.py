"""Bytes that are damaged at random, the same way for the same seed."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence

TOKENS = (
    *(
        b"<",
        b">",
        b"</p>",
        b"<table>",
        b"<!--",
        b"-->",
        b"]]>",
        b"<![CDATA[",
        b"&#0;",
        b"&#x110000;",
    ),
    *(b"&amp;", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9d\x92\xb3", b"\r\n"),
    *(b"\n\n", b"\n# ", b"\n- ", b"\n> ", b"```", b"$$", b"|-|", b"[^a]: ", b"](", b"**", b"\x0c"),
    *(
        b"obj",
        b"endobj",
        b"stream\n",
        b"xref",
        b"/Length 99999999",
        b"/Kids [1 0 R]",
        b"99999999999",
    ),
    *(b"<xref rid='b1'/>", b"<sup>", b"colspan='999999'", b"rowspan='0'", b"-1", b"e\xcc\x81"),
)
MOST = 6
"""Damages of one case."""


def damaged(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return bytes with a few damages; parts of other files may get into them."""
    for _ in range(chance.randint(1, MOST)):
        data = (
            chance.choice(_KINDS)(data, chance)
            if chance.random() < 0.9
            else _spliced(data, chance.choice(others), chance)
        )
    return data


def damaged_package(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return a zip file with a damaged member, or itself damaged."""
    if chance.random() < 0.3:
        return damaged(data, others, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    name = chance.choice(sorted(members))
    members[name] = damaged(members[name], [*members.values()], chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)
    return made.getvalue()


def _spliced(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at, (start, end) = chance.randint(0, len(data)), _stretch(other, chance)
    return data[:at] + other[start:end] + data[at:]


def _flip(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return b"\0"
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _cut_end(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _remove(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    a, b, c = sorted(chance.randint(0, len(data)) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 40)) + data[at:]


def _overwrite(data: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def _stretch(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice((1, 4, 20, 200)))


_KINDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _flip, _cut_end, _remove, _repeat, _swap, _insert, _insert, _overwrite),
)
