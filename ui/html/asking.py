"""Buttons that ask a question."""

from __future__ import annotations

import json

from ui.html.verbatim import verbatim
from ui.turns import Asked


def ask_button_html(asked: Asked, words: str) -> str:
    """Return a button with ``words`` on it that asks a question in the way that is given."""
    kept = verbatim(json.dumps(asked, ensure_ascii=False))
    return f'<button class="qw-file" type="button" data-asked="{kept}">{words}</button>'
