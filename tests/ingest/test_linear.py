"""Time grows with the size of a file and no faster, whatever the file holds."""

import contextlib
import gc
import time

import pytest

from ingest.errors import UnreadableFileError
from ingest.parsers import PARSERS, UNTRUSTED
from ingest.pipeline import ingest_bytes

PROSE = "The patient was given 200 mg of it (Fig. 2). He did well and went home. "
REPORTED = {
    "a heading with blanks in it": ("# a", " ", "b"),
    "a heading with hashes in it": ("# a ", "#", "b"),
    "links without end": ("", "[a](", ""),
    "backticks": ("", "`", ""),
    "one line of prose": ("", PROSE, ""),
    "full stops": ("", ". A ", ""),
    "images without end": ("", "![", ""),
    "comments without end": ("a ", "<!--", ""),
    "addresses without end": ("", "<http:", ""),
    "line separators": ("", "ab\u2028", ""),
}
"""Shapes that once took quadratic or cubic time: what stands before, again and again, and after."""
OTHERS = {
    "wrapped prose": ("", PROSE.replace(". ", ".\n"), ""),
    "paragraphs": ("", "The end.\n\n", ""),
    "cut paragraphs": ("", "The patient was given and then\n\n", ""),
    "cut words": ("", "the sun- and moon-\n\n", ""),
    "captions in paragraphs": ("", "The lump shrank to\n\nFigure 1. A scan.\n\n", ""),
    "items": ("", "- a:\n", ""),
    "numbered items": ("", "1. a\n", ""),
    "nested items": ("", "- a\n  - b\n    - c\n", ""),
    "quotes": ("", "> a\n", ""),
    "deep quotes": ("", ">" * 30 + " a\n", ""),
    "headings": ("", "# a\n\ntext b.\n\n", ""),
    "underlined headings": ("", "Head\n----\n\nText.\n\n", ""),
    "numbered headings": ("", "1. Head\n\nText.\n\n", ""),
    "marks": ("", "*a _b ** __c ", ""),
    "brackets": ("", "[[a]]", ""),
    "opening brackets": ("", "[", ""),
    "nested brackets": ("[" * 8000, "]", ""),
    "titles without end": ("", "[a](b \"c", ""),
    "references": ("[a]: b\n\n", "[a][b]", ""),
    "footnotes": ("", "[^1]: a\n\n\n", ""),
    "dollars": ("", "$a", ""),
    "tags without end": ("", "<a b=c ", ""),
    "backslashes": ("", "\\", ""),
    "blank entities": ("", "&nbsp;", ""),
    "quotation marks": ("", "“a” `b` 'c' ", ""),
    "one long word": ("", "a", ""),
    "hyphens": ("", "a-", ""),
    "blanks": ("a", "\u00a0", "b"),
    "empty lines": ("a", "\n", "b"),
    "tables": ("", "|a|\n|-|\n", ""),
    "fences": ("", "```\n", ""),
    "front matter": ("---\n", "a: b\n", ""),
    "abbreviations": ("Abbreviations: ", "a: b; ", ""),
    "brackets with letters": ("", "magnetic imaging (MI) ", ""),
    "initials": ("", "A. B. ", ""),
    "sign-up lines": ("sign up ", "news,", "\n"),
}  # fmt: skip
SUFFIXES = sorted(
    {
        parse: suffix for suffix, parse in reversed(PARSERS.items()) if suffix not in UNTRUSTED
    }.values()
)
TIMES = 4
GROWTH = 8
"""Longest time that ``TIMES`` as much may take: 4 is linear, 16 quadratic, and other programs on the
machine add some."""
TRIES = 5


def seconds(suffix, shape, size):
    before, again, after = shape
    data = (before + again * (size // len(again)) + after).encode()
    gc.collect()
    gc.disable()
    start = time.process_time()
    with contextlib.suppress(UnreadableFileError):
        ingest_bytes("doc", suffix, data, "doc")
    taken = time.process_time() - start
    gc.enable()
    return taken


def growth(suffix, shape, size):
    """Return how much longer ``TIMES`` the size takes, each at its best; tries again if much."""
    once, more = [], []
    for _ in range(TRIES):
        once.append(seconds(suffix, shape, size))
        more.append(seconds(suffix, shape, TIMES * size))
        if min(more) <= GROWTH * max(min(once), 0.01):
            break
    return min(more) / max(min(once), 0.01)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", REPORTED)
def test_four_times_as_much_takes_four_times_as_long(suffix, name):
    assert growth(suffix, REPORTED[name], 8_000) <= GROWTH


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", OTHERS)
def test_no_other_shape_takes_longer(suffix, name):
    assert growth(suffix, OTHERS[name], 10_000) <= GROWTH


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", REPORTED)
def test_it_does_so_up_to_a_million_characters(suffix, name):
    assert growth(suffix, REPORTED[name], 250_000) <= GROWTH
