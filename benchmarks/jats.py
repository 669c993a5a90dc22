"""Check that articles are read from JATS without loss and word for word, and how fast.

    python -m benchmarks.jats DIR [--json]

DIR holds NAME.nxml or NAME.xml; where it also holds NAME.pdf, the two texts are compared. It prints:

articles   read, and refused with their reasons
units      sentences, items, captions and references that may be quoted
altered    of these, such as cannot be glued together again from the file by their offsets
lost       characters of the file that are neither in the text nor left out with a reason
left out   by reason
a second   articles parsed, repaired and assembled on two cores
in PDF     of the sentences of 40 letters or more, such as stand unbroken in the text of the PDF
"""

from __future__ import annotations

import argparse
import json
import re
import sys
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
from ingest.parsers.jats.flow import IMPLIED
from ingest.parsers.jats.inline import UNREADABLE
from ingest.parsers.jats.xml import read_xml

MARK_UP = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
FOR_MARK_UP = {*IMPLIED.values(), UNREADABLE, "et al."}
"""What is written for an element without a character of its own."""
SUFFIXES = (".nxml", ".xml")
A_SECOND = 20
"""Articles, to be reached on two cores."""


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


def main() -> int:
    """Check every article, print the counts, and say whether all of them hold."""
    parser = argparse.ArgumentParser(description="Check how articles are read from JATS.")
    parser.add_argument("folder", type=Path, help="NAME.nxml or NAME.xml of each article")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    arguments = parser.parse_args()
    found = Found()
    for path in sorted(arguments.folder.iterdir()):
        if path.suffix in SUFFIXES:
            found.take(path)
    if not found.articles:
        parser.error(f"{arguments.folder} holds no NAME.nxml or NAME.xml that can be read")
    print(json.dumps(found.record()) if arguments.json else "\n".join(_words(found)))
    return 0 if not found.altered and not found.lost.total() and found.a_second >= A_SECOND else 1


def _words(found: Found) -> Iterator[str]:
    yield f"{found.articles} articles read, {len(found.refused)} refused"
    yield from (f"  {reason}" for reason in found.refused)
    yield "units: " + ", ".join(f"{n} {kind}" for kind, n in found.units.most_common())
    yield f"references: {found.references}, places that cite them: {found.citations}"
    yield f"altered: {len(found.altered)}"
    yield from (f"  {one}" for one in found.altered[:20])
    yield f"lost characters: {found.lost.total()}"
    yield from (f"  {name}: {n}" for name, n in found.lost.most_common(20) if n)
    yield "left out: " + ", ".join(f"{n} {reason}" for reason, n in found.left_out.most_common())
    yield f"a second: {found.a_second:.1f}"
    if found.in_pdf:
        yield from (f"  {name} {share:.3f}" for name, share in found.in_pdf.items())
        yield f"in PDF: {sum(found.in_pdf.values()) / len(found.in_pdf):.3f}"


def altered(document: Document) -> Iterator[str]:
    """Yield each unit whose characters are not those of the file at its offsets."""
    wrong = [run for run in document.runs if not _is_verbatim(document, run)]
    covered = bytearray(len(document.text))
    for run in document.runs:
        covered[run.text.start : run.text.end] = b"\1" * len(run.text)
    for sentence in document.sentences:
        span = sentence.span
        gaps = (c for c, n in zip(sentence.text, covered[span.start : span.end], strict=True) if not n)
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


if __name__ == "__main__":
    sys.exit(main())
