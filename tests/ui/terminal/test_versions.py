"""The versions of a library are listed, and one of them is asked from an index of its own."""

import json

import pytest

from corpus.sources import read_corpus
from library.history import keep, record
from tests.corpus.conftest import make_item
from ui.settings import Places
from ui.terminal import cli
from ui.terminal.owner import versions
from ui.terminal.owner.versions import list_versions, pinned


@pytest.fixture
def places(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "one.md").write_text("# One\n\nThe first words.\n")
    (folder / "sources.json").write_text(json.dumps([make_item()]))
    record(folder)
    return Places(folder, tmp_path / "index")


@pytest.fixture
def first(places):
    """The version before its document was replaced."""
    version = read_corpus(places.corpus).version
    keep(places.corpus, [places.corpus / "files" / "one.md"])
    (places.corpus / "files" / "one.md").write_text("# One\n\nOther words.\n")
    return version


@pytest.fixture
def built(monkeypatch):
    """Every corpus that is built, without a model."""
    from answer import build as module

    seen = []

    class Report:
        skipped = ()

    def build(corpus, index, progress=None):
        seen.append(corpus)
        return Report()

    monkeypatch.setattr(module, "build", build)
    monkeypatch.setattr(versions, "_is_built", lambda places: places.corpus in seen)
    return seen


def test_versions_are_listed_the_newest_first_with_what_they_changed(places, first):
    now, added = list_versions(places)
    assert now == f"{read_corpus(places.corpus).version}  now, not yet noted\n"
    assert added.startswith(f"{first}  ")
    assert added.endswith(": added one\n")
    record(places.corpus)
    newest, _ = list_versions(places)
    assert newest.endswith(": replaced one\n")


def test_a_version_is_checked_out_below_the_index_and_built_once(places, first, built):
    own = pinned(places, first[:4])
    assert own.corpus == places.index / "versions" / first / "corpus"
    assert "The first words." in (own.corpus / "files" / "one.md").read_text()
    assert pinned(places, first) == own
    assert built == [own.corpus]


def test_below_an_index_that_was_never_built_a_version_keeps_its_place(places, first, built):
    from index.store import new_build

    pinned(places, first)
    with new_build(places.index):
        pass
    assert (places.index / "versions" / first / "corpus" / "sources.json").is_file()


def test_an_unknown_version_is_one_line_with_the_newest_ones(places, first, capsys):
    given = ["--corpus", str(places.corpus), "--index", str(places.index)]
    assert cli.main(["ask", "Why?", "--version", "ffff", *given]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "'ffff' is not a version of this library; the newest are " in told
    assert first in told


def test_the_answer_comes_from_the_version_that_was_named(
    places, first, built, pipeline, answerer, capsys
):
    asked = []
    pipeline.load_answerer = lambda corpus, *rest, **how: asked.append(corpus) or answerer
    given = ["--corpus", str(places.corpus), "--index", str(places.index)]
    assert cli.main(["ask", "Why?", "--version", first[:6], "--json", *given]) == 0
    assert asked == built
    assert json.loads(capsys.readouterr().out)["version"] == answerer.version


def test_a_build_notes_the_version_and_says_so_where_that_cannot_be(places, monkeypatch, capsys):
    (places.corpus / "files" / "one.md").write_text("Changed by hand.\n")
    versions.note(places)
    assert [line.count("replaced one") for line in list_versions(places)] == [1, 0]

    def refuse(folder):
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(versions, "record", refuse)
    versions.note(places)
    assert "this version was not noted (Permission denied)" in capsys.readouterr().err


def test_nothing_is_written_into_the_library_that_comes_with_the_program(monkeypatch):
    monkeypatch.setattr(versions, "record", None)
    versions.note(Places.of(environment={}))


def test_while_the_library_has_no_index_yet_the_version_before_answers_and_a_line_says_so(
    places, pipeline, answerer, capsys, monkeypatch
):
    then = read_corpus(places.corpus)

    def moved(corpus, index, load):
        return load(then), "0123456789ab"

    asked = []
    pipeline.load_answerer = lambda corpus, *rest, **how: asked.append(corpus) or answerer
    monkeypatch.setattr("ui.terminal.library.open_last", moved)
    given = ["--corpus", str(places.corpus), "--index", str(places.index)]
    assert cli.main(["ask", "Why?", *given]) == 0
    printed = capsys.readouterr()
    assert asked == [then]
    assert "version 0123456789ab, from before, answers: run `quotewell build" in printed.err
    assert printed.err.count("\n") == 1
