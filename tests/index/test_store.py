"""Publishing an index in one step, with one text file in place of a real index."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import index.manifest
import index.store
from index.errors import BusyIndexError, NoIndexError
from index.manifest import verify
from index.store import new_build, open_current

ROOT = Path(__file__).parents[2]

KILLED_BUILD = """
import os, pathlib, sys
from index.store import new_build
with new_build(pathlib.Path(sys.argv[1])) as build:
    (build / "data.txt").write_text("half")
    os.kill(os.getpid(), 9)
"""


def snapshot(folder):
    return {path: path.is_file() and path.read_bytes() for path in sorted(folder.rglob("*"))}


def test_what_was_published_is_opened(store):
    assert store.get() == "old"


def test_the_manifest_names_the_origin_the_counts_and_every_file(store):
    manifest = json.loads((store.build / "index.json").read_text())
    assert manifest.pop("built")[:2] == "20"
    assert manifest == {
        "version": index.manifest.FORMAT_VERSION,
        "origin": {
            "encoder": "toy",
            "encoder_sha256": "0" * 64,
            "dimension": 2,
            "corpus_hash": "c1",
        },
        "counts": {"documents": 1, "passages": 2, "sentences": 3},
        "files": {
            # printf old | sha256sum
            "sub/data.txt": "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4"
        },
    }
    assert verify(store.build, store.origin).counts == store.counts


def test_a_new_index_takes_the_place_of_the_old_one(store):
    store.put("new")
    assert store.get() == "new"
    assert store.n_builds == 1


def test_the_same_index_can_be_published_twice(store):
    store.put("old")
    assert store.get() == "old"


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, OSError])
def test_a_build_that_fails_leaves_the_old_index_and_no_rubbish(store, error):
    before = snapshot(store.folder)

    def fail():
        with new_build(store.folder) as build:
            (build / "data.txt").write_text("half")
            raise error

    with pytest.raises(error):
        fail()
    assert snapshot(store.folder) == before
    assert store.get() == "old"


def test_a_first_build_that_fails_leaves_no_index_and_can_be_repeated(new_store):
    with pytest.raises(RuntimeError), new_build(new_store.folder):
        raise RuntimeError
    with pytest.raises(NoIndexError):
        new_store.get()
    new_store.put("new")
    assert new_store.get() == "new"


def test_publishing_may_fail_at_any_moment_and_leaves_one_whole_index(store, monkeypatch):
    sync, outcomes = index.store.flush, []
    for last in range(20):
        left = [last]

        def fail_later(path, left=left):
            if left[0] == 0:
                raise OSError("no space left")
            left[0] -= 1
            sync(path)

        monkeypatch.setattr(index.store, "flush", fail_later)
        try:
            store.put(f"new {last}")
        except OSError:
            outcomes.append(store.get())
        else:
            break
    assert store.get() == f"new {last}"
    assert outcomes[0] == "old"
    assert set(outcomes) <= {"old", *(f"new {n}" for n in range(last))}
    assert store.n_builds == 1


def killed_build(folder):
    killed = subprocess.run([sys.executable, "-c", KILLED_BUILD, str(folder)], cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL


def test_what_a_killed_build_left_is_gone_when_the_index_is_next_opened(store):
    killed_build(store.folder)
    assert store.n_builds == 2
    assert store.get() == "old"
    assert store.n_builds == 1


def test_what_a_killed_build_left_is_gone_when_the_next_one_starts(store):
    killed_build(store.folder)
    with new_build(store.folder):
        assert store.n_builds == 2  # the index in use and the new one
    assert store.n_builds == 1


def test_opening_an_index_leaves_a_build_alone_that_is_running(store):
    with new_build(store.folder) as build:
        assert store.get() == "old"
        assert build.is_dir()


def test_what_may_not_be_removed_does_not_keep_an_index_from_being_opened(store, monkeypatch):
    killed_build(store.folder)

    def refuse(folder):
        raise PermissionError(folder)

    monkeypatch.setattr(index.store, "_lock", refuse)
    assert store.get() == "old"


def test_a_build_in_another_process_is_refused(store):
    with new_build(store.folder):
        other = subprocess.run(
            [sys.executable, "-c", KILLED_BUILD, str(store.folder)],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    assert "BusyIndexError: another build is writing to" in other.stderr
    assert other.returncode == 1


def test_two_builds_at_once_are_refused(store):
    with (
        new_build(store.folder),
        pytest.raises(BusyIndexError, match=r"Wait .*`quotewell build`\.$"),
        new_build(store.folder),
    ):
        pass
    assert store.get() == "old"


def test_a_reader_overtaken_by_a_new_build_reads_the_new_one(store):
    seen = []

    def load(build):
        if not seen:
            seen.append(build)
            store.put("new")
        verify(build, store.origin)
        return (build / "sub" / "data.txt").read_text()

    assert open_current(store.folder, load) == "new"
