"""The Streamlit page: the script that the server runs for every visit."""

from __future__ import annotations

import streamlit as st

from ui.assets import ASSETS
from ui.page import about as about_page
from ui.page import ask as ask_page
from ui.page import quiz as quiz_page
from ui.page import sheet as sheet_page
from ui.page import sources as sources_page
from ui.page.visit import audience

STYLES = ("page.css", "take_along.css", "beside.css", "pages.css")


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(
        page_title="Quotewell",
        page_icon=str(ASSETS / "icon.svg"),
        layout="centered",
        initial_sidebar_state="collapsed",
    )
    for style in STYLES:
        st.html(ASSETS / style)
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
    is_teaching = audience() == "educator" or page in teaching
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        st.html('<p class="qw-brand" id="top">Quotewell</p>')
        for other in [*pages, *teaching] if is_teaching else pages:
            st.page_link(other, width="content")
    page.run()


if __name__ == "__main__":
    main()
