"""An index that somebody altered and sealed again, with every digest right: none is opened."""

import json
import shutil

import numpy as np
import pytest

from bank.pipeline import open_index
from bank.questions import read_bank
from corpus.sources import read_corpus
from index.errors import PassageIndexError
from index.segments import building
from ingest.library import ingest_sources
from ingest.passages import pack_passages
from tests.indexes import build_index, name_anew, seal_again
from tests.toys import ToyEncoder

FILES = {
    "drug.md": "# A Drug\n\n## Use\n\nThe drug (ADR) is given every 3 weeks. It is not given at home "
    "[1].\n\n## References\n\n- First A. One. 2001. https://example.org/one\n",
    "guide.md": "# A Guide\n\nAsk your team first. Do not stop by yourself.\n\nSide effects "
    "include:\n\n- fever\n- back pain\n",
}
QUESTION = {
    "question": "How often is it given?",
    "kind": "fact",
    "voice": "patient",
    "required": [[{"doc": "drug", "quote": "The drug (ADR) is given every 3 weeks."}]],
}


def item(name):
    custom = {"file": name, "label": "L", "audience": "patient", "evidence": "E", "rights": "R"}
    return {"id": name.partition(".")[0], "title": "T", "custom": custom}


@pytest.fixture(scope="module")
def whole(tmp_path_factory, few_steps):
    """A corpus of two documents and a bank, and its index."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in FILES.items():
        (folder / "files").mkdir(exist_ok=True)
        (folder / "files" / name).write_text(text, "utf-8")
    (folder / "sources.json").write_text(json.dumps([item(name) for name in FILES]), "utf-8")
    (folder / "questions").mkdir()
    (folder / "questions" / "bank.jsonl").write_text(json.dumps(QUESTION), "utf-8")
    corpus, encoder = read_corpus(folder), ToyEncoder()
    documents, _ = ingest_sources(corpus.sources)
    passages = [p for d in documents.values() for p in pack_passages(d, encoder.count_tokens)]
    questions = read_bank(folder / "questions", documents)
    index = folder.with_name("index")
    build_index(documents.values(), passages, encoder, index, corpus.sha256, questions)
    return corpus, index


@pytest.fixture
def corpus(whole):
    return whole[0]


@pytest.fixture
def index(whole, tmp_path):
    return shutil.copytree(whole[1], tmp_path / "index")


def build_of(index):
    (build,) = (index / "builds").iterdir()
    return build


SEGMENT = "segments/000000"


def lines(name, change):
    """Alter the records of a file of JSON lines."""
    name = f"{SEGMENT}/{name}"

    def alter(build):
        records = [json.loads(line) for line in (build / name).read_text("utf-8").splitlines()]
        changed = change(records) or records
        (build / name).write_text("".join(json.dumps(one) + "\n" for one in changed), "utf-8")

    return alter


def documents(change):
    return lines("documents.jsonl", lambda records: change(records[0]))


def text_of(record, old, new):
    for key in ("text", "source"):
        assert old in record[key]
        record[key] = record[key].replace(old, new)


def cut_off(record):
    """Let the second sentence begin after its "not"."""
    at = record["text"].index("given at home")
    sentence = next(s for s in record["sentences"] if s[0] < at < s[1])
    sentence[0] = at


def vectors(change):
    def alter(build):
        path = build / SEGMENT / "dense/vectors.f32"
        rows = np.fromfile(path, dtype="<f4").reshape(-1, ToyEncoder.dimension)
        path.write_bytes(change(rows).tobytes())

    return alter


def record(name, change):
    """Alter what a file of JSON holds."""

    def alter(build):
        held = json.loads((build / name).read_text("utf-8"))
        change(held)
        (build / name).write_text(json.dumps(held), "utf-8")

    return alter


def entries(change):
    """Alter the columns of what a segment holds."""

    def alter(build):
        path = build / SEGMENT / "entries.npz"
        with np.load(path) as stored:
            columns = dict(stored)
        change(columns)
        np.savez(path, **columns)

    return alter


def entry(**changes):
    def change(columns):
        for name, value in changes.items():
            columns[name] = np.array([value, *columns[name][1:]])

    return entries(change)


def bank(**changes):
    def alter(build):
        with np.load(build / "bank.npz") as stored:
            arrays = dict(stored)
        changed = {name: change(arrays[name]) for name, change in changes.items()}
        np.savez(build / "bank.npz", **arrays | changed)

    return alter


def written(name, content):
    return lambda build: (build / name).write_bytes(content)


def removed(name):
    def alter(build):
        path = build / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return alter


def swapped(one, other):
    def alter(build):
        (build / one).rename(build / "between")
        (build / other).rename(build / one)
        (build / "between").rename(build / other)

    return alter


def nan(rows):
    return rows * np.float32("nan")


DEEP = b"[" * 100_000
ALTERED = {
    "a number in the text": documents(lambda d: text_of(d, "3 weeks", "9 weeks")),
    "a word left out of the text": documents(lambda d: text_of(d, "not given", "given")),
    "the text alone": documents(lambda d: d.update(text=d["text"].replace("3", "9"))),
    "a sentence that begins later": documents(cut_off),
    "a heading": documents(lambda d: d["sections"][1][0].append("Not for adults")),
    "the title": documents(lambda d: d.update(title="Another Drug")),
    "the address of a reference": documents(lambda d: d["references"][0].__setitem__(4, "x")),
    "what a short form stands for": documents(lambda d: d.update(abbreviations=[["A", "b", 0, 3]])),
    "where the text is in the file": documents(lambda d: d.update(runs=d["runs"][:-1])),
    "what was joined": documents(lambda d: d.update(seams=[[20, "break"]])),
    "the digest of the file": documents(lambda d: d.update(sha256="0" * 64)),
    "a document removed": lines("documents.jsonl", lambda all_of_them: all_of_them[:1]),
    "a document added": lines(
        "documents.jsonl", lambda all_of_them: [*all_of_them, all_of_them[0] | {"doc_id": "new"}]
    ),
    "documents nested deeply": written(f"{SEGMENT}/documents.jsonl", DEEP),
    "a passage of half a sentence": lines(
        "passages.jsonl", lambda all_of_them: all_of_them[0]["span"].__setitem__(0, 12)
    ),
    "another text of a passage": lines(
        "passages.jsonl", lambda all_of_them: all_of_them[0].update(text="Other.")
    ),
    "a passage removed": lines("passages.jsonl", lambda all_of_them: all_of_them[1:]),
    "passages nested deeply": written(f"{SEGMENT}/passages.jsonl", DEEP),
    "vectors that are no numbers": vectors(nan),
    "vectors that are too long": vectors(lambda rows: rows * 2),
    "vectors of another shape": vectors(lambda rows: rows[:, 1:]),
    "vectors of another kind": vectors(lambda rows: rows.astype(np.float64)),
    "a vector missing": vectors(lambda rows: rows[1:]),
    "no vectors": written(f"{SEGMENT}/dense/vectors.f32", b""),
    "a digest of a text missing": written(f"{SEGMENT}/texts.blake2", b"0" * 16),
    "a document without passages": entry(passages=0),
    "a document with a sentence more": entry(sentences=99),
    "a document of another number": entry(number=7),
    "a document of a negative number": entry(number=-1),
    "a document of another name": entry(doc_id=b"other"),
    "a document of another file": entry(sha256=b"0" * 64),
    "a document with a unit more": entry(units=99),
    "sentences counted for other passages": entries(
        lambda columns: columns["sentences_of"].__setitem__(slice(2), [1, 3])
    ),
    "a column missing": entries(lambda columns: columns.pop("units")),
    "columns of another kind": entries(
        lambda columns: columns.update(passages=columns["passages"].astype(float))
    ),
    "entries that are no archive": written(f"{SEGMENT}/entries.npz", b"PK"),
    "entries nested deeply": written(f"{SEGMENT}/entries.npz", DEEP),
    "a document left out of the order": record("order.json", lambda held: held["documents"].pop()),
    "the order turned": record("order.json", lambda held: held["documents"].reverse()),
    "a document twice": record(
        "order.json", lambda held: held["documents"].append(held["documents"][0])
    ),
    "a document of no segment": record(
        "order.json", lambda held: held["documents"].append(["new", "000009"])
    ),
    "a document that its segment lacks": record(
        "order.json", lambda held: held["documents"].append(["new", "000000"])
    ),
    "a segment outside": record(
        "order.json", lambda held: held["documents"][0].__setitem__(1, "../segments/000000")
    ),
    "an order nested deeply": written("order.json", DEEP),
    "a segment without its boxes": removed(f"{SEGMENT}/boxes.bin"),
    "a segment with another file": written(f"{SEGMENT}/more.bin", b""),
    "a segment that no document is in": lambda build: shutil.copytree(
        build / SEGMENT, build / "segments" / "000001"
    ),
    "the two word indexes exchanged": swapped("sparse", "sparse_sentences"),
    "no word index": removed("sparse"),
    "a word index without its list": removed("sparse/meta.json"),
    "a bank of no numbers": bank(vectors=nan),
    "a classifier of no numbers": bank(out=nan),
    "a classifier of fewer units": bank(out=lambda out: out[..., 1:]),
    "a classifier without networks": bank(hidden=lambda hidden: hidden[:0]),
    "a bank without its file": removed("bank.npz"),
    "a bank that is no archive": written("bank.npz", b"PK"),
    "a file that does not belong there": written("more.jsonl", b"{}"),
    "a file that is called a lock": written("sparse/more.lock", b"{}"),
    "a folder that does not belong there": lambda build: (
        (build / "more").mkdir(),
        (build / "more" / "file").write_bytes(b""),
    ),
}


def test_an_index_that_was_sealed_again_unchanged_is_opened(index, corpus):
    seal_again(index, built="now")
    retriever, known = open_index(index, corpus, ToyEncoder())
    assert len(retriever.documents) == 2
    assert len(known.questions) == 1


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED.keys())
def test_an_altered_index_is_refused_however_well_it_is_sealed(index, corpus, alter):
    alter(build_of(index))
    seal_again(index)
    with pytest.raises(PassageIndexError, match=r"`quotewell build( --anew)?`\.$") as refused:
        open_index(index, corpus, ToyEncoder())
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("files", [{}, [], None, "x", {"order.json": 1}, {"../../x": "0"}])
def test_a_manifest_lists_exactly_the_files_that_are_there(index, corpus, files):
    seal_again(index, files=files)
    with pytest.raises(PassageIndexError, match=r"`quotewell build`\.$"):
        open_index(index, corpus, ToyEncoder())


@pytest.mark.parametrize("name", [f"{SEGMENT}/documents.jsonl", "bank.npz", "sparse/meta.json"])
def test_no_file_may_be_missing_from_the_manifest(index, corpus, name):
    seal_again(index)
    listed = json.loads((build_of(index) / "index.json").read_text())["files"]
    seal_again(index, files={one: digest for one, digest in listed.items() if one != name})
    with pytest.raises(PassageIndexError, match=f"{name} is not in the manifest"):
        open_index(index, corpus, ToyEncoder())


@pytest.mark.parametrize("content", [DEEP, b"[]", b"{}", b'{"version": {}}', b"\xff"])
def test_a_manifest_that_says_something_else_is_refused(index, corpus, content):
    (build_of(index) / "index.json").write_bytes(content)
    name_anew(index)
    with pytest.raises(PassageIndexError, match=r"`quotewell build`\.$"):
        open_index(index, corpus, ToyEncoder())


@pytest.mark.parametrize("left_out", [0, -1])
def test_an_index_that_was_built_without_a_passage_is_refused(index, corpus, left_out):
    encoder, (documents, _) = ToyEncoder(), ingest_sources(corpus.sources)
    passages = [p for d in documents.values() for p in pack_passages(d, encoder.count_tokens)]
    del passages[left_out]
    build_index(documents.values(), passages, encoder, index, corpus.sha256)
    with pytest.raises(PassageIndexError, match="something else than the files"):
        open_index(index, corpus, encoder)


def test_what_another_version_read_is_built_again(index, corpus, monkeypatch):
    documents, _ = ingest_sources(corpus.sources)
    encoder = ToyEncoder()
    passages = [p for d in documents.values() for p in pack_passages(d, encoder.count_tokens)]
    monkeypatch.setattr(building, "reading_version", lambda: "another")
    build_index(documents.values(), passages[:-1], encoder, index, corpus.sha256)
    with pytest.raises(PassageIndexError, match=r"another version .* `quotewell build`\.$"):
        open_index(index, corpus, encoder)


def test_at_least_twenty_ways_are_tried():
    assert len(ALTERED) >= 20


def test_files_that_changed_since_are_noticed(index, corpus, tmp_path):
    folder = shutil.copytree(corpus.folder, tmp_path / "corpus")
    (folder / "files" / "drug.md").write_text(FILES["drug.md"].replace("3", "9"), "utf-8")
    with pytest.raises(PassageIndexError, match="corpus hash"):
        open_index(index, read_corpus(folder), ToyEncoder())
