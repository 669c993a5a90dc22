"""What is checked of articles read from JATS: that nothing is lost and nothing altered."""

from __future__ import annotations

import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from benchmarks.pdf import LONG, letters
from ingest.assemble import assemble
from ingest.document import Document, Run
from ingest.drafting.steps import draft_bytes
from ingest.errors import IngestError
from ingest.parsers.jats.inline import UNREADABLE
from ingest.parsers.jats.tags import IMPLIED
from ingest.parsers.jats.xml import read_xml

MARK_UP = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
FOR_MARK_UP = {*IMPLIED.values(), UNREADABLE, "et al."}
"""What is written for an element without a character of its own."""


@dataclass(slots=True)
class Found:
    """What was counted."""

    articles: int = 0
    refused: list[str] = field(default_factory=list)
    units: Counter[str] = field(default_factory=Counter)
    altered: list[str] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    """By the article."""
    left_out: Counter[str] = field(default_factory=Counter)
    references: int = 0
    citations: int = 0
    seconds: float = 0.0
    in_pdf: dict[str, float] = field(default_factory=dict)

    @property
    def a_second(self) -> float:
        """Articles that two cores read in a second."""
        return 2 * self.articles / max(self.seconds, 1e-9)

    def take(self, path: Path) -> None:
        """Read one article and check it."""
        data = path.read_bytes()
        began = time.process_time()
        try:
            document = assemble(path.stem, draft_bytes(path.suffix, data, path.name), "")
        except IngestError as error:
            self.refused.append(str(error))
            return
        self.seconds += time.process_time() - began
        self.articles += 1
        self.units.update(sentence.kind for sentence in document.sentences)
        self.altered += [f"{path.name}: {one}" for one in altered(document)]
        self.left_out.update(one.reason for one in document.dropped)
        self.lost[path.name] += len(lost(document))
        self.references += len(document.references)
        self.citations += len(document.cited)
        if path.with_suffix(".pdf").exists():
            self.in_pdf[path.stem] = agreement(document, path.with_suffix(".pdf"))

    def record(self) -> dict[str, object]:
        """Return it as JSON."""
        return {
            "articles": self.articles,
            "refused": self.refused,
            "units": dict(self.units),
            "altered": len(self.altered),
            "lost": self.lost.total(),
            "left_out": dict(self.left_out),
            "references": self.references,
            "citations": self.citations,
            "a_second": round(self.a_second, 1),
            "in_pdf": {name: round(share, 3) for name, share in self.in_pdf.items()},
        }


def altered(document: Document) -> Iterator[str]:
    """Yield each unit whose characters are not those of the file at its offsets."""
    wrong = [run for run in document.runs if not _is_verbatim(document, run)]
    covered = bytearray(len(document.text))
    for run in document.runs:
        covered[run.text.start : run.text.end] = b"\1" * len(run.text)
    for sentence in document.sentences:
        span = sentence.span
        gaps = (
            c for c, n in zip(sentence.text, covered[span.start : span.end], strict=True) if not n
        )
        if any(run.text.overlaps(span) for run in wrong) or "".join(gaps).strip():
            yield sentence.text


def _is_verbatim(document: Document, run: Run) -> bool:
    text = document.text[run.text.start : run.text.end]
    source = document.source[run.source.start : run.source.end]
    if len(text) == len(source):
        return all(a == b or (a == " " and b.isspace()) for a, b in zip(text, source, strict=True))
    if text in FOR_MARK_UP:
        return source.startswith("<") and (text != UNREADABLE or not _is_quoted(document, run))
    return _plain(text) == _plain(unescape(MARK_UP.sub("", source)))


def _is_quoted(document: Document, run: Run) -> bool:
    return any(sentence.span.overlaps(run.text) for sentence in document.sentences)


def _plain(text: str) -> str:
    """Return text without the difference between raised and other characters."""
    folded = unicodedata.normalize("NFKC", "".join(text.split()))
    return re.sub("[-−–]", "-", folded)


def lost(document: Document) -> str:
    """Return the characters of an article that are nowhere; numbers of references are numbers."""
    held = bytearray(len(document.source))
    spans = [run.source for run in document.runs] + [one.source for one in document.dropped]
    root = read_xml(document.source)
    spans += [label.span for ref in root.iter("ref") for label in ref.all("label")]
    for span in spans:
        held[span.start : span.end] = b"\1" * len(span)
    rest = (text for text in root.texts if text.text.strip())
    return "".join(
        character
        for text in rest
        for character, n in zip(
            document.source[text.span.start : text.span.end],
            held[text.span.start : text.span.end],
            strict=True,
        )
        if not n and not character.isspace()
    )


def agreement(document: Document, pdf: Path) -> float:
    """Return the part of an article's long sentences that its PDF has, letter by letter."""
    read = assemble(pdf.stem, draft_bytes(".pdf", pdf.read_bytes(), pdf.name), "")
    squeezed = letters(read.text)
    long = [letters(one.text) for one in document.sentences if one.kind == "sentence"]
    long = [one for one in long if len(one) >= LONG]
    return sum(one in squeezed for one in long) / max(len(long), 1)
