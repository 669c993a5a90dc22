"""The arrow in the README, checked: corpus → ingest → index → bank → answer → evaluation → ui."""

import ast
from pathlib import Path

import pytest

STAGES = ["corpus", "ingest", "index", "bank", "answer", "evaluation", "ui"]
ROOT = Path(__file__).parent.parent
MODULES = [path for stage in STAGES for path in sorted((ROOT / stage).rglob("*.py"))]
HOME = {
    "citeproc": "ui/references.py",
    "faiss": "index/dense.py",
    "matplotlib": "evaluation/plots.py",
    "mcp": "ui/api/mcp_server.py",
    "onnxruntime": "answer/weighing/reader.py",
    "markdown_it": "ingest/parsers/grammar.py",
    "pylatexenc": "ingest/parsers/inline/formulas.py",
    "rapidfuzz": "answer/likeness.py",
    "sentence_transformers": "index/encoder.py",
    "sentencex": "ingest/sentences.py",
    "Stemmer": "index/tokens.py",
    "tantivy": "index/sparse.py",
    "threadpoolctl": "answer/pipeline.py",
    "tokenizers": "index/encoder.py",
    "torch": "bank/intents.py",
}
"""Each library's one module."""
ROOMS = {
    "html": set(),
    "api": set(),
    "embed": set(),
    "page": {"html"},
    "web": {"api", "embed", "page"},
    "terminal": {"api", "web"},
}
"""The rooms of ``ui`` and those that each may import from. All import from the modules beside them."""
MAX_LINES = 250


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)


def rooms_imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from {one.split(".")[1] for one in names if one.startswith("ui.")} & set(ROOMS)


def name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_stage_imports_only_from_itself_and_earlier_stages(path):
    position = STAGES.index(path.relative_to(ROOT).parts[0])
    later = {*STAGES[position + 1 :], "training", "benchmarks", "tests"}
    assert later.isdisjoint(imported(path))


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_of_ui_imports_only_from_itself_and_those_before_it(room):
    for path in (ROOT / "ui" / room).rglob("*.py"):
        assert set(rooms_imported(path)) <= ROOMS[room] | {room}, name(path)


def test_what_the_rooms_of_ui_share_imports_from_no_room():
    shared = [*(ROOT / "ui").glob("*.py"), *(ROOT / "ui" / "assets").glob("*.py")]
    imports = {name(path): set(rooms_imported(path)) for path in shared}
    assert imports.pop("ui/__main__.py") == {"terminal"}
    assert not any(imports.values()), imports


def test_every_room_of_ui_has_its_place():
    folders = {path.parent.name for path in (ROOT / "ui").glob("*/__init__.py")}
    assert folders == set(ROOMS) | {"assets"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_library_is_imported_in_its_one_module(path):
    assert {HOME[library] for library in imported(path) if library in HOME} <= {name(path)}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_file_is_short_enough_to_read_at_once(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_unpickles(path):
    assert {"pickle", "joblib", "dill", "shelve"}.isdisjoint(imported(path))
    assert "allow_pickle=True" not in path.read_text(encoding="utf-8")
