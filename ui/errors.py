"""Errors of the commands themselves and of who waits too long, and how messages are printed."""

from __future__ import annotations

import sys
from typing import Literal

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


STOPPING = "This server is being stopped. Please ask again in a few seconds."
RETRY_SECONDS = 5
"""When to ask again if too many others wait: by then some of them have their answers."""
Refusal = Literal["busy", "too_often", "stopping"]


class BusyError(Exception):
    """A question that is refused because of others; the message says when to ask again."""

    why: Refusal = "busy"

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
        """After how many to ask again."""


class TooOftenError(BusyError):
    """A question that is refused because its client has asked too many."""

    why = "too_often"


class StoppingError(BusyError):
    """A question that is refused because the server is being stopped."""

    why = "stopping"

    def __init__(self) -> None:
        super().__init__(STOPPING, RETRY_SECONDS)
