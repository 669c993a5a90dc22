"""Files that are made to harm, in one library with files that are in order: these are all built."""

import json
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path, PurePath

import pytest

from answer import build as building
from tests.ingest.drafting.hostile import BAD, READ

pytestmark = pytest.mark.slow
MAX_SECONDS = 300
"""Half a minute on a machine with nothing else to do."""
MAX_MB = 250
"""That the process which has them read may need for it: twice what it needs."""
ROOT = Path(__file__).parents[2]
FACTS = {"label": "L", "audience": "patient", "evidence": "a page", "rights": "free"}


def children(process):
    """The processes that a process has started and that run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == process and state != "Z":
            found.append(int(status.parent.name))
    return found


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A corpus of all those files."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "files").mkdir()
    made = {name: make for name, (make, _) in BAD.items()} | READ
    items = []
    for name in sorted(made):
        stem, suffix = PurePath(name).stem, PurePath(name).suffix
        name = f"{stem}_{suffix[1:]}{suffix}"  # an id is a name without its ending
        (folder / "files" / name).write_bytes(made[stem + suffix]())
        items.append({"id": PurePath(name).stem, "title": name, "custom": {**FACTS, "file": name}})
    (folder / "sources.json").write_text(json.dumps(items), "utf-8")
    return folder


@pytest.fixture
def built(library, tmp_path, monkeypatch, encoder):
    monkeypatch.setattr(building, "building_encoder", lambda *places: encoder)
    began = time.monotonic()
    report = building.build(library, tmp_path / "index")
    assert time.monotonic() - began < MAX_SECONDS
    return report


def test_the_good_are_built_each_bad_one_is_one_line_and_no_process_is_left(built):
    assert built.n_documents == len(READ)
    assert len(built.skipped) == len(BAD)
    for one in built.skipped:
        assert len(one.faults) == 1
        assert "\n" not in one.faults[0]
        assert "; " in one.faults[0]
    assert multiprocessing.active_children() == []
    if Path("/proc").is_dir():
        assert [child for server in children(os.getpid()) for child in children(server)] == []


def test_whatever_the_files_hold_the_process_that_has_them_read_stays_small(library):
    command = [sys.executable, "-m", "benchmarks.reading", str(library / "files"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    found = json.loads(done.stdout)
    assert found["files"] == len(READ)
    assert len(found["refused"]) == len(BAD)
    assert found["peak_mb"] < MAX_MB
