"""An answer as terminal text: each quote with its facts and place, to a given width."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping

from answer.quotes import Answer, Citation
from corpus.sources import Source
from ui.cautions import cautions, lines
from ui.facts import CLOSEST, NOT_FOUND, SECOND_HAND, dated, facts, joined, link, named
from ui.parts import ShownPart, said_again, said_read_as, said_searched, shown_parts
from ui.printable import printable

NARROWEST, WIDEST = 30, 100
"""Columns: with fewer there is no room beside the indent, and longer lines are hard to read."""
_INDENT = " " * 4


def terminal_width() -> int:
    """Return how many columns to use: the terminal's, or 80 for a pipe or a file."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, NARROWEST), WIDEST)


def answer_text(answer: Answer, sources: Mapping[str, Source], width: int) -> str:
    """Return an answer as text for a terminal; it ends with a line end."""
    blocks = [wrapped(f"! {notice.text}", "", width) for notice in answer.notices]
    if answer.read_as:
        blocks.append(wrapped(said_read_as(answer.read_as), "", width))
    for part in shown_parts(answer) if answer.is_searched else ():
        if part.question:
            blocks.append(wrapped(part.question, "", width))
        blocks += _part_blocks(part, answer, sources, width)
    if answer.is_found and answer.n_documents < len(sources):
        blocks.append(said_searched(answer.n_documents, answer.n_passages, len(sources)))
    if answer.is_searched and answer.version:
        blocks.append(f"Library version {answer.version}.")
    return "\n\n".join(blocks) + "\n"


def _part_blocks(
    part: ShownPart, answer: Answer, sources: Mapping[str, Source], width: int
) -> Iterator[str]:
    labelled = [(f"[{number}]", citation) for number, citation in part.quotes]
    if not part.is_found:
        labelled = [(" - ", citation) for citation in part.related]
        searched = said_searched(answer.n_documents, answer.n_passages, len(sources))
        yield f"{NOT_FOUND}\n{searched}"
        yield from [CLOSEST] if part.related else []
    for label, citation in labelled:
        yield _quote_text(citation, sources[citation.doc_id], label, width)
    yield from [said_again(part.again)] if part.again else []


def quote_lines(text: str, width: int) -> list[str]:
    """Break a quote into lines of at most ``width`` characters, at spaces where there are any.

    No character is lost or added: joined together, the lines are the quote. A line end of the
    quote itself stays at the end of its line.
    """
    lines = []
    for paragraph in text.splitlines(keepends=True):
        start = 0
        while len(paragraph.rstrip("\n")) - start > width:
            end = paragraph.rfind(" ", start + 1, start + width + 1) + 1 or start + width
            lines.append(paragraph[start:end])
            start = end
        lines.append(paragraph[start:])
    return lines


def _quote_text(citation: Citation, source: Source, label: str, width: int) -> str:
    shown = [
        _INDENT + line.rstrip("\n")
        for line in quote_lines(printable(citation.quote), width - len(_INDENT))
    ]
    shown[0] = label.ljust(len(_INDENT)) + shown[0][len(_INDENT) :]
    warned = [f"! {line}" for line in lines(cautions(citation))]
    beside = (*warned, dated(citation), named(citation))
    shown += [wrapped(line, _INDENT, width) for line in beside if line]
    shown.append(wrapped("— " + " · ".join(facts(citation, source)), _INDENT, width))
    if address := link(source):
        shown.append(_INDENT + printable(address))
    if citation.seams:
        shown.append(wrapped(joined(citation.seams), _INDENT, width))
    for entry in citation.references:
        shown.append(wrapped(f"cites [{entry.number}] {entry.text}", _INDENT, width))
    if citation.references:
        shown.append(wrapped(SECOND_HAND, _INDENT, width))
    return "\n".join(shown)


def wrapped(text: str, indent: str, width: int) -> str:
    """Return text of ours, or a visitor's, in lines; what cannot be seen in it is shown."""
    return textwrap.fill(
        printable(text),
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
