"""Format a bank report as text to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import get_args

from bank.questions import Kind, Voice
from evaluation.bank.check import ENOUGH, BankReport, Coverage, Line, without_leaks
from evaluation.bank.gaps import Gap
from evaluation.text.tables import table

MOST_LISTED = 40
"""Entries printed of one list; the rest are counted. Chosen by hand."""

MOST_GAPS = 20
"""The same for sections that nobody asked about: a screenful, with their documents' names."""


def bank_text(report: BankReport) -> str:
    """Return the whole report, without any text of an evaluation question."""
    n_declined = report.n_questions - report.n_answerable
    parts = [
        f"{report.n_questions} questions: {report.n_answerable} answerable, {n_declined} not.",
        _counts(report),
        _gaps(report.gaps),
        _coverage(report),
        _duplicates(report),
        _leaks(report),
    ]
    return "\n\n".join(parts)


def _counts(report: BankReport) -> str:
    voices: Sequence[Voice] = get_args(Voice)
    rows = []
    for kind in get_args(Kind):
        numbers = [report.by_kind_and_voice.get((kind, voice), 0) for voice in voices]
        rows.append([kind, *map(str, numbers), str(sum(numbers))])
    return table(["kind", *voices, "all"], rows)


def _gaps(gaps: Sequence[Gap]) -> str:
    if not gaps:
        return "Missing: nothing; there is a question about every section."
    listed: dict[str, list[Gap]] = {}
    for gap in gaps[:MOST_GAPS]:
        listed.setdefault(gap.doc_id, []).append(gap)
    lines = [
        f"Missing: questions about {len(gaps)} sections, here with how many sentences they have:"
    ]
    for doc_id, of_document in listed.items():
        lines.append(f"  {doc_id}")
        lines += [f"  {gap.n_units:>5} in {_trail(gap)}" for gap in of_document]
    if len(gaps) > MOST_GAPS:
        lines.append(f"  and {len(gaps) - MOST_GAPS} more, which are shorter")
    return "\n".join(lines)


def _trail(gap: Gap) -> str:
    return " › ".join(gap.headings) or "the opening"


def _coverage(report: BankReport) -> str:
    few = report.too_few
    n_units, one_sided = len(report.coverage), [c for c in report.coverage if len(c.voices) < 3]
    head = (
        f"Coverage: {n_units - len(few)} of {n_units} sentences, list items, captions and cited "
        f"references have {ENOUGH} different questions or more; "
        f"{n_units - len(one_sided)} have them in three voices."
    )
    return _listed(head, [_place(one) for one in few])


def _place(one: Coverage) -> str:
    unit = one.unit
    text = unit.text if len(unit.text) <= 60 else f"{unit.text[:59]}…"
    return f"{one.n_questions} for {unit.doc_id} [{unit.span.start}, {unit.span.end}): {text}"


def _duplicates(report: BankReport) -> str:
    n_exact = sum(one.likeness == 100 for one in report.duplicates)
    n_against = sum(one.contradicts for one in report.duplicates)
    head = (
        f"Duplicates: {n_exact} exact and {len(report.duplicates) - n_exact} near pairs; "
        f"in {n_against} of them one is answerable and the other is not."
    )
    entries = [
        f"{_line(one.first)} and {_line(one.second)} ({one.likeness})"
        + (": one is answerable, the other is not" if one.contradicts else "")
        for one in sorted(report.duplicates, key=lambda one: (not one.contradicts, -one.likeness))
    ]
    return _listed(head, entries)


def _leaks(report: BankReport) -> str:
    n_lines = sum(len(numbers) for numbers in without_leaks(report).values())
    head = f"Leaks: {n_lines} lines ask what an evaluation question asks" + (
        "; remove them:" if n_lines else "."
    )
    entries = [f"{_line(o.line)}: question {o.question_id} ({o.likeness})" for o in report.leaks]
    return _listed(head, entries, most=len(entries))


def _line(line: Line) -> str:
    return f"{line.origin}.jsonl:{line.number}"


def _listed(head: str, entries: Iterable[str], most: int = MOST_LISTED) -> str:
    rest = list(entries)
    lines = [f"  {entry}" for entry in islice(rest, most)]
    if len(rest) > most:
        lines.append(f"  and {len(rest) - most} more")
    return "\n".join([head, *lines])
