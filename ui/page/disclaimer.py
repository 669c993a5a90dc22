"""The line in view on every page: what this is, what it is not, and how fresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui.facts import library
from ui.serving.once import once

if TYPE_CHECKING:
    from answer.pipeline import Answerer


@once
def documents_of(answerer: Answerer) -> str:
    """Say how many documents there are and how fresh."""
    return library(answerer.sources.values())


def always_html(documents: str = "") -> str:
    """Return the line; without ``documents_of`` an answerer it does not mention them."""
    quoted = f'<span class="qw-fresh">Quotes from {documents} · </span>' if documents else ""
    return (
        f'<p class="qw-always">{quoted}<b>Not medical advice</b> · '
        "<span>In an emergency, call for help</span></p>"
    )


def show_always(documents: str = "") -> None:
    """Keep the line at the bottom of a page that has nothing else there."""
    with st.container(key="always"):
        st.html(always_html(documents))
