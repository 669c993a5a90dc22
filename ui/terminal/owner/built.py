"""What a build did, as terminal text."""

from __future__ import annotations

from collections.abc import Iterator

from answer.report import BuildReport
from ui.printable import printable
from ui.terminal.inventory import counted

MOST = 10
"""Notes and ids that are named; the rest is counted, and is in the JSON."""


def built_text(report: BuildReport) -> str:
    """Return what was read, what was left as it was, and what was left out, one line each."""
    return "".join(f"{printable(line)}\n" for line in _lines(report))


def _lines(report: BuildReport) -> Iterator[str]:
    unchanged = report.count("unchanged")
    skipped = f" ({len(report.skipped)} skipped)" if report.skipped else ""
    yield (
        f"Read {counted(report.count('read'), 'document')}{skipped}"
        f"{f', {unchanged} unchanged' if unchanged else ''}: "
        f"{counted(report.n_sentences, 'sentence')}, {counted(report.n_passages, 'passage')}."
    )
    if report.withdrawn:
        yield f"No longer there: {_some(report.withdrawn)}."
    dropped = sum(document.dropped for document in report.read)
    joined = sum(document.joined for document in report.read)
    doubtful = sum(document.doubtful for document in report.read)
    if dropped or joined:
        with_doubt = f" ({doubtful} for doubtful characters)" if doubtful else ""
        yield (
            f"Left out {counted(dropped, 'stretch')}{with_doubt}, "
            f"joined {counted(joined, 'place')}: list --dropped shows them."
        )
    notes = [f"{document.doc_id}: {note}" for document in report.read for note in document.notes]
    yield from notes[:MOST]
    if len(notes) > MOST:
        yield f"{counted(len(notes) - MOST, 'more note')}: build --json has all of them."


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more
