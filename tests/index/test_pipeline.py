import json
from dataclasses import replace

import numpy as np
import pytest

import index.embedding
import index.manifest
from index.errors import (
    DamagedIndexError,
    EmptyCorpusError,
    EncoderError,
    IndexMismatchError,
    NoIndexError,
)
from tests.indexes import build_index, load_retriever, seal_again


def files_of(folder):
    (build,) = (folder / "builds").iterdir()
    return {path.relative_to(build).as_posix(): path for path in build.rglob("*") if path.is_file()}


def texts(hits):
    return [hit.passage.text for hit in hits]


def test_progress_ends_at_the_number_of_texts(tmp_path, corpus, encoder, monkeypatch):
    monkeypatch.setattr("index.segments.vectors.ENCODE_AT_ONCE", 1)
    reports = []
    build_index(*corpus, encoder, tmp_path, "c1", progress=lambda *report: reports.append(report))
    # Of two documents of two passages each.
    assert reports == [(1, 2), (2, 2), (1, 2), (2, 2)]


def test_no_passages_are_refused_and_nothing_is_published(tmp_path, encoder):
    with pytest.raises(EmptyCorpusError):
        build_index([], [], encoder, tmp_path / "index", "c1")
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_passages_that_are_no_slices_of_their_documents_are_refused(folder, corpus, encoder):
    documents, (first, *others) = corpus
    with pytest.raises(IndexMismatchError, match=r"not those of .*`quotewell build`\.$"):
        build_index(documents, [replace(first, text="Other."), *others], encoder, folder, "c2")
    assert load_retriever(folder, encoder, "c1").passages[0] == first


@pytest.mark.parametrize("moment", [1, 2, 3])
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_build_interrupted_while_encoding_leaves_the_old_index(
    folder, corpus, encoder, moment, error, monkeypatch
):
    monkeypatch.setattr("index.segments.vectors.ENCODE_AT_ONCE", 1)

    reports = []

    def interrupt(*report):
        reports.append(report)
        if len(reports) == moment:
            raise error

    with pytest.raises(error):
        build_index(*corpus, encoder, folder, "c2", progress=interrupt)
    assert len(load_retriever(folder, encoder, "c1").passages) == 4


def test_a_loaded_retriever_works_on_when_its_index_is_replaced(retriever, folder, corpus, encoder):
    before = retriever.search("malaria", k=4)
    build_index(*corpus, encoder, folder, "c2")
    assert retriever.search("malaria", k=4) == before


@pytest.mark.parametrize("flaw", ["shape", "length", "nan"])
def test_an_encoder_that_returns_no_unit_vectors_is_refused(tmp_path, corpus, encoder, flaw):
    class Flawed(type(encoder)):
        def encode(self, texts):
            rows = super().encode(texts)
            return {"shape": rows[:, 1:], "length": rows * 2, "nan": rows * np.nan}[flaw]

    with pytest.raises(EncoderError, match=r"encoder toy .*`quotewell build`\.$"):
        build_index(*corpus, Flawed(), tmp_path / "index", "c1")
    with pytest.raises(NoIndexError):
        load_retriever(tmp_path / "index", encoder, "c1")


def everything_in(retriever):
    return [*retriever.documents.values()], [*retriever.passages], [*retriever.sentences]


def test_the_folder_holds_these_files(folder):
    names = {name for name in files_of(folder) if not name.startswith("sparse")}
    assert names == {
        "index.json",
        "order.json",
        "segments/000000/boxes.bin",
        "segments/000000/dense/vectors.f32",
        "segments/000000/documents.jsonl",
        "segments/000000/entries.npz",
        "segments/000000/passages.jsonl",
        "segments/000000/texts.blake2",
    }


def test_every_file_but_the_manifest_is_in_the_manifest(folder):
    files = files_of(folder)
    listed = set(json.loads(files["index.json"].read_text())["files"])
    assert {name for name in files if not name.endswith(".lock")} == listed | {"index.json"}


