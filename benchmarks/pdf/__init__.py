"""How well papers are read from PDF, with their JATS as the truth."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from ingest.assemble import assemble
from ingest.blocks import Draft
from ingest.drafting.steps import draft_bytes

FLOATS = frozenset(
    [
        "fig",
        "table-wrap",
        "fn-group",
        "fn",
        "boxed-text",
        "supplementary-material",
        "table-wrap-group",
        "fig-group",
    ]
)
SILENT = FLOATS | {"disp-formula", "disp-formula-group", "inline-formula", "tex-math"}
SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]%\"”])[.?!]\s+(?=[A-Z])")
LONG = 40
"""Letters of a sentence that is looked for."""
BEGINNING = 60
"""Letters of a caption that are compared."""
ALIKE = 80
"""Of 100, from which two captions or titles are the same."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a paper holds according to its JATS."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]
    n_references: int
    title: str
    doi: str


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one paper."""

    name: str
    order: float
    intact: float
    strict: float
    captions: tuple[int, int]
    """Found and in the truth."""
    references: tuple[int, int]
    is_doi: bool
    is_title: bool
    pages: int
    seconds: float

    def line(self) -> str:
        """Return it as a line of the table."""
        marks = " ".join("yes" if right else "no " for right in (self.is_doi, self.is_title))
        return (
            f"{self.name:16} {self.order:.3f} {self.intact:.3f} {self.strict:.3f}"
            f"  {self.captions[0]:2}/{self.captions[1]:2}  {self.references[0]:3}/"
            f"{self.references[1]:3}  {marks}  {self.seconds / max(self.pages, 1):.3f}"
        )


def measure(path: Path, truth: Truth) -> Row:
    """Read one paper and hold it against the truth."""
    data = path.read_bytes()
    began = time.process_time()
    draft = draft_bytes(".pdf", data, path.name)
    document = assemble(path.stem, draft, "")
    seconds = time.process_time() - began
    facts = {fact.name: fact.value for fact in draft.facts}
    entries = len(document.references)
    return Row(
        path.stem,
        *_compared(document.text, truth.paragraphs),
        captions=(_captions_found(draft, truth), len(truth.captions)),
        references=(entries, truth.n_references),
        is_doi=facts.get("DOI", "").lower() == truth.doi.lower(),
        is_title=fuzz.ratio(letters(facts.get("title", "")), letters(truth.title)) >= 95,
        pages=len(draft.page_starts),
        seconds=seconds,
    )


def _compared(text: str, paragraphs: Sequence[str]) -> tuple[float, float, float]:
    """Return order, intact and strict."""
    wanted, held = [word for p in paragraphs for word in words(p)], words(text)
    line, squeezed = f" {' '.join(held)} ", letters(text)
    long = [s for p in paragraphs for s in _sentences(p) if len(letters(s)) >= LONG]
    return (
        LCSseq.similarity(wanted, held) / max(1, len(wanted)),
        sum(letters(s) in squeezed for s in long) / max(1, len(long)),
        sum(f" {' '.join(words(s))} " in line for s in long) / max(1, len(long)),
    )


def _captions_found(draft: Draft, truth: Truth) -> int:
    read = [letters(block.text)[:BEGINNING] for block in draft.blocks if block.kind == "caption"]
    wanted = [letters(caption)[:BEGINNING] for caption in truth.captions]
    return sum(any(fuzz.ratio(one, other) >= ALIKE for other in read) for one in wanted)


def read_truth(path: Path) -> Truth:
    """Read the JATS of a paper."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.parse(str(path), parser).getroot()
    for other in list(root.iter("sub-article", "response")):
        other.getparent().remove(other)
    doi = root.find(".//article-meta/article-id[@pub-id-type='doi']")
    title = root.find(".//article-meta//article-title")
    return Truth(
        tuple(t for p in _paragraphs(root) if (t := " ".join(_text(p).split()))),
        tuple(_captions(root)),
        len(root.findall(".//ref-list//ref")),
        " ".join("".join(title.itertext()).split()) if title is not None else "",
        doi.text or "" if doi is not None else "",
    )


def _paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    for abstract in root.findall(".//article-meta/abstract"):
        if not abstract.get("abstract-type"):
            yield from abstract.iter("p")
    for body in root.findall("body"):
        yield from (
            p for p in body.iter("p") if not any(a.tag in FLOATS for a in p.iterancestors())
        )


def _captions(root: etree._Element) -> Iterator[str]:
    for thing in root.iter("fig", "table-wrap"):
        label, caption = thing.find("label"), thing.find("caption")
        if label is not None and caption is not None:
            yield " ".join(f"{''.join(label.itertext())} {''.join(caption.itertext())}".split())


def _text(element: etree._Element, *, is_top: bool = True) -> str:
    if not isinstance(element.tag, str) or (not is_top and element.tag in SILENT):
        return ""
    inside = (_text(child, is_top=False) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inside)


def _sentences(paragraph: str) -> Iterator[str]:
    at = 0
    for match in SENTENCE_END.finditer(paragraph):
        yield paragraph[at : match.start() + 1]
        at = match.end()
    yield paragraph[at:]


def folded(text: str) -> str:
    """Return a text in lower case without accents and ligatures."""
    text = unicodedata.normalize("NFKD", text)
    return "".join(code for code in text if not unicodedata.combining(code)).lower()


def words(text: str) -> list[str]:
    """Return the words of a text: two letters or more, without accents."""
    return re.findall(r"[^\W\d_]{2,}", folded(text))


def letters(text: str) -> str:
    """Return the letters of a text, without accents."""
    return "".join(code for code in folded(text) if code.isalpha())
