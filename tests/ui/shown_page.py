"""Fragments of the chat page, shown in a real page as the chat page shows them."""

import json
import os
from pathlib import Path

import streamlit as st

FRAGMENTS = "SHOWN_FRAGMENTS"
"""Names a JSON file: a list of lists of HTML; ``?part=n`` shows the nth."""

if __name__ == "__main__":
    parts = json.loads(Path(os.environ[FRAGMENTS]).read_text("utf-8"))
    for fragment in parts[int(st.query_params.get("part", "0"))]:
        st.html(fragment)
