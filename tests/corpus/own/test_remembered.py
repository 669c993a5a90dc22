"""A file that looks as it did when it was hashed is not read again."""

import os

import pytest

from corpus.own import remembered as module
from corpus.own.remembered import remembered


@pytest.fixture
def hashed(monkeypatch):
    """The names of the files that are read, and hashed by their texts."""
    names = []
    monkeypatch.setattr(
        module, "file_digest", lambda file: names.append(file.name) or file.read_text()
    )
    return names


@pytest.fixture
def settled(monkeypatch):
    """Files are old at once."""
    monkeypatch.setattr(module, "SETTLED_NS", -(10**12))


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTEWELL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "corpus" / "a.md"
    path.parent.mkdir()
    path.write_text("one")
    return path


def digest_of(file):
    with remembered(file.parent) as digest:
        return digest(file)


@pytest.mark.usefixtures("settled")
def test_a_file_is_hashed_once(file, hashed):
    assert [digest_of(file) for _ in range(3)] == ["one"] * 3
    assert hashed == ["a.md"]


@pytest.mark.usefixtures("settled")
def test_a_file_that_changed_is_hashed_again_even_if_its_time_is_set_back(file, hashed):
    digest_of(file)
    before = file.stat()
    file.write_text("two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert digest_of(file) == "two"
    assert len(hashed) == 2


@pytest.mark.usefixtures("settled")
def test_another_file_in_its_place_is_hashed(file, hashed):
    digest_of(file)
    new = file.with_name("new")
    new.write_text("two")
    new.replace(file)
    assert digest_of(file) == "two"


def test_a_file_that_was_written_just_now_is_hashed_every_time(file, hashed):
    assert [digest_of(file) for _ in range(3)] == ["one"] * 3
    assert len(hashed) == 3


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("content", ["", "[]", "{", '{"x": 1}', "[" * 100_000])
def test_what_cannot_be_read_of_it_is_forgotten(file, hashed, home, content):
    digest_of(file)
    (kept,) = (home / "digests").iterdir()
    kept.write_text(content)
    assert digest_of(file) == "one"
    assert len(hashed) == 2


@pytest.mark.usefixtures("settled")
def test_where_nothing_can_be_kept_every_file_is_hashed(file, hashed, home):
    home.write_text("a file where the folder should be")
    assert [digest_of(file) for _ in range(2)] == ["one"] * 2
    assert len(hashed) == 2
