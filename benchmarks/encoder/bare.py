"""The least that a question costs from a shell: both models loaded, and one pass of each.

    python -m benchmarks.encoder.bare INDEX

Nothing is searched, checked or chosen. The window that is read has as many tokens as the reader
takes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import tokenizers

from answer.weighing.reader import MODEL
from answer.weighing.reader_input import MAX_TOKENS
from index.encoder import GRAPH
from index.encoding.sessions import Model
from index.weights import ENCODER, VOCABULARY

QUESTION = "How often is Keytruda given?"


def main() -> None:
    """Load both models and compute one pass of each."""
    folder = Path(sys.argv[1]) / ENCODER
    asked = tokenizers.Tokenizer.from_file(str(folder / VOCABULARY)).encode(QUESTION).ids
    Model(GRAPH.read_bytes(), folder).run(["vector"], {"input_ids": np.array(asked)})
    window = np.full((1, MAX_TOKENS), asked[1])
    feed = {"input_ids": window, "token_type_ids": np.zeros_like(window)}
    Model(MODEL.read_bytes(), MODEL.parent).run(["sentence", "none", "start", "end"], feed)


if __name__ == "__main__":
    main()
