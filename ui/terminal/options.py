"""What commands take: the two places; what is searched, of which version; how it is served."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from answer.asking.filter import AUDIENCES, Filter
from corpus.own.home import home
from ui.settings import Places

MAX_PORT, MAX_WORKERS = 65535, 64
LOOPBACK = "127.0.0.1"

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


def add_filter(command: argparse.ArgumentParser) -> None:
    """Let a command search some documents only."""
    command.add_argument(
        "--document",
        action="append",
        dest="documents",
        metavar="ID",
        default=[],
        help="search this document only, as `list` names it; can be given several times",
    )
    command.add_argument(
        "--kind",
        action="append",
        dest="kinds",
        metavar="KIND",
        default=[],
        help="search documents of this kind only, as `list` shows it; likewise",
    )
    command.add_argument(
        "--from",
        type=_year,
        dest="first",
        metavar="YEAR",
        help="search documents only that were last changed in this year or later",
    )
    command.add_argument(
        "--to", type=_year, dest="last", metavar="YEAR", help="likewise, or earlier"
    )
    command.add_argument(
        "--audience",
        choices=AUDIENCES,
        default="",
        help="search documents only that were written for them; those that do not say are left out",
    )


def read_filter(arguments: argparse.Namespace) -> Filter:
    """Return the filter that was typed."""
    return Filter(
        tuple(arguments.documents),
        tuple(arguments.kinds),
        arguments.first,
        arguments.last,
        arguments.audience,
    )


def add_version(command: argparse.ArgumentParser) -> None:
    """Let a command answer from an earlier version of the library."""
    command.add_argument(
        "--version",
        metavar="VERSION",
        help="answer from this version of the library, as `list --versions` names it",
    )


def add_serving(command: argparse.ArgumentParser) -> None:
    """Let a server have worker processes, and tell somebody how it is."""
    command.add_argument(
        "--workers",
        type=_count,
        metavar="N",
        help="processes that answer the questions of programs and embedded pages; 0: the one that "
        "serves the page (default: by cores and memory)",
    )
    command.add_argument(
        "--metrics",
        type=_address,
        metavar="[HOST:]PORT",
        help="serve /metrics for Prometheus there (default: nowhere; HOST: 127.0.0.1)",
    )


def port(text: str) -> int:
    """Return the port that was typed.

    Raises:
        ArgumentTypeError: if it is none.

    """
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give 1 to {MAX_PORT}")
    return int(text)


def _address(text: str) -> tuple[str, int]:
    host, colon, number = text.rpartition(":")
    return (host.strip("[]") if colon else LOOPBACK), port(number)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > MAX_WORKERS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes: give 0 to 64")
    return int(text)


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) != 4:
        raise argparse.ArgumentTypeError(f"{text!r} is not a year: give four digits")
    return int(text)
