"""Drafts: lines for a question bank that its owner accepts, corrects or turns down in an editor.

A draft's line is a line of the bank (docs/bank.md) with three more fields: ``accept``, which the
owner changes, ``note``, which says why the question is suggested, and ``closest``, for a question
without an answer. Only accepted lines become part of the bank, without these fields.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from bank.questions import fault_in, known_question, read_bank, records
from corpus.replacing import replace_text
from ingest.document import Document

UNDECIDED, YES, NO = "?", "y", "n"
"""What ``accept`` can be: as drafted, accepted, turned down."""
ACCEPTED = "accepted.jsonl"
"""The file of a bank that accepted lines are added to."""
OURS = ("accept", "note", "closest")
"""The fields that a draft has and a bank has not."""
NEED_REASON = ("near_miss", "off_topic")
"""Kinds that teach the bank to decline: not without a second look."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What became of the lines of a draft."""

    file: Path
    """The file of the bank that lines were added to."""
    added: int
    known: int
    """Accepted, but in the bank before."""
    turned_down: int
    undecided: int


def write_draft(folder: Path, lines: Iterable[Record]) -> Path:
    """Write a new draft that only its owner can read, and return its path.

    Args:
        folder: for all drafts of one corpus; made if it does not exist.
        lines: without ``accept``.

    """
    folder.mkdir(parents=True, exist_ok=True)
    text = _text({"accept": UNDECIDED} | dict(line) for line in lines)
    path = _new(folder)
    replace_text(path, text)
    return path


def drafted(folder: Path) -> Iterator[str]:
    """Yield the questions of all drafts in a folder, each after those of its history.

    Raises:
        BankError: if a line cannot be read.

    """
    for path in sorted(folder.glob("*.jsonl")):
        for number, record in records(path):
            with fault_in(path, number):
                text = " ".join([*record.get("history", []), record["question"]])
            yield text


def accept(
    draft: Path,
    bank: Path,
    documents: Mapping[str, Document],
    skipped: AbstractSet[str] = frozenset(),
) -> Acceptance:
    """Add the accepted lines of a draft to a bank: all of them, or none if one is faulty.

    Doing it again adds only what is not in the bank yet. The draft stays as it is.

    Args:
        draft: the file.
        bank: the folder of the bank's files; made if it does not exist.
        documents: by id.
        skipped: see ``read_bank``.

    Raises:
        BankError: if a line of the draft or of the bank is malformed, its evidence is not in the
            documents, or it teaches to decline a question without saying why.

    """
    before = {(known.question, known.history) for known in read_bank(bank, documents, skipped)}
    decisions = {UNDECIDED: 0, YES: 0, NO: 0}
    new: dict[tuple[str, tuple[str, ...]], Record] = {}
    for number, record in records(draft):
        with fault_in(draft, number):
            decision = _decision(record)
            if decision == YES:
                line = _line(record, documents)
                new.setdefault((line["question"], tuple(line.get("history", ()))), line)
        decisions[decision] += 1
    added = [line for asked, line in new.items() if asked not in before]
    file = bank / ACCEPTED
    if added:
        _add(file, added)
    known = decisions[YES] - len(added)
    return Acceptance(file, len(added), known, decisions[NO], decisions[UNDECIDED])


def _decision(record: Record) -> str:
    written = record["accept"]
    decision = written.strip().casefold() if isinstance(written, str) else written
    if decision not in (UNDECIDED, YES, NO):
        raise ValueError(f'"accept" is {written!r}, not "{YES}", "{NO}" or "{UNDECIDED}"')
    return str(decision)


def _line(record: Record, documents: Mapping[str, Document]) -> dict[str, Any]:
    """Return an accepted line as the bank has it."""
    line = {name: value for name, value in record.items() if name not in OURS and value != []}
    known_question(line, documents, "")
    if line["kind"] in NEED_REASON and not str(line.get("reason", "")).strip():
        raise ValueError(
            f"a question of kind {line['kind']!r} teaches the bank to decline: give the reason why "
            'the documents do not answer it, or name what answers it in "required"'
        )
    return line


def _new(folder: Path) -> Path:
    """Make an empty file under the next free name; no draft is ever overwritten."""
    numbers = count(1)
    while True:
        path = folder / f"draft-{next(numbers)}.jsonl"
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            return path


def _add(file: Path, lines: Iterable[Record]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    before = file.read_text(encoding="utf-8-sig")
    end = "" if before.endswith("\n") or not before else "\n"
    replace_text(file, before + end + _text(lines))


def _text(lines: Iterable[Record]) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
