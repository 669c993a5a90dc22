"""The encoder as sentence-transformers computes it by default, to be compared with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

import index.encoder
from index.encoder import SentenceEncoder, Vectors
from index.weights import installed_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class ReferenceEncoder(SentenceEncoder):
    """The same model by sentence-transformers in float32, loaded by the first call."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, in order."""
        rows = self.library.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)

    @cached_property
    def library(self) -> SentenceTransformer:
        """The loaded model."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        model = SentenceTransformer(str(installed_model()), device="cpu", local_files_only=True)
        model.max_seq_length = self.max_tokens
        return model


def main() -> int:
    """Run the `quotewell` command with this encoder: ``python -m benchmarks.encoder.reference``."""
    index.encoder.SentenceEncoder = ReferenceEncoder  # type: ignore[misc]
    from ui.terminal.cli import main as command

    return command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
