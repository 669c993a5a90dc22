"""``quotewell doctor``: each thing that can be wrong is one line that says what to do."""

import json
import os
import shutil
from pathlib import Path

import pytest

from answer.build import build
from index.errors import EncoderError
from tests.toys import ToyEncoder
from ui.settings import Places
from ui.terminal import cli
from ui.terminal.doctor import library as library_checks
from ui.terminal.doctor import machine

NOTES = "# Rest in gout\n\nRest helped most of the people who had gout. Nobody was harmed by it.\n"
MILK = "# Milk and bones\n\nMilk is good for the bones of most people. Others drink water.\n"


@pytest.fixture(autouse=True)
def toys(monkeypatch, tmp_path):
    monkeypatch.setattr(library_checks, "open_encoder", lambda index: ToyEncoder())
    monkeypatch.setattr(machine, "models", lambda places: iter(()))
    monkeypatch.setenv("QUOTEWELL_HOME", str(tmp_path / "home"))


@pytest.fixture
def places(tmp_path):
    """A library of two documents with its history and index."""
    from library.adding import add
    from library.candidates import look_through

    given = tmp_path / "given"
    given.mkdir()
    for name, text in (("notes.md", NOTES), ("milk.md", MILK)):
        (given / name).write_text(text, "utf-8")
    list(add(tmp_path / "corpus", look_through([given])))
    build(tmp_path / "corpus", tmp_path / "index", encoder=ToyEncoder())
    return Places(tmp_path / "corpus", tmp_path / "index")


@pytest.fixture
def doctor(places, capsys):
    """Run it; return what it says of each thing that it examines, and check the exit code."""

    def run():
        given = ["--corpus", str(places.corpus), "--index", str(places.index)]
        before = snapshot(places)
        code = cli.main(["doctor", "--json", *given])
        assert snapshot(places) == before, "it changed something"
        found = json.loads(capsys.readouterr().out)
        assert code == (1 if any(found.values()) else 0)
        return {about: lines for about, lines in found.items() if lines}

    return run


def snapshot(places):
    folders = (places.corpus, places.index)
    paths = sorted(path for folder in folders for path in folder.rglob("*"))
    return {path: path.is_file() and path.read_bytes() for path in paths}


def build_of(places):
    return places.index / "builds" / (places.index / "CURRENT").read_text().strip()


def test_a_library_in_order_is_in_order(doctor, places, capsys):
    assert doctor() == {}
    given = ["--corpus", str(places.corpus), "--index", str(places.index)]
    assert cli.main(["doctor", *given]) == 0
    printed = capsys.readouterr()
    assert [line.split() for line in printed.out.splitlines()] == [
        [about, "in", "order"]
        for about in ("packages", "models", "folders", "corpus", "history", "index", "cluster")
    ]
    assert printed.err == ""


def test_what_is_wrong_is_counted_and_fails(places, capsys):
    (places.corpus / "files" / "milk.md").unlink()
    given = ["--corpus", str(places.corpus), "--index", str(places.index)]
    assert cli.main(["doctor", *given]) == 1
    printed = capsys.readouterr()
    assert "milk.md: cannot be read (No such file or directory); put the file back" in printed.out
    assert printed.err == "quotewell: found 2 faults: each says what to do\n"


@pytest.mark.parametrize("name", ["documents.jsonl", "vectors.f32", "texts.blake2"])
def test_a_damaged_file_of_the_index_is_named(doctor, places, name):
    (path,) = build_of(places).rglob(name)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    (line,) = doctor()["index"]
    assert line.startswith(f"{path} is truncated or was altered: the index is damaged. Run ")
    assert "build --corpus" in line


def test_a_damaged_pointer_a_missing_index_and_one_of_another_corpus(doctor, places):
    (places.index / "CURRENT").write_text("x")
    assert "does not name a build" in doctor()["index"][0]
    shutil.rmtree(places.index)
    assert "there is no index" in doctor()["index"][0]
    build(places.corpus, places.index, encoder=ToyEncoder())
    (places.corpus / "questions").mkdir()
    (places.corpus / "questions" / "bank.jsonl").write_text("")
    assert "was built with corpus hash" in doctor()["index"][0]


