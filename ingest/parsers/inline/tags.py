"""Angle brackets within a line: HTML tags, addresses, comments."""

from __future__ import annotations

import re

AUTOLINK = re.compile(
    r"<(?P<url>(?:https?|mailto):[^<>\s]+|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+))>"
)
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
RAISED = re.compile(r"<sup>(?P<number>[-+−–,\d]+)</sup>", re.IGNORECASE)
RAISED_DIGITS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
"""As they look: "10<sup>6</sup>" is not 106, and a raised citation is not part of a number."""
RAISED_LETTERS = str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
"""Fonts have no raised q."""
LETTERS = re.compile(r"[a-pr-z](?:\s*,\s*[a-pr-z])*")
TAG = re.compile(
    r"""</?(?P<name>[A-Za-z][A-Za-z0-9]*)"""
    r"""(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*/?>"""
)
NAMES = re.compile(
    "a|abbr|acronym|address|article|aside|b|bdi|bdo|big|blockquote|body|button|caption|center|cite"
    "|code|col|colgroup|data|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|form"
    "|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|main|mark|nav|object|ol|option"
    "|p|param|picture|pre|q|rp|rt|ruby|s|samp|section|select|small|source|span|strike|strong|sub"
    "|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|tr|track|tt|u|ul|var"
    "|video|wbr",
    re.IGNORECASE,
)


def end_of_tag(text: str, at: int) -> int | None:
    """Return where the HTML tag at ``at`` ends, or None: "<y and z>" is not a tag."""
    tag = TAG.match(text, at)
    return tag.end() if tag and NAMES.fullmatch(tag["name"]) else None


def raised_letters(text: str) -> str:
    """Return the marks of notes, or an exponent, as they look: "12<sup>a</sup>" is not 12a.

    Anything but single letters gives nothing.
    """
    return text.translate(RAISED_LETTERS) if LETTERS.fullmatch(text) else ""
