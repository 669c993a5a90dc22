"""Where sentences begin and end: sentencex's boundaries, corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from ingest.document import Span

LANGUAGE = "en"
NEVER_LAST = re.compile(
    r"(?:^|[\s(\[“\"])(?:[Ff]igs?|[Tt]abs?|[Rr]efs?|[Ee]qs?|Nos?|[Vv]ols?|pp?|[Ee]ds?|[Cc]h"
    r"|[Ss]ec|[Ss]uppl|et al|e\.g|i\.e|cf|ca|vs?|viz|approx|resp|[Dd]rs?|[Pp]rof|[Mm]rs?|[Mm]s"
    r"|[Ss]t|[Jj]r|[Ss]r|[Dd]ept|[Uu]niv|[Ii]ncl|max|min|avg|dia|wk|mo|yrs?|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
"""Abbreviations after which a sentence continues, whatever follows."""
INITIAL = re.compile(r"(?:^|[\s(])(?:[A-Z]\.[ -]?)+$")
"""A name's initials: "J. Smith", "D. Y. Reuben"."""
SENTENCE_END_INITIAL = re.compile(
    r"\b(?:vitamin|hepatitis|drug|patient|cohort|group|arm|grade|stage|type|part|panel) [A-Z]\.$",
    re.I,
)
RAISED = "[⁰¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹⁻,–]*"
BRACKETED = r"\[\d[\d,– -]*\]"
MARK = "[*†‡§¶‖]{1,4}"
"""Of a footnote."""
CITATIONS = rf"(?:\s?{BRACKETED}|{RAISED}(?:\s{RAISED})*|{MARK})"
"""As they stand after the full stop of the sentence that they belong to: "¹²,¹⁴", "[8-10]", "†"."""
MARKED = re.compile(rf"{MARK}(?=\s|$)")
GOES_ON = re.compile(
    rf"(?:[a-zα-ω]|[,;:)\]%–-]|{RAISED}(?:\s|$)|(?:19|20)\d\d ?[;:(]|\d+\(\d+\):"
    rf"|{BRACKETED})"
)
"""How no sentence begins: lower case, closing marks, a citation, a reference's year and volume."""
MISSED = re.compile(
    r"(?<=[a-z0-9)\]%][.!?…])(?:[\"”’)]?)(\s+)(?=[A-Z“\"(][A-Za-z’']*\s)"
    r"|(?<=\.)(\s+)(?=[A-Z][a-z]+\b)"
    rf"|(?<=[a-z0-9)\]%][.!?]){CITATIONS}\s+(?=[A-Z])"
)
"""A full stop, perhaps citations, white space and a capital: a boundary unless NEVER_LAST or
INITIAL says no."""
CITED = re.compile(rf"(?<=[.!?]){CITATIONS}$")
WINDOW = 20_000
"""Characters of a line that sentencex sees at once: its time grows with the square of the number of
quotation marks. Two lines of 121 medical texts are longer; they are split as without the limit."""
LOOK_BACK = 40
"""Characters before a boundary that the rules see. The longest rule needs twelve ("hepatitis B."),
and initials that fill all forty are still initials."""


def split_sentences(text: str, span: Span) -> tuple[Span, ...]:
    """Return the sentences of ``text[span]``, trimmed, in order, holding every visible character.

    A line end always ends a sentence: parsers keep only the intentional ones.
    """
    sentences: list[Span] = []
    for line in re.finditer(r"[^\n]+", text[span.start : span.end]):
        bounds = [line.start(), *_boundaries(line.group(), line.start()), line.end()]
        for start, end in pairwise(bounds):
            trimmed = _trimmed(text, span.start + start, span.start + end)
            if trimmed:
                sentences.append(trimmed)
    return tuple(sentences)


def _boundaries(line: str, shift: int) -> Iterator[int]:
    """Yield where each sentence after the first begins."""
    found = set(_found(line))
    found |= {match.end() for match in MISSED.finditer(line)}
    for end in sorted(found - {0, len(line)}):
        if not _goes_on(line, end):
            yield shift + end


def _found(line: str) -> Iterator[int]:
    """Yield where sentencex sees a sentence end, in windows that begin with a sentence."""
    start = 0
    while start < len(line):
        window = line[start : start + WINDOW]
        ends = [boundary["end_index"] for boundary in get_sentence_boundaries(LANGUAGE, window)]
        if start + WINDOW < len(line):
            # The last sentence continues past the window: the next window begins with it.
            ends = [end for end in ends if end < len(window)]
            window = window[: ends[-1]] if ends and ends[-1] > WINDOW // 2 else window
        yield from (start + end for end in ends)
        start += len(window)


def _goes_on(line: str, at: int) -> bool:
    """Whether the sentence before ``at`` continues there."""
    end, start = at, at
    while end and line[end - 1].isspace():
        end -= 1
    while start < len(line) and line[start].isspace():
        start += 1
    before = line[max(end - LOOK_BACK, 0) : end]
    left = CITED.sub("", before)
    if start == end and MARKED.match(line, start):
        return True
    if not left or start == len(line) or NEVER_LAST.search(before) or GOES_ON.match(line, start):
        return True
    if INITIAL.search(left) and not SENTENCE_END_INITIAL.search(left):
        return True
    return left[-1] not in '.!?:…"”’)]'


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return Span(start, end) if start < end else None
