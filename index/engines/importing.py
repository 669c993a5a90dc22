"""Files that Milvus imports: for more passages than are sent one batch after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow
from pyarrow import parquet

from index.engines.engine import IndexedPassage
from index.engines.records import record_of
from index.errors import ForeignFolderError
from index.store import writing

FILE_PASSAGES = 250_000
"""In a file, which has then about half a gigabyte. Milvus takes files to 16 GB, and imports one
after another on each of its data nodes. Chosen by hand."""
GROUP_PASSAGES = 5_000
"""Written, and read, at once. Chosen by hand."""


def write_files(
    passages: Iterable[IndexedPassage], folder: Path, *, words: bool = True
) -> tuple[int, list[Path]]:
    """Write passages in the Parquet format that Milvus imports.

    Args:
        passages: of a build.
        folder: new or empty.
        words: whether the collection has words, see ``Milvus.create``.

    Returns:
        How many passages were written, and the files, in order.

    Raises:
        ForeignFolderError: if the folder holds anything.
        UnwritableIndexError: if a file cannot be written.

    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ForeignFolderError(f"{folder} is not an empty folder. Name a new one.")
    count, groups = 0, _groups(passages, words=words)
    files: list[Path] = []
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for first in groups:
        path = folder / f"passages-{len(files) + 1:06}.parquet"
        with writing(path), parquet.ParquetWriter(path, first.schema) as file:
            file.write_table(first)
            count += len(first)
            for table in islice(groups, FILE_PASSAGES // GROUP_PASSAGES - 1):
                file.write_table(table)
                count += len(table)
        files.append(path)
    return count, files


def _groups(passages: Iterable[IndexedPassage], *, words: bool) -> Iterator[pyarrow.Table]:
    rest = iter(passages)
    while group := list(islice(rest, GROUP_PASSAGES)):
        yield _table(group, words=words)


def _table(group: Sequence[IndexedPassage], *, words: bool) -> pyarrow.Table:
    records = [record_of(passage, words=words) for passage in group]
    vectors = np.stack([passage.vector for passage in group])
    columns = {
        name: pyarrow.array([record[name] for record in records], pyarrow.string())
        for name in records[0]
        if name != "vector"
    }
    offsets = np.arange(len(vectors) + 1, dtype=np.int32) * vectors.shape[1]
    columns["vector"] = pyarrow.ListArray.from_arrays(offsets, vectors.ravel())
    return pyarrow.table(columns)
