"""What the disk holds, and in which order, when power or the process is lost in the middle."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import changing, pin
from corpus.changing import Change, apply, settle, start
from corpus.replacing import replace_text
from corpus.sources import read_corpus
from tests.corpus.test_changing import contents, listed

ROOT = Path(__file__).parents[2]
KILLED = """
import os, pathlib, sys
os.replace = lambda *paths: os.kill(os.getpid(), 9)
pathlib.Path.replace = os.replace
from corpus.changing import Change, apply, start
folder = pathlib.Path(sys.argv[1])
start(folder)
apply(folder, Change(items={"old": None}))
"""


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "library"
    start(folder)
    (tmp_path / "old.md").write_bytes(b"old")
    apply(folder, Change({"old.md": tmp_path / "old.md"}, added=[listed("old.md", b"old")]))
    (tmp_path / "new.md").write_bytes(b"new")
    return folder


@pytest.fixture
def steps(library, monkeypatch):
    """Every flush, replacement and removal below the library, in order."""
    seen = []

    def noted(what, do):
        def step(path, *more, **how):
            if isinstance(path, int):
                path = os.readlink(f"/proc/self/fd/{path}")
            name = Path(path)
            seen.append((what, "" if name == library else name.relative_to(library).as_posix()))
            return do(path, *more, **how) if what != "flush" else None

        return step

    monkeypatch.setattr(os, "fsync", noted("flush", None))
    for what in ("replace", "unlink"):
        monkeypatch.setattr(os, what, noted(what, getattr(os, what)))
    monkeypatch.setattr(Path, "unlink", lambda path, missing_ok=False: os.unlink(path))
    monkeypatch.setattr(Path, "replace", lambda path, target: os.replace(path, target))
    return seen


@pytest.mark.skipif(sys.platform != "linux", reason="the names of open files are asked of /proc")
def test_the_disk_holds_new_files_before_the_listing_names_them_and_the_listing_before_files_go(
    library, steps, tmp_path
):
    item = listed("other.md", b"new")
    apply(library, Change({"other.md": tmp_path / "new.md"}, ["old.md"], {"old": None}, [item]))
    order = [(what, name.split("-")[0] if "json" in name else name) for what, name in steps]
    assert order == [
        ("flush", "files/.new-other.md"),
        ("flush", "files"),
        ("flush", ".sources.json.new"),
        ("replace", ".sources.json.new"),
        ("flush", ""),
        ("unlink", "files/old.md"),
        ("unlink", "files/.gone-old.md"),
        ("replace", "files/.new-other.md"),
    ]


def killed(folder):
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL


def test_a_kill_while_a_library_is_made_leaves_one_that_can_be_made(tmp_path):
    killed(tmp_path / "library")
    assert not (tmp_path / "library" / "sources.json").exists()
    start(tmp_path / "library")
    assert json.loads((tmp_path / "library" / "sources.json").read_text("utf-8")) == []


def test_kills_while_the_listing_is_replaced_leave_nothing_beside_it(library):
    before = contents(library)
    for _ in range(3):
        killed(library)
    assert len(list(library.iterdir())) == 3
    settle(library)
    assert sorted(path.name for path in library.iterdir()) == ["files", "sources.json"]
    assert contents(library) == before
    assert [source.doc_id for source in read_corpus(library).sources] == ["old"]


def test_a_document_that_is_added_while_the_others_are_pinned_is_not_lost(
    library, tmp_path, monkeypatch
):
    item = listed("old.md", b"old")
    del item["custom"]["sha256"]
    replace_text(library / "sources.json", json.dumps([item]))
    added = Change({"new.md": tmp_path / "new.md"}, added=[listed("new.md", b"new")])

    def overtaken(folder):
        read = read_corpus(folder)
        monkeypatch.setattr(pin, "read_corpus", read_corpus)
        apply(folder, added)
        return read

    monkeypatch.setattr(pin, "read_corpus", overtaken)
    pin.pin(library)
    assert [(s.doc_id, s.is_pinned) for s in read_corpus(library).sources] == [
        ("old", True),
        ("new", True),
    ]


def test_a_library_is_made_only_by_one_process_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(changing, "WAIT_SECONDS", 0.05)
    start(tmp_path)
    with (
        changing.writing(tmp_path),
        pytest.raises(changing.CorpusError, match=r"try again$"),
    ):
        start(tmp_path)
