"""``quotewell read``: what is read from one file, as text or as data."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from ingest.document import Document
from ingest.pipeline import read_bytes
from ingest.store import document_to_json
from ui.errors import CommandError, tell
from ui.terminal.options import Run


def add_arguments(command: ArgumentParser) -> Run:
    """Let the command take a file; return what runs it."""
    command.add_argument("file", type=Path, metavar="FILE", help="of any kind that can be read")
    command.add_argument("--json", action="store_true", help="print its structure as JSON")
    return lambda places, arguments: read(arguments.file, as_json=arguments.json)


def read(path: Path, *, as_json: bool) -> Iterator[str]:
    """Yield the canonical text of a file, or its whole structure as JSON.

    Raises:
        CommandError: if the file cannot be opened.

    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: cannot be opened ({error.strerror}); name a file") from error
    reading = read_bytes(path.stem, path.suffix.lower(), data, str(path))
    if as_json:
        record = document_to_json(reading.document) | {"notes": reading.notes}
        record["facts"] = [asdict(fact) for fact in reading.facts]
        yield json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    else:
        tell(*(f"{path}: {note}" for note in reading.notes))
        yield paged(reading.document) + "\n"


def paged(document: Document) -> str:
    """Return the text with a form feed where a page begins that no text before is from."""
    if not document.page_starts:
        return document.text
    pieces, at, page = [], 0, 1
    for run in document.runs:
        begins = bisect_right(document.page_starts, run.source.start)
        if begins > page:
            pieces += [document.text[at : run.text.start], "\f"]
            at, page = run.text.start, begins
    return "".join([*pieces, document.text[at:]])
