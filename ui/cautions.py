"""What to know of a source before relying on it, in words: retracted, corrected, read from a scan.

Every surface shows these beside every quote: as lines of text, or with a link to the notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from answer.quotes import Citation
from corpus.sources import Source
from corpus.status import Effect, Standing, Status
from ingest.document import Document
from ui.facts import day, web_address

Kind = Standing | Effect | Literal["scan"]
GRAVE = frozenset({"retracted", "concern"})
"""What is read before the quote; the others are read beside it."""
SCAN = "Read by a machine from a scan: check the page."

_SAYS: Mapping[Standing | Effect, str] = {
    "retracted": "Retracted{when}: do not rely on it.",
    "concern": "Expression of concern{when}: read it with care.",
    "superseded": "Superseded{when}{by}.",
    "corrected": "Corrected{when}{see}.",
    "preprint": "Preprint: not peer reviewed.",
    "retracts": "This retracts {other}.",
    "concerns": "This is an expression of concern about {other}.",
    "supersedes": "This replaces {other}.",
    "corrects": "This corrects {other}.",
}


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to know before relying on a quote."""

    kind: Kind
    text: str
    """A sentence."""
    link: str = ""
    """The notice, the newer version, or what a notice is about; empty if not known."""
    document: str = ""
    """The same as a document of the library; empty if it has none."""

    @property
    def line(self) -> str:
        """The sentence, with the address where there is one."""
        return f"{self.text} {self.link}".rstrip()


def cautions(citation: Citation) -> tuple[Caution, ...]:
    """Return what to know before relying on a quote, the gravest first."""
    scan = (Caution("scan", SCAN),) if citation.is_ocr else ()
    return (*map(caution, citation.status), *scan)


def read_cautions(source: Source, document: Document) -> tuple[Caution, ...]:
    """Return what to know before reading a whole document, the gravest first."""
    scan = (Caution("scan", SCAN),) if document.is_ocr else ()
    return (*cautions_of(source), *scan)


def cautions_of(source: Source) -> tuple[Caution, ...]:
    """Return what to know before relying on a source, the gravest first."""
    return tuple(map(caution, source.status))


def lines(known: Iterable[Caution]) -> tuple[str, ...]:
    """Return cautions as text, with addresses."""
    return tuple(one.line for one in known)


def caution(status: Status) -> Caution:
    """Return a status in words."""
    label = f"“{status.label}”" if status.label else ""
    text = _SAYS[status.kind].format(
        when=_when(status.date),
        by=f" by {label}" if label else ": a newer version is out",
        see=f": see {label}" if label else "",
        other=label or "another article",
    )
    link = web_address(f"https://doi.org/{status.doi}") if status.doi else ""
    return Caution(status.kind, text, link, status.document)


def _when(iso: str) -> str:
    if not iso:
        return ""
    return f" {'on' if iso.count('-') == 2 else 'in'} {day(iso)}"
