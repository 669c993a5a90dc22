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
