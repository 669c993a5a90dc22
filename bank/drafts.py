"""Drafts: lines for a question bank that its owner accepts, corrects or turns down in an editor.

A draft's line is a line of the bank (docs/bank.md) with three more fields: ``accept``, which the
owner changes, ``note``, which says why the question is suggested, and ``closest``, for a question
without an answer. Only accepted lines become part of the bank, without these fields.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from bank.questions import (
    ANSWERABLE,
    Kind,
    Quotable,
    Voice,
    fault_in,
    known_question,
    read_bank,
    records,
)
from corpus.replacing import replace_text
from ingest.document import Document

UNDECIDED, YES, NO = "?", "y", "n"
"""What ``accept`` can be: as drafted; right as the line stands; turned down."""
NUMBERS = re.compile(r"[1-9]+")
"""Or this: the question is answered by the quotes of the line with these numbers, counted from 1 in
the order in which they stand: in ``required``, in ``helpful``, in ``closest``."""
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
    decisions: Counter[str] = Counter()
    new: dict[tuple[str, tuple[str, ...]], Record] = {}
    for number, record in records(draft):
        with fault_in(draft, number):
            decision = _decision(record)
            if decision not in (NO, UNDECIDED):
                line = _line(record, decision, documents)
                new.setdefault((line["question"], tuple(line.get("history", ()))), line)
        decisions[decision] += 1
    added = [line for asked, line in new.items() if asked not in before]
    file = bank / ACCEPTED
    if added:
        _add(file, added)
    known = decisions.total() - decisions[NO] - decisions[UNDECIDED] - len(added)
    return Acceptance(file, len(added), known, decisions[NO], decisions[UNDECIDED])


def answerable_kind(voice: Voice, history: Sequence[str]) -> Kind:
    """Guess the kind of a question that the documents answer."""
    if history:
        return "followup"
    return "lay" if voice == "patient" else "fact"


def _decision(record: Record) -> str:
    written = record["accept"]
    decision = str(written).strip().casefold()
    if decision not in (UNDECIDED, YES, NO) and not NUMBERS.fullmatch(decision):
        raise ValueError(
            f'"accept" is {written!r}, not "{YES}", "{NO}", "{UNDECIDED}" or the numbers of quotes'
        )
    return decision


def _line(record: Record, decision: str, documents: Mapping[str, Document]) -> dict[str, Any]:
    """Return an accepted line as the bank has it."""
    line = dict(record) if decision == YES else _answered_by(record, decision)
    line = {name: value for name, value in line.items() if name not in OURS and value != []}
    known_question(line, Quotable(documents), "")
    if line["kind"] in NEED_REASON and not str(line.get("reason", "")).strip():
        raise ValueError(
            f"a question of kind {line['kind']!r} teaches the bank to decline: give the reason why "
            'the documents do not answer it, or put the number of the quote that does in "accept"'
        )
    return line


def _answered_by(record: Record, numbers: str) -> dict[str, Any]:
    """Return a line with those of its quotes as its answer that have these numbers, from 1."""
    own = [*chain.from_iterable(record.get("required", [])), *record.get("helpful", [])]
    quotes = [*own, *record.get("closest", [])]
    chosen = {int(number) - 1 for number in numbers}
    if max(chosen) >= len(quotes):
        raise ValueError(f'"accept" is "{numbers}", but there are {len(quotes)} quotes')
    line = {name: value for name, value in record.items() if name != "reason"}
    line["required"] = [[quotes[at] for at in sorted(chosen)]]
    line["helpful"] = [quote for at, quote in enumerate(own) if at not in chosen]
    if line["kind"] not in ANSWERABLE:
        line["kind"] = answerable_kind(line["voice"], line.get("history", []))
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
