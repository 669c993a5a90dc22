"""The line in view on every page: what this is, what it is not, and how fresh."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from corpus.sources import Source
from ui.facts import library


def always_html(sources: Collection[Source]) -> str:
    """Return the line; without sources it does not mention the documents."""
    quoted = f'<span class="qw-fresh">Quotes from {library(sources)} · </span>' if sources else ""
    return (
        f'<p class="qw-always">{quoted}<b>Not medical advice</b> · '
        "<span>In an emergency, call for help</span></p>"
    )


def show_always(sources: Collection[Source] = ()) -> None:
    """Keep the line at the bottom of a page that has nothing else there."""
    with st.container(key="always"):
        st.html(always_html(sources))
