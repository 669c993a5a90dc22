"""What every command takes: the two places."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from ui.settings import Places, home

Run = Callable[[Places, argparse.Namespace], Iterator[str]]
"""Runs a command with what was typed, and yields what it prints."""


def add_places(command: argparse.ArgumentParser, default: str | None = None) -> None:
    """Let a command name its corpus and its index; ``default`` is what it gets without them."""
    command.add_argument(
        "--corpus",
        type=Path,
        metavar="DIR",
        default=default,
        help="a folder with sources.json and files/ (default: the two supplied documents)",
    )
    command.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        default=default,
        help=f"what `build` writes (default: one for each corpus in {shown(home())})",
    )


def shown(path: Path) -> str:
    """Return a path for a help text, where a percent sign is special."""
    return str(path).replace("%", "%%")
