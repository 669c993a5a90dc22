"""Commands as the user can type them: the program as it was called, with the same places."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from ui.settings import ROOT

_COMMAND = re.compile(r"`quotewell ([a-z-]+(?: [\w.-]+)*)`")


def typed(command: str, places: Sequence[str] = ()) -> str:
    """Return a command of this program as it can be typed here.

    Args:
        command: with its own arguments, such as ``build``.
        places: the options that named corpus and index, to be added again.

    """
    return " ".join([_program(), command, *map(shlex.quote, places)])


def as_typed(message: str, places: Sequence[str] = ()) -> str:
    """Return a message with every ```quotewell …``` in it as it can be typed here."""
    return _COMMAND.sub(lambda found: f"`{typed(found[1], places)}`", message)


def _program() -> str:
    """Return ``quotewell`` if that is on the path, else the program as it was called."""
    called = Path(sys.argv[0])
    if called.resolve() == ROOT / "ui" / "__main__.py":
        return f"{shlex.quote(sys.executable)} -m ui"
    if called.stem != "quotewell":
        return "quotewell"
    found = shutil.which(called.stem)
    is_on_path = found is not None and _without_ending(Path(found)) == _without_ending(called)
    return called.stem if is_on_path else shlex.quote(str(called))


def _without_ending(program: Path) -> Path:
    return program.absolute().with_suffix("")
