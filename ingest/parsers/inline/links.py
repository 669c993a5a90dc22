"""What follows a link's text: its destination in brackets, or the label of a definition."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

MAX_DEPTH = 4
"""Nested brackets in a destination. DOIs have one: 10.1016/S0140-6736(05)12345-6; a file of nothing
but ``[a](`` takes this many times as long as one without."""
IN_ANGLES = re.compile(r"\(\s*<(?P<url>[^<>\n]*)>")
BARE_PART = re.compile(r"\\[!-/:-@\[-`{-~]|[^\s()\\]+|[()\\]")
AFTER = re.compile(r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)")
"""A title, which is not shown, and the closing bracket."""
LABEL = re.compile(r"\[([^\[\]]{0,999})\]")


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels that a file defines."""

    urls: Mapping[str, str]
    """By normalised label."""
    footnotes: frozenset[str]
    normalised: Callable[[str], str]

    def url(self, label: str) -> str | None:
        """Return where links with this label lead, or None if it is not defined."""
        return self.urls.get(self.normalised(label))


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads, and where the mark-up that says so ends."""

    url: str
    end: int


def destination(text: str, at: int) -> Target | None:
    """Return the target written out in brackets at ``at``, or None if there is none."""
    if not text.startswith("(", at):
        return None
    if angled := IN_ANGLES.match(text, at):
        url, end = angled["url"], angled.end()
    else:
        start = at + 1
        while start < len(text) and text[start].isspace():
            start += 1
        bare_end = _end_of_bare(text, start)
        if bare_end is None:
            return None
        url, end = text[start:bare_end], bare_end
    after = AFTER.match(text, end)
    return Target(url, after.end()) if after else None


def _end_of_bare(text: str, at: int) -> int | None:
    """Return where a destination without angle brackets ends; None unless its brackets pair up."""
    depth = 0
    while part := BARE_PART.match(text, at):
        if part.group() == "(":
            depth += 1
        elif part.group() == ")":
            depth -= 1
        if depth < 0 or depth > MAX_DEPTH:
            break
        at = part.end()
    return at if depth <= 0 else None


def reference(text: str, at: int, shown: str | None, labels: Labels) -> Target | None:
    """Return the target of ``[shown][label]``, ``[shown][]`` or ``[shown]``, if it is defined.

    Args:
        text: the text that the link stands in.
        at: the offset after ``[shown]``.
        shown: None where there are brackets in it. A number is a citation, never such a link.
        labels: what the file defines.

    """
    if not labels.urls or (shown is not None and shown.strip().isdigit()):
        return None
    second = LABEL.match(text, at)
    label = second[1] if second and second[1].strip() else shown
    url = labels.url(label) if label is not None else None
    return Target(url, second.end() if second else at) if url is not None else None
