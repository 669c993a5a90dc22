"""Check that the marks of quotes lie on their words: another library reads what is under them.

    python -m benchmarks.pdf.boxes [DIR] [--json] [--worst N]

DIR holds PDFs; without it, the case report is set as a journal's page. Poppler (`pdftotext`, which
is not needed otherwise) says where the words of each page stand. Of every unit that may be quoted,
the letters whose middle is marked have to be its own, in order. A line for each
file: how many units are; then the share of all. N prints as many units whose marks are wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from benchmarks.formats import made
from benchmarks.pdf import folded
from ingest.boxes import Mark
from ingest.document import Document
from ingest.pipeline import ingest_bytes

FLOORS = {True: 0.97, False: 0.99}
"""Of publishers' files, and of the one that is made here."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as Poppler finds it; places as parts of the page's width and height."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that may be quoted, and what is under its marks."""

    quote: str
    marked: str

    @property
    def is_right(self) -> bool:
        """Whether both are the same letters and digits."""
        return _squeezed(self.quote) == _squeezed(self.marked)


def main() -> int:
    """Check the files, print a line for each, and say whether the floor holds."""
    parser = argparse.ArgumentParser(description="Check that the marks of quotes are right.")
    parser.add_argument("folder", nargs="?", type=Path, help="holds PDFs")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--worst", type=int, default=0, metavar="N", help="print so many wrong ones"
    )
    arguments = parser.parse_args()
    files = _files(arguments.folder)
    if not files:
        parser.error(f"{arguments.folder} holds no PDF")
    units = {name: check(data) for name, data in files}
    for name, some in units.items():
        if not arguments.json:
            print(f"{name:24} {sum(u.is_right for u in some)}/{len(some)}")
    found = [unit for some in units.values() for unit in some]
    share = sum(unit.is_right for unit in found) / max(len(found), 1)
    record = {"files": len(units), "units": len(found), "right": round(share, 4)}
    print(json.dumps(record) if arguments.json else f"{len(found)} units, {share:.4f} right")
    for unit in [unit for unit in found if not unit.is_right][: arguments.worst]:
        print(f"- {unit.quote!r}\n  {unit.marked!r}")
    return 0 if share >= FLOORS[arguments.folder is not None] else 1


def _files(folder: Path | None) -> list[tuple[str, bytes]]:
    if folder is None:
        return [("the case report", made("pdf"))]
    return [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.pdf"))]


def check(data: bytes) -> list[Unit]:
    """Return every unit of a PDF with what Poppler finds under its marks."""
    document = ingest_bytes("doc", ".pdf", data, "doc.pdf")
    return units(document, words_of(data))


def units(document: Document, pages: Sequence[Sequence[Word]]) -> list[Unit]:
    """Return every unit of a document with the words under its marks."""
    if document.boxes is None:
        return []
    found = []
    for sentence in document.sentences:
        marks = document.boxes.marks(document.stretches(sentence.span))
        found.append(Unit(sentence.text, " ".join(_under(marks, pages))))
    return found


def words_of(data: bytes) -> list[list[Word]]:
    """Return the words of each page by Poppler."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        command = ["pdftotext", "-bbox", "-cropbox", file.name, "-"]
        done = subprocess.run(command, check=True, capture_output=True)
    text = UNPRINTABLE.sub("", done.stdout.decode("utf-8", "replace"))
    root = etree.fromstring(text.encode(), etree.XMLParser(recover=True, resolve_entities=False))
    return [list(_words(page)) for page in root.iter("{*}page")]


def _words(page: etree._Element) -> Iterator[Word]:
    width, height = float(page.get("width", "1")), float(page.get("height", "1"))
    for word in page.iter("{*}word"):
        left, right = (float(word.get(side, "0")) / width for side in ("xMin", "xMax"))
        top, bottom = (float(word.get(side, "0")) / height for side in ("yMin", "yMax"))
        yield Word(word.text or "", left, right, top, bottom)


def _under(marks: Sequence[Mark], pages: Sequence[Sequence[Word]]) -> Iterator[str]:
    """Yield the words in the marks, mark by mark, each once; of those cut by an edge letters."""
    seen = set()
    for mark in marks:
        height = mark.bottom - mark.top
        # Some fonts claim that their letters hang down three lines: no more than one is believed.
        middles = ((w, w.top + min(w.bottom - w.top, height) / 2) for w in pages[mark.page - 1])
        here = [word for word, middle in middles if mark.top < middle < mark.bottom]
        for word in sorted(here, key=lambda w: w.left):
            part = _inside(word, mark)
            if part and (id(word), part) not in seen:
                seen.add((id(word), part))
                yield part


def _inside(word: Word, mark: Mark) -> str:
    """Return the letters of a word whose middle is in a mark, as if all were equally wide."""
    each = (word.right - word.left) / max(len(word.text), 1)
    middles = (word.left + each * (number + 0.5) for number in range(len(word.text)))
    inside = (mark.left <= middle <= mark.right for middle in middles)
    return "".join(letter for letter, is_in in zip(word.text, inside, strict=True) if is_in)


def _squeezed(text: str) -> str:
    return "".join(code for code in folded(text) if code.isalnum())


if __name__ == "__main__":
    sys.exit(main())