def test_an_index_that_says_something_else_is_told(places, monkeypatch):
    documents = {"notes": None}
    monkeypatch.setattr(
        library_checks,
        "open_index",
        lambda *given: (type("Index", (), {"documents": documents}), None),
    )
    lines = list(library_checks.index(places))
    assert len(lines) == 2
    assert all(
        "says something else than its file; run `quotewell build --anew`" in x for x in lines
    )


def test_what_a_build_that_was_stopped_has_left(doctor, places):
    (places.index / "builds" / "new-1").mkdir()
    (places.index / "builds" / ("1" * 64)).mkdir()
    (places.index / "kept").mkdir()
    (places.index / "CURRENT.new").touch()
    lines = doctor()["index"]
    assert len(lines) == 4
    assert all("is left of a build that was stopped; run `" in line for line in lines)


def test_a_build_that_is_running_has_left_nothing(doctor, places):
    from index.store import new_build

    with new_build(places.index):
        assert doctor() == {}


def test_what_an_interrupted_change_has_left(doctor, places):
    (places.corpus / "files" / ".new-other.md").write_bytes(b"half")
    (line,) = doctor()["corpus"]
    assert ".new-other.md: is left of a change that was interrupted; run `" in line
    (places.corpus / "files" / ".new-other.md").unlink()
    (places.corpus / ".sources.json.new-ab").touch()
    assert ".sources.json.new-ab" in doctor()["corpus"][0]


def test_the_history_and_what_it_keeps(doctor, places):
    kept = places.corpus / "history" / "files"
    (kept / f"{'0' * 64}.md").write_bytes(b"altered")
    (kept / ".new-x.md").write_bytes(b"half")
    log = places.corpus / "history" / "versions.jsonl"
    log.write_text(f"no line\n{log.read_text('utf-8')}", "utf-8")
    damage, left, altered = doctor()["history"]
    assert "line 1: is not a change of a library; restore the file" in damage
    assert left.endswith(".new-x.md: is left of a change that was interrupted; delete it")
    assert altered.endswith("was altered: the versions that hold it cannot be served; restore it")


def test_a_faulty_listing_is_told_fault_by_fault(doctor, places):
    (places.corpus / "files" / "stray.md").write_text("stray")
    assert "'stray.md' is not listed" in doctor()["corpus"][0]


def test_a_folder_that_may_not_be_written_and_a_full_disk(doctor, places, monkeypatch):
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, how: Path(path) != places.index and access(path, how)
    )
    usage = type("Usage", (), {"free": 2**20})
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    forbidden, full = doctor()["folders"]
    assert forbidden == f"{places.index}: may not be written; change its permissions"
    assert ": 1 MiB are free, and a build needs up to 200; make room on the disk" in full


def test_a_package_that_is_missing_or_too_old(doctor, monkeypatch):
    wanted = [
        "numpy>=999.1",
        "filelock[extra]>=1",
        "no-such-package>=1",
        'ray; extra == "cluster"',
    ]
    monkeypatch.setattr(machine.metadata, "requires", lambda name: wanted)
    old, missing = doctor()["packages"]
    assert old.startswith("the package numpy is version ")
    assert old.endswith("older than 999.1; install Quotewell again, as its README says")
    assert missing.startswith("the package no-such-package is missing; install")


def test_a_model_that_is_missing_or_altered(places, monkeypatch):
    monkeypatch.undo()

    def broken(*given):
        raise EncoderError("model.safetensors is missing. Install it again.")

    monkeypatch.setattr(machine, "SentenceEncoder", broken)
    monkeypatch.setattr(machine, "load_classifier", lambda: None)
    assert list(machine.models(places)) == ["model.safetensors is missing. Install it again."] * 2


def test_an_encoder_that_was_kept_with_the_index_and_is_damaged(doctor, monkeypatch):
    def refused(index):
        raise EncoderError(
            "the encoder's file model.safetensors was altered. Run `quotewell build`."
        )

    monkeypatch.setattr(library_checks, "open_encoder", refused)
    (line,) = doctor()["index"]
    assert "model.safetensors was altered. Run `quotewell build" in line


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "not an address"])
def test_a_cluster_that_cannot_be_asked(doctor, monkeypatch, address):
    monkeypatch.setenv("QUOTEWELL_MILVUS", address)
    (line,) = doctor()["cluster"]
    assert "QUOTEWELL_MILVUS" in line or "127.0.0.1:1" in line
