"""Each library has one module of this package that imports it."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "index"


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)


@pytest.mark.parametrize(
    ("library", "module"),
    [
        ("faiss", "dense.py"),
        ("tantivy", "sparse.py"),
        ("sentence_transformers", "encoder.py"),
        ("Stemmer", "tokens.py"),
    ],
)
def test_a_library_is_imported_by_one_module(library, module):
    assert [p.name for p in PACKAGE.glob("*.py") if library in imported(p)] == [module]


def test_nothing_is_pickled():
    assert not any("pickle" in set(imported(path)) for path in PACKAGE.glob("*.py"))
