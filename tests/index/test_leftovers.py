"""Kills, full disks and odd clocks while an index is published: nothing stays, nobody waits."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

import index.manifest
import index.store
from index.errors import PassageIndexError
from index.segments import carrying
from index.store import new_build
from tests.indexes import build_index, load_retriever

ROOT = Path(__file__).parents[2]
HOLDING = """
import pathlib, subprocess, sys, time
from index.store import new_build
with new_build(pathlib.Path(sys.argv[1])):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    print("held", flush=True)
    time.sleep(60)
"""
FORBIDDEN = """
import os, pathlib, sys, types
tests = types.ModuleType("tests")
tests.__path__ = ["tests"]
sys.modules["tests"] = tests
from tests.index.conftest import TextStore
os.chdir(pathlib.Path(sys.argv[1]).parent)
os.setuid(65534)
store = TextStore(pathlib.Path(sys.argv[1]).relative_to(os.getcwd()))
print(store.get())
try:
    store.put("new")
except OSError as error:
    print(type(error).__name__)
"""


class Killed(BaseException):
    """Stands in for the end of the process."""


@pytest.fixture
def stop(monkeypatch):
    """Have one of the steps after the build has its name raise; as a kill, nothing is tidied up."""

    def at(step, error, *, tidies):
        replace, clean = Path.replace, index.store._remove_others

        def stopped(path, target):
            if Path(target).name == "CURRENT":
                if step == "before":
                    raise error
                replace(path, target)
                raise error
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", stopped)
        if not tidies:
            calls = iter([clean])
            monkeypatch.setattr(
                index.store, "_remove_others", lambda folder: next(calls, lambda f: None)(folder)
            )

    yield at
    monkeypatch.undo()


@pytest.mark.parametrize(("step", "text"), [("before", "old"), ("after", "new")])
def test_a_kill_around_the_last_step_leaves_one_whole_index_and_no_other(
    store, stop, monkeypatch, step, text
):
    stop(step, Killed(), tidies=False)
    with pytest.raises(Killed):
        store.put("new")
    monkeypatch.undo()
    assert store.n_builds == 2
    assert store.get() == text
    assert store.n_builds == 1
    assert sorted(p.name for p in store.folder.iterdir()) == ["CURRENT", "builds", "quotewell.lock"]


def test_a_full_disk_at_the_last_step_leaves_nothing_however_often_it_is_tried(store, stop):
    stop("before", OSError(28, "No space left on device"), tidies=True)
    for _ in range(3):
        with pytest.raises(OSError, match="No space"):
            store.put("new")
        assert store.n_builds == 1
    assert store.get() == "old"
    assert not (store.folder / "CURRENT.new").exists()


def test_a_first_build_that_was_killed_before_the_last_step_can_be_repeated(
    new_store, stop, monkeypatch
):
    stop("before", Killed(), tidies=False)
    with pytest.raises(Killed):
        new_store.put("new")
    monkeypatch.undo()
    new_store.put("newer")
    assert (new_store.get(), new_store.n_builds) == ("newer", 1)


def test_a_reader_leaves_every_build_where_nothing_says_which_is_in_use(store):
    (store.folder / "CURRENT").unlink()
    with pytest.raises(PassageIndexError):
        store.get()
    assert store.n_builds == 1


def test_a_clock_that_stands_still_or_goes_back_keeps_nothing_from_being_published(
    store, monkeypatch
):
    for year in (2026, 2026, 1999):
        then = datetime(year, 1, 1, tzinfo=UTC)
        monkeypatch.setattr(index.manifest, "datetime", SimpleNamespace(now=lambda zone, t=then: t))
        store.put("old")
    assert (store.get(), store.n_builds) == ("old", 1)


def test_the_disk_holds_a_build_and_its_name_before_anything_points_to_it(store, monkeypatch):
    steps, flush, replace = [], index.store.flush, Path.replace
    monkeypatch.setattr(
        index.store, "flush", lambda path: (steps.append(("flush", path)), flush(path))
    )
    monkeypatch.setattr(
        Path, "replace", lambda path, to: (steps.append(("replace", to)), replace(path, to))
    )
    store.put("new")
    at = steps.index(("replace", store.folder / "CURRENT"))
    before = [path.name for what, path in steps[:at] if what == "flush"]
    assert set(before[:4]) >= {"data.txt", "sub", "index.json"}
    assert before[4:] == ["builds", store.folder.name, "CURRENT.new"]
    assert steps[at + 1] == ("flush", store.folder)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_the_lock_of_a_killed_build_blocks_nobody_though_its_children_live_on(store):
    command = [sys.executable, "-c", HOLDING, str(store.folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True)
    try:
        assert process.stdout.readline() == b"held\n"
        process.send_signal(signal.SIGKILL)
        process.wait()
        store.put("new")
        assert store.get() == "new"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.stdout.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may change")
def test_an_index_that_may_only_be_read_is_read_and_not_built(store):
    with new_build(store.folder) as build:
        left = build.with_name("new-killed")
        shutil.copytree(build, left)
    left.mkdir(exist_ok=True)
    store.folder.parent.chmod(0o755)
    command = [sys.executable, "-c", FORBIDDEN, str(store.folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "old\nPermissionError\n", done.stderr


def test_a_build_that_is_open_answers_while_others_take_its_place(folder, corpus, encoder):
    documents, passages = corpus
    old = load_retriever(folder, encoder, "c1")
    found = [hit.passage for hit in old.search("malaria mosquitoes", 4)]
    for name in ("c2", "c3", "c4"):
        build_index(documents[:1], passages[:2], encoder, folder, name)
    assert len(list((folder / "builds").iterdir())) == 1
    assert [hit.passage for hit in old.search("malaria mosquitoes", 4)] == found
    assert old.documents["melanoma"].text == documents[1].text
    assert old.boxes.get("melanoma") is None


def test_a_file_that_was_copied_because_it_cannot_be_linked_is_flushed_like_a_new_one(
    folder, tmp_path, monkeypatch
):
    (build,) = (folder / "builds").iterdir()
    old = carrying.OldBuild(build, index.manifest.read_manifest(build))
    monkeypatch.setattr(carrying.os, "link", lambda *paths: (_ for _ in ()).throw(OSError()))
    assert old.link(tmp_path / "new", ["segments"]) == {}
    copied = {p.name for p in (tmp_path / "new").rglob("*") if p.is_file()}
    assert copied >= {"documents.jsonl", "vectors.f32"}
