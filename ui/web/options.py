"""Streamlit's settings: the page at one address, in our colours, showing visitors no internals."""

from __future__ import annotations

from collections.abc import Mapping

from ui.watching.logs import LINE

LIGHT = {
    "primaryColor": "#0b5c66",
    "backgroundColor": "#fcfbf8",
    "secondaryBackgroundColor": "#f1efe8",
    "textColor": "#1d2125",
    "linkColor": "#0b5c66",
    "borderColor": "#d9d5ca",
}
DARK = {
    "primaryColor": "#7fcbd1",
    "backgroundColor": "#15181b",
    "secondaryBackgroundColor": "#1f2428",
    "textColor": "#e9e7e2",
    "linkColor": "#8fd3d8",
    "borderColor": "#3a4147",
}
OPTIONS: Mapping[str, str | bool | list[str]] = {
    "server.headless": True,
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": False,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "client.allowedOrigins": [],  # pages that may steer ours from outside its frame
    "logger.level": "warning",
    "logger.messageFormat": LINE,
    "logger.enableRich": False,  # prints failures past the log, with their messages
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "logger.hideWelcomeMessage": True,
    # A full garbage collection after every run of the page limits the answers per second
    # (16 to 36 with it, 70 to 164 without); server.py also freezes the loaded index.
    "runner.postScriptGC": False,
    # Else every message of the browser starts a second run of the page beside one that is still
    # asking: it has no answer to show yet, and what it shows is kept in place of what is asked.
    "runner.fastReruns": False,
    "theme.linkUnderline": True,
    "theme.baseRadius": "0.5rem",
    **{f"theme.light.{name}": value for name, value in LIGHT.items()},
    **{f"theme.dark.{name}": value for name, value in DARK.items()},
}
"""The same for every server; passed to it so that no file of the user's overrides them."""

EVERY_ADDRESS = ("0.0.0.0", "::")


def streamlit_options(host: str, port: int) -> dict[str, str | int | bool | list[str]]:
    """Return all of Streamlit's settings for a server at ``host`` and ``port``."""
    return {
        **OPTIONS,
        "server.port": port,
        "server.address": host,
        # Streamlit knows it as its own; other origins do not reach it (origin.py).
        "browser.serverAddress": "localhost" if host in EVERY_ADDRESS else host,
    }
