"""Damaged files of every format, read as ``quotewell add`` reads them."""

from __future__ import annotations

import random
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.formats import MAKERS, made
from benchmarks.fuzz.mutation import damaged, damaged_package
from ingest.document import Document
from ingest.drafting.child import Child
from ingest.drafting.reading import pack, read_here, unpack
from ingest.errors import IngestError
from ingest.parsers import PARSERS, UNTRUSTED
from ui.settings import ROOT

FIXTURES = ROOT / "tests" / "data" / "parsers"
SET = ("headings.md", "table.md", "footnotes.md", "nested_lists.md", "links_and_images.md")
"""Those that are set in the formats for which there are none."""
SECONDS = 20
"""For one file: an ordinary one of this size takes a tenth of one, and the machine may be busy."""
BROKEN = re.compile(r"which is a bug|ended the process|took longer|took more than|sent no document")


class Parsers:
    """Cases for the parsers.

    Args:
        seed: of all of them.
        work: not used.

    """

    def __init__(self, seed: int, work: Path) -> None:
        self._chance = random.Random(seed)
        files = [(p.suffix, p.read_bytes()) for p in sorted(FIXTURES.iterdir())]
        files += [(f".{kind}", made(kind, FIXTURES / name)) for kind in MAKERS for name in SET]
        self._seeds: dict[str, list[bytes]] = {}
        for suffix, data in files:
            if suffix in PARSERS:
                self._seeds.setdefault(suffix, []).append(data)
        self._child = Child()

    def case(self) -> str:
        """Try one file; return what is wrong, or nothing."""
        suffix = self._chance.choice(sorted(self._seeds))
        seeds = self._seeds[suffix]
        change = damaged_package if suffix == ".docx" else damaged
        data = change(self._chance.choice(seeds), seeds, self._chance)
        try:
            fault = self._fault(suffix, data)
        except TimeoutError:
            fault = f"hangs for more than {SECONDS} s"
        return f"{suffix} {fault}: {data[:2000]!r}" if fault else ""

    def end(self) -> str:
        """Leave no process behind."""
        self._child.end()
        return ""

    def _fault(self, suffix: str, data: bytes) -> str:
        try:
            document = self._read(suffix, data)
        except IngestError as error:
            return str(error) if BROKEN.search(str(error)) else ""
        except TimeoutError:
            raise
        except Exception as error:  # noqa: BLE001  whatever else is raised is what is looked for
            return f"raises {error!r}"
        return _wrong(document, suffix, data)

    def _read(self, suffix: str, data: bytes) -> Document:
        if suffix not in UNTRUSTED:
            with at_most(SECONDS):
                return unpack(pack(read_here("case", suffix, data, "case"))).document
        if not self._child.can_read:
            self._child.end()
            self._child = Child()
        return self._child.read("case", suffix, data, "case", SECONDS).document


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise a TimeoutError where the block takes longer."""

    def late(number: int, frame: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _wrong(document: Document, suffix: str, data: bytes) -> str:
    """Return which sentence is not what the file says, if one is."""
    there = _plain(data.decode("utf-8", "replace"))
    is_text = suffix not in (".docx", ".pdf") and "\ufffd" not in there and "\0" not in there
    for sentence in document.sentences:
        parts = document.parts(sentence.span)
        if document.quote(sentence.span) != sentence.text or not sentence.text.strip():
            return f"has a sentence that is not its text: {sentence}"
        if any(part not in document.source for part in parts):
            return f"has a part that is not in its source: {parts}"
        if is_text and any(_plain(part) not in there for part in parts):
            return f"has a part that is not in the file: {parts}"
    return ""


def _plain(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text)
