"""The Streamlit page: the script that the server runs for every visit."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ui.assets import ASSETS
from ui.page import about as about_page
from ui.page import ask as ask_page
from ui.page import quiz as quiz_page
from ui.page import sheet as sheet_page
from ui.page import sources as sources_page
from ui.page.visit import audience


def main() -> None:
    """Show the page that the address names."""
    pages = [
        st.Page(ask_page.show, title="Ask", url_path="ask", default=True),
        st.Page(sources_page.show, title="Sources", url_path="sources"),
        st.Page(about_page.show, title="About", url_path="about"),
    ]
    teaching = [
        st.Page(sheet_page.show, title="Sheet", url_path="sheet"),
        st.Page(quiz_page.show, title="Quiz", url_path="quiz"),
    ]
    page = st.navigation([*pages, *teaching], position="hidden")
    st.set_page_config(
        page_title=f"{page.title} · Quotewell",
        page_icon=str(ASSETS / "icon.svg"),
        layout="centered",
        initial_sidebar_state="collapsed",
    )
    is_teaching = audience() == "educator" or page in teaching
    named = {one.url_path: one.title for one in [*pages, *(teaching if is_teaching else ())]}
    with st.container(key="head"):
        st.html(head_html(named))
    page.run()


def head_html(pages: Mapping[str, str]) -> str:
    """Return the line above every page; ``pages`` are their titles by their addresses."""
    links = "".join(f'<li><a href="./{path}">{title}</a></li>' for path, title in pages.items())
    return (
        '<div class="qw-head" id="top"><a class="qw-brand" href="./">Quotewell</a>'
        f'<nav aria-label="Pages"><ul>{links}</ul></nav>'
        '<button class="qw-keys" type="button" data-keys aria-haspopup="dialog">Shortcuts</button>'
        "</div>"
    )


if __name__ == "__main__":
    main()
