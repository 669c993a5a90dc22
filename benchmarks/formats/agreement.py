"""How far a document read from one format agrees with the same document read from Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from ingest.document import Document

CITATION = re.compile(r" ?(?:\[\d[\d,– -]*\]|[⁰¹²³⁴-⁹]+(?:[⁻,][⁰¹²³⁴-⁹]+)*)")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Agreement:
    """What of the Markdown's document another has; each pair is found and wanted."""

    words: float
    """Longest common subsequence of words over the words of the Markdown, from 0 to 1."""
    sentences: tuple[int, int]
    """Units that are the same letter by letter."""
    headings: tuple[int, int]
    captions: tuple[int, int]
    references: tuple[int, int]
    """Entries with the same number and the same letters."""

    @property
    def holds(self) -> bool:
        """Whether the words agree as they should and nothing of the rest is missing."""
        pairs = (self.headings, self.captions, self.references)
        return self.words >= 0.99 and all(found == wanted for found, wanted in pairs)


def compare(truth: Document, other: Document) -> Agreement:
    """Compare a document with that of the Markdown."""
    wanted, held = _words(truth), _words(other)
    both = (truth, other)
    return Agreement(
        words=LCSseq.similarity(wanted, held) / len(wanted),
        sentences=_shared({squeezed(s.text) for s in one.sentences} for one in both),
        headings=_shared({squeezed(" ".join(s.headings[-1:])) for s in d.sections} for d in both),
        captions=_shared({squeezed(text) for text in _captions(one)} for one in both),
        references=_shared({f"{r.number} {squeezed(r.text)}" for r in d.references} for d in both),
    )


def _words(document: Document) -> list[str]:
    """Return the words of a text without its captions, which stand elsewhere on a page."""
    captions = {sentence.section for sentence in document.sentences if sentence.kind == "caption"}
    return [
        word
        for number, section in enumerate(document.sections)
        if number not in captions
        for word in WORD.findall(document.quote(section.span))
    ]


def _captions(document: Document) -> list[str]:
    return [sentence.text for sentence in document.sentences if sentence.kind == "caption"]


def squeezed(text: str) -> str:
    """Return the letters and digits of a text, without citations and hyphens."""
    return "".join(WORD.findall(CITATION.sub("", text))).lower()


def _shared(both: Iterable[set[str]]) -> tuple[int, int]:
    wanted, held = both
    return len(wanted & held), len(wanted)
