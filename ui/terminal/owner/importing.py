"""The command that writes an index's passages for a cluster to import."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from index.engines.address import VARIABLE
from ui.errors import CommandError
from ui.settings import Places
from ui.terminal.options import Run


def add_arguments(command: argparse.ArgumentParser) -> Run:
    """Add what ``quotewell export-passages`` takes."""
    command.add_argument("folder", type=Path, help="where the files go: new or empty")
    return lambda places, arguments: export_passages(places, arguments.folder)


def export_passages(places: Places, folder: Path) -> Iterator[str]:
    """Write the files, and say which collection is to import them."""
    from index.engines.builds import write_imports  # takes a while to load

    if places.cluster is None:
        raise CommandError(f"no cluster is named: set {VARIABLE} to its address")
    collection, count, files = write_imports(places.index, places.cluster, folder)
    yield (
        f"Wrote {count:,} passages into {len(files):,} files in {folder}.\n"
        f"Import them into the collection {collection}, then run `quotewell build`.\n"
    )
