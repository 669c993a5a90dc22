"""The arrow in the README, checked: corpus → ingest → index → bank → answer → library → evaluation → ui."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

STAGES = ["corpus", "ingest", "index", "bank", "answer", "library", "evaluation", "ui"]
ROOT = Path(__file__).parent.parent
MODULES = [path for stage in STAGES for path in sorted((ROOT / stage).rglob("*.py"))]
HOME = {
    "bibtexparser": "library/exports/bibtex.py",
    "citeproc": "ui/references.py",
    "faiss": "index/dense.py",
    "filelock": "corpus/locking.py",
    "lxml": "ingest/parsers/xml.py",
    "matplotlib": "evaluation/plots.py",
    "mcp": "ui/api/mcp_server.py",
    "onnxruntime": "index/encoding/sessions.py",
    "markdown_it": "ingest/parsers/grammar.py",
    "platformdirs": "corpus/own/home.py",
    "prometheus_client": "ui/watching/metrics.py",
    "pyarrow": "index/engines/importing.py",
    "pymilvus": "index/engines/milvus.py",
    "pypdf": "ingest/parsers/pdf/metadata.py",
    "pypdfium2": "ingest/parsers/pdf/pdfium/",
    "PIL": "ingest/parsers/pdf/pdfium/",
    "pylatexenc": "ingest/parsers/inline/formulas.py",
    "ray": "answer/on_ray.py",
    "rispy": "library/exports/ris.py",
    "rapidfuzz": "answer/likeness.py",
    "sentence_transformers": "index/encoding/bulk.py",
    "sentencex": "ingest/sentences.py",
    "Stemmer": "index/tokens.py",
    "tantivy": "index/sparse.py",
    "tokenizers": "index/encoder.py",
    "threadpoolctl": "bank/intents.py",
    "uvicorn": "ui/web/listening.py",
}
"""Each library's one module, or the folder of one kind of calls."""
ROOMS = {
    "exports": set(),
    "sheets": {"exports"},
    "html": {"exports", "sheets"},
    "serving": set(),
    "watching": set(),
    "api": {"serving", "watching"},
    "embed": {"serving"},
    "owner": {"serving"},
    "page": {"exports", "sheets", "html", "serving"},
    "web": {"api", "embed", "html", "owner", "page", "serving", "watching"},
    "terminal": {"api", "web"},
}
"""The rooms of ``ui`` and those that each may import from. All import from the modules beside them."""
WAY = ["asking", "weighing", "choosing"]
"""The rooms of ``answer`` that a question goes through; the others are beside the way."""
MAX_LINES = 250
MAX_MODULES = 15
CODE = [
    *MODULES,
    *(p for f in ("training", "benchmarks", "tests") for p in (ROOT / f).rglob("*.py")),
]


@cache
def text(path):
    return path.read_text(encoding="utf-8")


@cache
def imports(path):
    """Every name that a file imports, with the modules it is in."""
    names = set()
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def imported(path):
    return {one.split(".")[0] for one in imports(path)}


def rooms_imported(path):
    return {one.split(".")[1] for one in imports(path) if one.startswith("ui.")} & set(ROOMS)


def name(path):
    return path.relative_to(ROOT).as_posix()


def later(path):
    position = STAGES.index(path.relative_to(ROOT).parts[0])
    return {*STAGES[position + 1 :], "training", "benchmarks", "tests"}


def test_a_stage_imports_only_from_itself_and_earlier_stages():
    found = {name(path): imported(path) & later(path) for path in MODULES}
    assert {path: stages for path, stages in found.items() if stages} == {}


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_of_ui_imports_only_from_itself_and_those_before_it(room):
    for path in (ROOT / "ui" / room).rglob("*.py"):
        assert rooms_imported(path) <= ROOMS[room] | {room}, name(path)


def test_what_the_rooms_of_ui_share_imports_from_no_room():
    shared = [*(ROOT / "ui").glob("*.py"), *(ROOT / "ui" / "assets").glob("*.py")]
    found = {name(path): rooms_imported(path) for path in shared}
    assert found.pop("ui/__main__.py") == {"terminal"}
    assert not any(found.values()), found


def test_every_room_of_ui_has_its_place():
    folders = {path.parent.name for path in (ROOT / "ui").glob("*/__init__.py")}
    assert folders == set(ROOMS) | {"assets"}


def test_a_library_is_imported_in_its_one_module():
    found = {(name(path), library) for path in MODULES for library in imported(path) & HOME.keys()}
    assert [(path, library) for path, library in found if not path.startswith(HOME[library])] == []


def test_a_file_is_short_enough_to_read_at_once():
    lengths = {name(path): len(text(path).splitlines()) for path in MODULES}
    assert {path: lines for path, lines in lengths.items() if lines > MAX_LINES} == {}


def test_nothing_unpickles():
    unsafe = {"pickle", "joblib", "dill", "shelve"}
    assert [name(path) for path in MODULES if imported(path) & unsafe] == []
    assert [name(path) for path in MODULES if "allow_pickle=True" in text(path)] == []


def test_no_folder_of_code_holds_more_modules_than_can_be_seen_at_once():
    folders = Counter(path.parent for path in CODE if path.name != "__init__.py")
    assert {str(folder): n for folder, n in folders.items() if n > MAX_MODULES} == {}


def test_a_question_goes_through_the_rooms_of_answer_one_way():
    for position, room in enumerate(WAY):
        back = {f"answer.{earlier}" for earlier in WAY[position + 1 :]}
        for path in (ROOT / "answer" / room).rglob("*.py"):
            assert not [one for one in imports(path) if one.startswith(tuple(back))], name(path)


def test_the_readme_names_the_door_of_every_folder():
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("| Folder |")[2]
    doors, parent = {}, ""
    for inner, folder, door in re.findall(
        r"^\| (· )?`([\w/]+)/` \|.*\| `([\w.]+)` \|$", table, re.M
    ):
        parent = parent if inner else folder
        doors[f"{parent}/{folder}" if inner else folder] = door
    assert [folder for folder, door in doors.items() if not (ROOT / folder / door).is_file()] == []
    folders = {path.parent.relative_to(ROOT).as_posix() for path in CODE}
    folders = {folder for folder in folders if folder.count("/") < 2 and "tests" not in folder}
    assert folders - doors.keys() == set()
