"""Headings that open the first line of their paragraph: "**Study selection.** The study …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.parsers.pdf.kinds.headings import MAX_WORDS, is_usual
from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.layout.lines import Line
from ingest.parsers.pdf.layout.measures import Measures

LEAST = 30
"""Characters of the text after such a heading."""
LABEL = re.compile(r"[A-Z][^.:()]*[a-z]{3}(?:[^.:()]|\([^()]*\))*[.:]")
NUMBERED_RUN_IN = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.? [A-Z][^.:]{3,80}\.(?= [A-Z])")
"""A number of two levels or more, and a title that ends where a sentence begins."""
USUAL_LEVEL, OTHER_LEVEL = 2, 3


def split_run_ins(parts: Sequence[Part], measures: Measures) -> list[Part]:
    """Return the parts with each run-in heading as a part of its own.

    It is bold where the text is not, or numbered, and ends with a full stop or colon. On the first
    page it labels a part of the abstract, and is under its heading.
    """
    made: list[Part] = []
    for part in parts:
        end = _end_of_run_in(part, measures, parts[0].first.page)
        if end:
            first = part.first
            text = first.text[:end].strip()
            is_section = is_usual(text) and first.page > parts[0].first.page
            made.append(
                Part(
                    [replace(first, text=first.text[:end], at=first.at[:end], raised=[])],
                    "heading",
                    USUAL_LEVEL if is_section else OTHER_LEVEL,
                )
            )
            part.lines[0] = _rest(part, end)
        made.append(part)
    return made


def _end_of_run_in(part: Part, measures: Measures, first_page: int) -> int:
    """Return how many characters a part's run-in heading has, 0 without one."""
    line = part.first
    if part.kind != "paragraph" or measures.is_bold or line.is_bold:
        return 0
    numbered = NUMBERED_RUN_IN.match(line.text)
    end = numbered.end() if numbered else line.bold_to
    text = line.text[:end].rstrip()
    if len(part.text) - end < LEAST or len(text.split()) > MAX_WORDS:
        return 0
    if numbered or is_usual(text):
        return end
    # What else is bold on the first page labels authors, dates and keywords.
    return end if line.page > first_page and LABEL.fullmatch(text) else 0


def _rest(part: Part, end: int) -> Line:
    line = part.first
    while line.text[end : end + 1] == " ":
        end += 1
    raised = [(a - end, b - end) for a, b in line.raised if a >= end]
    return replace(line, text=line.text[end:], at=line.at[end:], raised=raised, bold_to=0)
