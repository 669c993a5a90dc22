"""The page that says what this is and what it is not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from ui.page.answerer import the_answerer
from ui.page.disclaimer import show_always
from ui.page.script import show_live
from ui.published import no_bank
from ui.settings import PUBLISHED

ABOUT = """
<h1 class="qw-title">You ask. The texts answer in their own words, or not at all.</h1>
<h2>What “word for word” means here</h2>
<p>Each quote is made of whole sentences of a source: at times of a whole list, or the words under
a figure. What you see on the page is what the source says. We add no words. We cut no words. We
do not smooth them.</p>
<p>A source can have a page break, or a figure, in the middle of a sentence. Then the two parts are
joined. The quote tells you so, and shows you where.</p>
<p>“✓ Word for word” means just this. The quote was checked, letter by letter, against the text of
its source. It starts and ends where a sentence does. And the source is the same file that you find
on the Sources page.</p>
<h2>What it does not mean</h2>
<p>A true quote can still be old. It can be about just one man, or about those who are not like
you. So each quote says what kind of text it is from, when that was published, and where it
is. Press “Show in source” to read what comes before and after it.</p>
<p>Some quotes name a work of others, such as [14]. We did not read that work. It is
second-hand.</p>
<h2>When there is no answer</h2>
<p>Then the page says so. It shows what comes close, and tells you that this is not an answer. If
something breaks, the page says that, and not that there is no answer.</p>
"""
NOT_ADVICE = """
<h2>Not medical advice</h2>
<p>This page does not know you, your health or your drugs. Talk to your care team first if you
want to start, change or stop a drug. In an emergency, call for help at once.</p>
<h2>Your privacy</h2>
<p>You need no account. The page does not contact any other site, and there is no cookie. We do
not keep what you ask. Still, leave out names and dates of birth.</p>
<p>Your own browser keeps it, so that you can load the page again and go on. It is in the web
address, from the “#” on, and in the open tab. So a link or a bookmark holds what you asked, and
so does the list of pages that you have been to. If others use your computer, ask in a private
window. And send the link just to those who may know what you asked.</p>
<p>If you tell us what you think of an answer, we keep that. We keep your question with it only if
you tick the box.</p>
"""
FIGURES: Mapping[str, str] = {
    "handled": "Treated as they should be: answered, or told that there is no answer",
    "hit@1": "First quote is right",
    "complete": "All the quotes that are needed are shown",
    "precision": "Quotes shown that are right",
    "declined_when_not": "No quote where the texts have no answer",
    "integrity": "Quotes that are word for word",
}
"""The figures that are shown, and what each says."""
HOW_WELL = "<h2>How well it works</h2>"
UNKNOWN = "<p>This copy came without test results, so we show none.</p>"


def show() -> None:
    """Show the page: our own fixed text, and the published figures."""
    answerer = the_answerer()
    parts = (
        ABOUT,
        figures_html(PUBLISHED, has_bank=bool(answerer.bank)),
        version_html(answerer.version),
        NOT_ADVICE,
    )
    st.html(f'<article class="qw-document qw-about">{"".join(parts)}</article>')
    show_live({})
    show_always()


def version_html(version: str) -> str:
    """Return which library this is, to be named beside what is quoted from it."""
    return (
        f'<h2>This library</h2><p>Its version is <b class="qw-version">{version}</b>. The name '
        "changes when a text in it changes. So with the name you can tell what was quoted when.</p>"
    )


def figures_html(path: Path, *, has_bank: bool = True) -> str:
    """Return the published figures, or a note that none can be read.

    Args:
        path: their file.
        has_bank: whether the library has a question bank, without which answers are less good.

    """
    head = HOW_WELL if has_bank else f"{HOW_WELL}<p>{no_bank(path)}</p>"
    try:
        published: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        number, found = int(published["questions"]), published["figures"]
        rows = "".join(
            f"<div><dt>{words}</dt><dd>{_value_html(found[name])}</dd></div>"
            for name, words in FIGURES.items()
            if name in found
        )
    except (OSError, ValueError, KeyError, TypeError):
        return head + UNKNOWN
    return (
        f"{head}<p>We asked it {number} test questions on the two texts that come with it. In "
        "brackets: how far chance alone may move each share (95 out of 100 times).</p>"
        f'<dl class="qw-known qw-figures">{rows}</dl>'
    )


def _value_html(known: Mapping[str, float]) -> str:
    value, low, high = (100 * float(known[part]) for part in ("value", "low", "high"))
    return f"<b>{value:.0f} %</b> ({low:.0f} to {high:.0f})"
