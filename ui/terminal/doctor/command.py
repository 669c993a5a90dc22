"""``quotewell doctor``: what is wrong, and what to run. It changes nothing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping

from ui.errors import CommandError
from ui.printable import printable
from ui.settings import Places
from ui.terminal.inventory import counted
from ui.terminal.options import Run
from ui.terminal.typed import as_typed

WIDTH = 10
"""Characters of the longest word for what is examined, and two more."""


def add_arguments(command: ArgumentParser) -> Run:
    """Let the command take ``--json``; return what runs it."""
    command.add_argument("--json", action="store_true", help="print what was found as JSON")
    return lambda places, arguments: examine(places, as_json=arguments.json)


def examine(places: Places, *, as_json: bool = False) -> Iterator[str]:
    """Yield what is wrong, a line each, and what was examined and is in order.

    Raises:
        CommandError: at the end, if anything is wrong.

    """
    record: dict[str, list[str]] = {}
    for about, find in _examinations().items():
        found = [as_typed(" ".join(one.split()), places.named) for one in find(places)]
        record[about] = found
        if not as_json:
            yield from (f"{about:<{WIDTH}}{printable(line)}\n" for line in found or ["in order"])
    if as_json:
        yield json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    if count := sum(map(len, record.values())):
        raise CommandError(f"found {counted(count, 'fault')}: each says what to do")


def _examinations() -> Mapping[str, Callable[[Places], Iterator[str]]]:
    from ui.terminal.doctor import library, machine  # load the encoder's libraries

    return {
        "packages": machine.packages,
        "models": machine.models,
        "folders": machine.folders,
        "corpus": library.corpus,
        "history": library.history,
        "index": library.index,
        "cluster": library.cluster,
    }
