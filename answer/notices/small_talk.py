"""Detect messages that ask nothing: thanks, greetings, "ok"."""

from __future__ import annotations

import re

from answer.notices.phrases import load_tables

WORDS = load_tables("small_talk")
WORD = re.compile(r"\w")


def is_small_talk(text: str) -> bool:
    """Whether the folded text consists of thanks, greetings and the like."""
    return WORDS["small_talk"].has(text) and not WORD.search(WORDS["small_talk"].without(text))
