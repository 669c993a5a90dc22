"""Errors of the commands themselves, and how messages are printed."""

from __future__ import annotations

import sys

from ui.printable import printable


class CommandError(Exception):
    """A command that cannot be carried out as asked; the message ends with what to do."""


def tell(*messages: str) -> None:
    """Print each message as one line on stderr."""
    for message in messages:
        print("quotewell:", printable(" ".join(message.split())), file=sys.stderr)


def moved_on(version: str) -> str:
    """Say that an earlier version of the library answers, and what to do."""
    return (
        f"the library has changed since its index was built, and version {version}, from before, "
        "answers: run `quotewell build`"
    )
