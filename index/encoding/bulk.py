"""Many texts at once, for building an index. The only module with sentence-transformers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import Encoder, SentenceEncoder, Vectors
from index.errors import EncoderError
from index.weights import DIGESTS, WEIGHTS, installed_model, keep_model, verify_model
from ingest.drafting.processor import has_bfloat16

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LIBRARY = "sentence_transformers"
FEW = 256
"""Texts that ONNX Runtime encodes before sentence-transformers is loaded, which takes as long as
it takes for so many: a build never waits more than twice as long as it had to."""
BATCH = 32
"""Texts computed together, of about the same length."""
SAMPLE = (
    "How often is Keytruda given?",
    "PD-1",
    "What helps against nausea after chemotherapy, and when should someone call a doctor?",
    "Pembrolizumab (Keytruda) targets the PD-1 checkpoint protein, which can also help the immune "
    "system attack the cancer cells. It is given as an intravenous infusion.",
    "The tumour measured 4.5 × 3.2 cm; mitotic activity was 12/10 HPF (Ki-67, 40 %).",
    "Can I take ibuprofen with it? " * 40,
)
"""Texts by which both ways of computing a vector are compared, short ones and one too long."""
LEAST_COSINE = 0.999
"""Below it the two are not the same model. bfloat16 reaches .9999 on passages
(``benchmarks/encoder/embedding.py``)."""


class BulkEncoder(SentenceEncoder):
    """The same model, by sentence-transformers in bfloat16 once there is much to do.

    Vectors are normalised again in float32. Their last bits depend on the texts they are computed
    with (cosine above .9999), so it is best to give the same texts together.
    """

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder)
        self._asked = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, in order: shape ``(n, 384)``, float32, rows of length 1.

        Raises:
            EncoderError: if sentence-transformers computes something else than ONNX Runtime.

        """
        self._asked += len(texts)
        return super().encode(texts) if self._asked <= FEW else _rows(self._reference, texts)

    @cached_property
    def _reference(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        folder = installed_model()
        verify_model(folder)
        model = SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            model_kwargs={"dtype": "bfloat16"},
        )
        model.max_seq_length = self.max_tokens
        least = float((_rows(model, SAMPLE) * super().encode(SAMPLE)).sum(axis=1).min())
        if not least >= LEAST_COSINE:
            raise EncoderError(
                f"sentence-transformers and ONNX Runtime compute different vectors (cosine "
                f"{least:.4f}). Install the versions of constraints.txt, then run "
                "`quotewell build`."
            )
        return model


def building_encoder(index: Path, build: Path, given: Encoder | None = None) -> Encoder:
    """Return what a build encodes with, after putting its files beside the index.

    Args:
        index: the folder of the index.
        build: of the build that is running.
        given: the encoder to use, if it is loaded already.

    Raises:
        EncoderError: if the encoder's files are neither there nor installed.
        UnwritableIndexError: if they cannot be written.

    """
    if given is not None and given.sha256 != DIGESTS[WEIGHTS]:
        return given
    folder = keep_model(index, build)
    return given or fastest_encoder(folder)


def fastest_encoder(folder: Path | None = None) -> SentenceEncoder:
    """Return the one that is fastest here: sentence-transformers in float32 is not.

    Args:
        folder: with the encoder's files for answering; the installed package's if None.

    Raises:
        EncoderError: see ``SentenceEncoder``.

    """
    is_bulk = has_bfloat16() and find_spec(LIBRARY) is not None
    return BulkEncoder(folder) if is_bulk else SentenceEncoder(folder)


def _rows(model: SentenceTransformer, texts: Sequence[str]) -> Vectors:
    rows = model.encode(
        [text.encode("utf-8", "replace").decode("utf-8") for text in texts],
        batch_size=BATCH,
        convert_to_numpy=True,
        show_progress_bar=False,
    )
    vectors: Vectors = np.asarray(rows, dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors
