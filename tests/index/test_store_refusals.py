"""What is never opened and never overwritten, with one text file in place of a real index."""

from dataclasses import replace

import pytest

import index.manifest
from index.errors import DamagedIndexError, ForeignFolderError, IndexMismatchError, NoIndexError
from tests.indexes import name_anew


def snapshot(folder):
    return {path: path.is_file() and path.read_bytes() for path in sorted(folder.rglob("*"))}


# Nothing built yet


@pytest.mark.parametrize("state", ["missing", "empty", "foreign", "file"])
def test_a_folder_without_an_index_says_so(new_store, state):
    if state == "file":
        new_store.folder.write_text("notes")
    elif state != "missing":
        new_store.folder.mkdir()
    if state == "foreign":
        (new_store.folder / "notes.txt").write_text("notes")
    with pytest.raises(NoIndexError, match=r"no index in .*`quotewell build`\.$"):
        new_store.get()


# Foreign folders


@pytest.mark.parametrize("name", ["notes.txt", "CURRENT", "builds/mine.txt"])
def test_a_folder_of_something_else_is_refused_and_left_untouched(new_store, name):
    path = new_store.folder / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    before = snapshot(new_store.folder)
    with pytest.raises(ForeignFolderError, match=r"not an index.*`quotewell build`\.$"):
        new_store.put("new")
    assert snapshot(new_store.folder) == before


def test_a_file_in_place_of_the_folder_is_refused(new_store):
    new_store.folder.write_text("mine")
    with pytest.raises(ForeignFolderError):
        new_store.put("new")
    assert new_store.folder.read_text() == "mine"


def test_an_empty_folder_becomes_an_index(new_store):
    new_store.folder.mkdir()
    new_store.put("new")
    assert new_store.get() == "new"


def test_other_files_beside_an_index_are_left_alone(store):
    (store.folder / "README").write_text("mine")
    store.put("new")
    assert (store.folder / "README").read_text() == "mine"


# Damage


@pytest.mark.parametrize("name", ["sub/data.txt", "index.json"])
@pytest.mark.parametrize("damage", ["missing", "truncated", "altered"])
def test_a_damaged_file_is_refused(store, name, damage):
    path = store.build / name
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(content[:-1] if damage == "truncated" else b"X" + content[1:])
    with pytest.raises(DamagedIndexError, match=rf"{path}.*damaged\. Run `quotewell build`\.$"):
        store.get()


@pytest.mark.parametrize("content", ["", "abc", "../../elsewhere", "0" * 64, "é" * 64, b"\xff"])
def test_a_damaged_pointer_is_refused(store, content):
    (store.folder / "CURRENT").write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )
    with pytest.raises(DamagedIndexError, match=r"`quotewell build`\.$"):
        store.get()


def test_a_damaged_index_can_be_built_again(store):
    (store.folder / "CURRENT").write_text("")
    store.put("new")
    assert store.get() == "new"


@pytest.mark.parametrize(
    "content", ["[]", "{}", f'{{"version": {index.manifest.FORMAT_VERSION}}}', "not JSON"]
)
def test_a_manifest_that_is_none_is_refused(store, content):
    (store.build / "index.json").write_text(content)
    name_anew(store.folder)
    with pytest.raises(DamagedIndexError, match="is not a manifest"):
        store.get()


# Another origin


@pytest.mark.parametrize(
    ("field", "value"),
    [("encoder", "other"), ("encoder_sha256", "1" * 64), ("dimension", 3), ("corpus_hash", "c2")],
)
def test_an_index_of_another_origin_is_refused(store, field, value):
    message = (
        rf"with {field.replace('_', ' ')} {getattr(store.origin, field)}, but {value} is wanted"
    )
    with pytest.raises(IndexMismatchError, match=rf"{message}\. Run `quotewell build`\.$"):
        store.get(replace(store.origin, **{field: value}))


def test_an_index_of_another_version_is_refused(store, monkeypatch):
    monkeypatch.setattr(index.manifest, "FORMAT_VERSION", index.manifest.FORMAT_VERSION + 1)
    with pytest.raises(IndexMismatchError, match=r"with version \d+, but \d+ is wanted"):
        store.get()