@pytest.mark.parametrize("damage", ["missing", "truncated", "altered"])
def test_damage_to_any_file_is_refused(folder, encoder, damage):
    for path in files_of(folder).values():
        if not (content := path.read_bytes()):
            continue
        path.unlink()
        if damage != "missing":
            path.write_bytes(
                content[:-1] if damage == "truncated" else bytes([content[0] ^ 1]) + content[1:]
            )
        with pytest.raises(DamagedIndexError, match=r"`quotewell build`\.$"):
            load_retriever(folder, encoder, "c1")
        path.write_bytes(content)
    assert load_retriever(folder, encoder, "c1")


@pytest.mark.parametrize(
    "change", [{"name": "other"}, {"sha256": "1" * 64}, {"dimension": 32}], ids=str
)
def test_an_index_of_another_encoder_is_refused(folder, encoder, change):
    with pytest.raises(IndexMismatchError, match=r"`quotewell build`\.$"):
        load_retriever(folder, replace(encoder, **change), "c1")


def test_an_index_of_another_corpus_is_refused(folder, encoder):
    with pytest.raises(IndexMismatchError, match=r"corpus hash c1, but c2 is wanted"):
        load_retriever(folder, encoder, "c2")


def test_an_index_of_another_version_is_refused(folder, encoder, monkeypatch):
    monkeypatch.setattr(index.manifest, "FORMAT_VERSION", 99)
    with pytest.raises(IndexMismatchError, match=r"version \d+, but 99 is wanted"):
        load_retriever(folder, encoder, "c1")


@pytest.mark.parametrize("name", ["documents.jsonl", "passages.jsonl", "entries.npz"])
@pytest.mark.parametrize("content", [b"", b"{}\n", b"\x80\x04pickle"])
def test_files_that_make_no_sense_are_refused_even_if_their_hashes_were_right(
    folder, encoder, name, content
):
    files_of(folder)[f"segments/000000/{name}"].write_bytes(content)
    seal_again(folder)
    with pytest.raises(DamagedIndexError, match=r"`quotewell build --anew`\.$"):
        everything_in(load_retriever(folder, encoder, "c1"))


@pytest.mark.parametrize("damage", ["missing", "truncated", "altered"])
def test_of_an_index_that_is_known_the_large_files_are_compared_by_size(folder, encoder, damage):
    for name, path in files_of(folder).items():
        content = path.read_bytes()
        is_small = "/" not in name or path.name in ("entries.npz", "meta.json", ".managed.json")
        if not content or (damage == "altered" and not is_small):
            continue
        path.unlink()
        if damage != "missing":
            path.write_bytes(content[:-1] if damage == "truncated" else b"?" + content[1:])
        with pytest.raises(DamagedIndexError, match=r"`quotewell build`\.$"):
            load_retriever(folder, encoder, "c1", is_sealed=True)
        path.write_bytes(content)
    assert load_retriever(folder, encoder, "c1", is_sealed=True)


def altered(folder, name):
    """Alter a number in a file of an index, and nothing else."""
    path = files_of(folder)[f"segments/000000/{name}"]
    content = path.read_bytes()
    assert b"3,900" in content
    path.write_bytes(content.replace(b"3,900", b"9,300"))


ALTERED = r"was altered.*`quotewell build --anew`\.$"


def test_a_document_that_was_altered_is_refused_when_it_is_read(folder, corpus, encoder):
    altered(folder, "documents.jsonl")
    retriever = load_retriever(folder, encoder, "c1", is_sealed=True)
    with pytest.raises(DamagedIndexError, match=ALTERED):
        retriever.documents["malaria"]
    assert retriever.documents["melanoma"] == corpus[0][1]
    assert tuple(retriever.passages) == tuple(corpus[1])


def test_a_passage_that_was_altered_is_refused_when_it_is_found(folder, corpus, encoder):
    altered(folder, "passages.jsonl")
    retriever = load_retriever(folder, encoder, "c1", is_sealed=True)
    with pytest.raises(DamagedIndexError, match=ALTERED):
        retriever.search("Give 3,900 mg", k=1)
    assert retriever.documents["malaria"] == corpus[0][0]
    assert retriever.passages[2] == corpus[1][2]
