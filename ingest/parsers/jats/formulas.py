"""Formulas that can be written in a line: "p < 0.05" can, a fraction cannot."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.blocks import Piece
from ingest.document import Span
from ingest.parsers.inline.tags import RAISED_DIGITS
from ingest.parsers.jats.xml import Element, Text

LEAVES = frozenset(["mi", "mn", "mo", "mtext"])
ROWS = frozenset(["math", "mrow", "mstyle", "mpadded", "msub"])
"""What is in them follows one another. A subscript is written as a letter: "CO2"."""
RAISED = frozenset("0123456789+-−–")


def read_formula(math: Element) -> tuple[Piece, ...] | None:
    """Return the characters of MathML; None if they do not say in a line what it says."""
    try:
        return tuple(_read(math))
    except _TwoDimensionalError:
        return None


class _TwoDimensionalError(Exception):
    """A fraction, a root, an accent, a table."""


def _read(node: Element) -> Iterator[Piece]:
    parts = list(node.elements)
    if node.tag in LEAVES:
        yield from _leaf(node)
    elif node.tag in ROWS:
        for part in parts:
            yield from _read(part)
    elif node.tag == "mspace":
        yield Piece(" ", None)
    elif (node.tag, len(parts)) in (("msup", 2), ("msubsup", 3)):
        for part in parts[:-1]:
            yield from _read(part)
        yield _power(parts[-1])
    else:
        raise _TwoDimensionalError


def _leaf(node: Element) -> Iterator[Piece]:
    for child in node.children:
        if not isinstance(child, Text):
            raise _TwoDimensionalError
        if len(child.text) != len(child.span):
            yield Piece(child.text, child.span)
            continue
        bare = child.text.strip(" \t\n")
        if bare:
            start = child.span.start + child.text.index(bare)
            yield Piece(bare, Span(start, start + len(bare)))


def _power(exponent: Element) -> Piece:
    text = "".join(exponent.text.split())
    if not text or not set(text) <= RAISED:
        raise _TwoDimensionalError
    return Piece(text.translate(RAISED_DIGITS), exponent.span)
