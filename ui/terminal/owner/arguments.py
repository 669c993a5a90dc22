"""What can be typed after ``quotewell add``, ``replace`` and ``withdraw``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from ui.terminal.options import Run
from ui.terminal.owner import commands
from ui.terminal.owner.commands import Manner


def add(command: ArgumentParser) -> Run:
    """Let the command take files, folders and exports; return what runs it."""
    command.add_argument(
        "named",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a PDF, Word, JATS, HTML, Markdown or text file, a folder of them, or the export of a "
        "reference manager (.bib, .ris, .json) with its files",
    )
    command.add_argument(
        "--with",
        action="append",
        type=Path,
        dest="exports",
        metavar="EXPORT",
        default=[],
        help="an export that describes the files, matched by DOI and title; can be given again",
    )
    command.add_argument(
        "--files",
        action="append",
        type=Path,
        dest="folders",
        metavar="DIR",
        default=[],
        help="where the files of an export may lie beside its own folder, such as ~/Zotero/storage",
    )
    command.add_argument("--yes", action="store_true", help="ask nothing, take what was found")
    _add_manner(command)
    return lambda places, arguments: commands.add(
        places, arguments.named, arguments.exports, arguments.folders, _manner(arguments)
    )


def replace(command: ArgumentParser) -> Run:
    """Let the command take an id and a file; return what runs it."""
    command.add_argument("doc_id", metavar="ID", help="of the document, as `list` shows it")
    command.add_argument("file", type=Path, metavar="FILE", help="its new version")
    _add_manner(command)
    return lambda places, arguments: commands.replace(
        places, arguments.doc_id, arguments.file, _manner(arguments)
    )


def withdraw(command: ArgumentParser) -> Run:
    """Let the command take ids; return what runs it."""
    command.add_argument("doc_ids", nargs="+", metavar="ID", help="as `list` shows it")
    command.add_argument("--no-build", action="store_true", help="do not build the index now")
    return lambda places, arguments: commands.withdraw(
        places, arguments.doc_ids, Manner(asks=False, as_json=False, builds=not arguments.no_build)
    )


def _add_manner(command: ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print what was done as JSON")
    command.add_argument("--no-build", action="store_true", help="do not build the index now")


def _manner(arguments: Namespace) -> Manner:
    return Manner(
        asks="yes" in arguments
        and not (arguments.yes or arguments.json)
        and sys.stdin.isatty()
        and sys.stdout.isatty(),
        as_json=arguments.json,
        builds=not arguments.no_build,
    )
