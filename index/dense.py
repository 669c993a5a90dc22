"""Nearest vectors, exactly or by inverted lists. The only module that imports FAISS."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.encoder import Vectors
from index.errors import IndexMismatchError
from index.hits import Mask, Rows, Scores
from index.manifest import damaged
from index.store import writing

ROUNDS = 10
"""Of k-means, from which the centres of the lists come. FAISS's own value for inverted lists."""

READERS = 4
"""Threads that read the lists of a query ahead. With FAISS's 32, a query in a million vectors took
5.2 ms of the processor, and 3.0 with none; a disk is not read faster by more."""


def check(queries: Vectors, dimension: int) -> None:
    """Refuse queries that are not of shape ``(n, dimension)``.

    Raises:
        IndexMismatchError: if they are not.

    """
    if queries.ndim != 2 or queries.shape[1] != dimension:
        raise IndexMismatchError(
            f"queries of shape {queries.shape}, but the index has {dimension} dimensions: "
            "it was built with another encoder. Run `quotewell build`."
        )


def nearest(
    vectors: Vectors, queries: Vectors, k: int, mask: Mask | None = None
) -> tuple[Scores, Rows]:
    """Compare each query with all vectors.

    Args:
        vectors: shape ``(n, d)``, float32, rows of length 1; they may be mapped from a file, and
            are not copied.
        queries: shape ``(n_queries, d)``, float32, rows of length 1.
        k: vectors to return per query, at least 1.
        mask: shape ``(n,)``, which of them may be found; all if None.

    Returns:
        ``(scores, rows)``, both of shape ``(n_queries, w)``, where ``w`` is ``k`` or the number of
        vectors that may be found, if that is less; best first, ties in row order. A score is a
        cosine, in ``[-1, 1]`` up to rounding.

    """
    n, d = vectors.shape
    shape = len(queries), min(k, n if mask is None else int(np.count_nonzero(mask)))
    scores, rows = np.zeros(shape, np.float32), np.zeros(shape, np.int64)
    if shape[1]:
        selector, pointer = _Selector(mask), faiss.swig_ptr
        queries = np.ascontiguousarray(queries)
        sizes, found = (d, len(queries), n, shape[1]), (pointer(scores), pointer(rows))
        search: Any = faiss.knn_inner_product  # the declared types lack the selector
        search(pointer(queries), pointer(vectors), *sizes, *found, selector.faiss)
    return ranked(scores, rows, shape[1])


def ranked(scores: Scores, rows: Rows, k: int) -> tuple[Scores, Rows]:
    """Return the ``k`` best of each line, best first, ties in row order."""
    order = np.lexsort((rows, -scores))[:, :k]
    return np.take_along_axis(scores, order, 1), np.take_along_axis(rows, order, 1)


class InvertedLists:
    """Vectors as one byte per number, in lists around centres; only some lists are searched.

    Args:
        path: what ``write_lists`` wrote. It is mapped: what is not searched is not read.
        rows: how many vectors it has to hold.
        dimension: that they have to have.

    Raises:
        DamagedIndexError: if it holds something else.

    """

    def __init__(self, path: Path, rows: int, dimension: int) -> None:
        try:
            index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
        except RuntimeError as error:
            raise damaged(path, "cannot be read") from error
        self._faiss = index
        if not isinstance(self._faiss, faiss.IndexIVFScalarQuantizer):
            raise damaged(path, "holds no inverted lists")
        if (self._faiss.ntotal, self._faiss.d) != (rows, dimension):
            raise damaged(path, "holds other vectors")
        held: Any = faiss.downcast_InvertedLists(index.invlists)
        held.prefetch_nthread = READERS

    def __len__(self) -> int:
        """How many lists there are."""
        return int(self._faiss.nlist)

    def search(self, queries: Vectors, k: int, probes: int, mask: Mask | None = None) -> Rows:
        """Find about the ``k`` nearest vectors of each query.

        Args:
            queries: shape ``(n_queries, d)``, float32, rows of length 1.
            k: rows to return per query, at least 1.
            probes: lists to search, those with the nearest centres.
            mask: which rows may be found; all if None.

        Returns:
            Shape ``(n_queries, k)``, about in order, with -1 where the lists hold no more.

        """
        selector = _Selector(mask)
        only = faiss.SearchParametersIVF()
        only.nprobe = probes
        only.sel = selector.faiss
        _, rows = self._faiss.search(np.ascontiguousarray(queries), k, params=only)
        return np.asarray(rows)


def write_lists(path: Path, blocks: Iterable[Vectors], sample: Vectors, lists: int) -> None:
    """Write vectors in inverted lists, for ``InvertedLists``.

    Args:
        path: of the new file.
        blocks: all vectors, in row order, some at a time: shape ``(n, d)``, float32.
        sample: some of them, from which the centres and the scale of the bytes are learnt.
        lists: how many lists, fewer than the sample has rows.

    Raises:
        UnwritableIndexError: if the file cannot be written.

    """
    d = sample.shape[1]
    centres = faiss.IndexFlatIP(d)
    index = faiss.IndexIVFScalarQuantizer(
        centres, d, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.niter, index.cp.min_points_per_centroid = ROUNDS, 1
    index.cp.max_points_per_centroid = len(sample)
    index.train(sample)
    for block in blocks:
        index.add(np.ascontiguousarray(block))
    with writing(path):
        faiss.write_index(index, str(path))


class _Selector:
    """A mask as FAISS reads it: it holds no reference to it, so this has to be kept."""

    def __init__(self, mask: Mask | None) -> None:
        self.faiss: Any = None
        if mask is not None:
            self._bits = np.packbits(mask, bitorder="little")
            self.faiss = faiss.IDSelectorBitmap(len(mask), faiss.swig_ptr(self._bits))
