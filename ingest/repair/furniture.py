"""Drop what a web page or journal puts around its text: navigation, sign-up lines, foreign lines.

The rules are general, each with the reason it gives; none knows a corpus's own strings.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import chain

from ingest.blocks import Block, Draft

MAX_WORDS = 30
"""A longer block is never furniture: these rules know short lines."""
MAX_CHARACTERS = 400
"""The same for text without spaces: 30 long words and the spaces between them."""
RULES = [
    (
        "navigation",
        re.compile(
            r"(skip|jump|go|back|return) to (the )?(main |page )?"
            r"(content|navigation|search|top|menu|home)"
            r"|(main |site |toggle |open |close )?(menu|navigation|breadcrumbs?|table of contents)"
            r"|(home|search|share|print|tweet|email|log ?in|sign ?in|register|subscribe|next"
            r"|previous|read more|cookie (settings|policy|notice)|privacy policy|terms of use)"
            r"|(share|print|save|email) (this|page|article)\b.*",
            re.IGNORECASE,
        ),
    ),
    (
        "sign-up line",
        re.compile(
            r"(please )?(sign[ -]?up|subscribe|register|join)\b.*"
            r"\b(news|newsletters?|e-?mails?|updates?|alerts?|mailing list)\b.*"
            r"|(get|receive)\b.*\b(newsletters?|e-?mails? updates|updates by e-?mail)\b.*",
            re.IGNORECASE,
        ),
    ),
    (
        "web notice",
        re.compile(
            r"(this (web)?site|we) uses? cookies\b.*"
            r"|(all rights reserved|accept (all )?cookies)\W*",
            re.IGNORECASE,
        ),
    ),
]


def drop_furniture(draft: Draft) -> Draft:
    """Return the draft without lines that are not content, each recorded with its reason."""
    main_script = _script(Counter(chain.from_iterable(block.text for block in draft.blocks)))
    reasons = {}
    for at, block in enumerate(draft.blocks):
        reason = _reason(block, main_script)
        if reason:
            reasons[at] = reason
    return draft.without(reasons)


def _reason(block: Block, main_script: str | None) -> str | None:
    text = block.text
    if block.kind not in ("paragraph", "item", "heading") or len(text.split()) > MAX_WORDS:
        return None
    script = _script(Counter(text))
    if script and script != main_script:
        return f"line in another script ({script.title()})"
    if len(text) > MAX_CHARACTERS:
        return None
    return next((name for name, rule in RULES if rule.fullmatch(text)), None)


def _script(characters: Counter[str]) -> str | None:
    """Return the script of most letters: the first word of their Unicode names."""
    scripts: Counter[str] = Counter()
    for character, count in characters.items():
        name = unicodedata.name(character, "") if character.isalpha() else ""
        if name:
            scripts[name.split()[0]] += count
    return scripts.most_common(1)[0][0] if scripts else None
