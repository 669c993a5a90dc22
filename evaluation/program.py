"""Identify the program that was measured, so that old figures are not taken for new ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAGES = ("corpus", "ingest", "index", "bank", "answer", "evaluation")
FILES = (
    *(f"{stage}/**/*.py" for stage in STAGES),
    "answer/**/*.toml",
    "answer/models/*.json",
    "answer/models/*.npz",
    "answer/models/*.onnx",
)
"""What figures depend on, documents, questions and installed packages aside."""
LENGTH = 12
"""Hexadecimal digits that are kept of the digest."""


def program_digest(root: Path = ROOT) -> str:
    """Return a digest of all ``FILES``.

    Any change makes another program, even one in a comment: whether it moves a figure is not known
    until it is measured.
    """
    digest = hashlib.sha256()
    for path in sorted(path for pattern in FILES for path in root.glob(pattern)):
        name = path.relative_to(root).as_posix()
        digest.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:LENGTH]
