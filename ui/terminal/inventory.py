"""The corpus as terminal text: every source, and what its parser left out and joined."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from corpus.sources import Source
from ingest.document import Document, Dropped, Seam
from ui.cautions import cautions_of
from ui.cautions import lines as lines_of
from ui.facts import NOT_GIVEN, by_reason, day, joined, link, written_for
from ui.printable import printable

INDENT = " " * 4
_CONTEXT = 24
"""Characters shown on each side of a seam."""
_LINE = 19
"""Characters before the text that was left out: the indent and the line's number."""


def source_text(source: Source, width: int) -> str:
    """Return what is known about a source, one fact per line."""
    facts = {
        "title": source.title,
        "authors": ", ".join(source.authors),
        "in": source.container,
        "issued": source.issued and day(source.issued),
        "revised": source.revised and day(source.revised),
        "kind": source.evidence or NOT_GIVEN,
        "written for": written_for(source) or NOT_GIVEN,
        "link": link(source),
        "rights": source.rights or NOT_GIVEN,
        "file": source.path.name,
        "pdf": source.pdf.name if source.pdf else "",
        "sha256": source.sha256 + ("" if source.is_pinned else " (not pinned)"),
    }
    lines = [f"{printable(source.label)} ({source.doc_id})"]
    lines += [f"{INDENT}! {printable(line)}" for line in lines_of(cautions_of(source))]
    lines += [fact_line(name, value, width) for name, value in facts.items() if value]
    return "\n".join(lines) + "\n"


def counted(number: int, thing: str) -> str:
    """Return a number with what it counts: "1 file", "2 files", "2 stretches"."""
    plural = "es" if thing.endswith("ch") else "s"
    return f"{number} {thing}" if number == 1 else f"{number} {thing}{plural}"


def unpinned_text(sources: Sequence[Source]) -> str:
    """Say how many files could change unnoticed, and what to do; empty if none could."""
    count = sum(not source.is_pinned for source in sources)
    if not count:
        return ""
    what = "1 file is" if count == 1 else f"{count} files are"
    return f"\n{what} not pinned: run `quotewell list --pin` so that a change is noticed.\n"


def pinned_text(sources: Sequence[Source]) -> str:
    """Return the files that were pinned, one per line with its hash."""
    if not sources:
        return "Nothing to pin: every file that can be used has its hash.\n"
    return "".join(f"Pinned {printable(s.path.name)} {s.sha256}\n" for s in sources)


def trimmings_text(document: Document, width: int) -> str:
    """Return what the parser left out of a file, by reason, and every place it joined."""
    lines = [f"{INDENT}Left out: {len(document.dropped)} stretches"]
    for reason, stretches in by_reason(document):
        lines.append(f"{INDENT}  {printable(reason)}:")
        lines += [_left_out(document, dropped, width) for dropped in stretches]
    lines.append(f"{INDENT}Joined: {len(document.seams)} places")
    lines += [_join(document, seam) for seam in document.seams]
    return "\n".join(lines) + "\n"


def fact_line(name: str, value: str, width: int) -> str:
    """Return a fact with its name before it, folded to ``width``."""
    return textwrap.fill(
        printable(value),
        width,
        initial_indent=f"{INDENT}{name:<12} ",
        subsequent_indent=" " * (len(INDENT) + 13),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _left_out(document: Document, dropped: Dropped, width: int) -> str:
    line = document.source.count("\n", 0, dropped.source.start) + 1
    text = textwrap.shorten(printable(dropped.text), width - _LINE, placeholder=" …")
    return f"{INDENT}    line {line:>4}: {text}"


def _join(document: Document, seam: Seam) -> str:
    before = document.text[max(seam.offset - _CONTEXT, 0) : seam.offset]
    after = document.text[seam.offset : seam.offset + _CONTEXT]
    place = printable(f"…{before}‸{after}…").replace("\n", " ")
    return f"{INDENT}  {place}\n{INDENT}    {joined([seam])}"
