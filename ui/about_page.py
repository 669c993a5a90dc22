"""The page that says what this is and what it is not."""

from __future__ import annotations

import streamlit as st

ABOUT = """
<article class="qw-document qw-about">
<h1 class="qw-title">You ask. The documents answer in their own words, or not at all.</h1>
<h2>What “word for word” means here</h2>
<p>Every quote is one or more whole sentences, list items or captions of a source. The characters
on the page are those of the source’s text. Nothing is written, shortened or smoothed.</p>
<p>The files were made from web pages and printed pages. Where a page break, a figure or a hyphen
cut a sentence in two, it was joined again. A quote says so, and shows where.</p>
<p>“✓ Word for word” has one meaning. The quote was compared with the source’s text, character by
character. It begins and ends where sentences do. And the file is the one listed under Sources.</p>
<h2>What it does not mean</h2>
<p>A true quote can be old, or about one patient only, or about someone unlike you. So each quote
says what kind of evidence it is, when it was written, and where it stands.
“Show in source” shows the sentences around it.</p>
<p>When a quote cites another work, like [14], that work was not read. It is second-hand.</p>
<h2>When there is no answer</h2>
<p>Then the page says: the documents do not answer this. It shows the closest passages, and they
are not an answer. If something breaks, it says that instead.</p>
<h2>Not medical advice</h2>
<p>This page does not know you, your illness or your medicines. Talk to your care team before you
start, change or stop anything. In an emergency, call your emergency number.</p>
<h2>Privacy</h2>
<p>No account. No request to any other site. Your questions are not stored, and not part of
any address. They are forgotten when you close the page. Still: leave out names and dates of
birth.</p>
</article>
"""


def show() -> None:
    """Show the page: our own fixed words."""
    st.html(ABOUT)
