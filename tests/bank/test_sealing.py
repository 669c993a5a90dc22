"""An index that was built or compared here is believed; any other is compared with its files."""

import hashlib
import json
import shutil

import numpy as np
import pytest

from answer.build import build
from answer.opening import open_index
from bank import pipeline, sealing
from corpus.sources import open_corpus, read_corpus
from index.errors import DamagedIndexError, PassageIndexError
from tests.indexes import seal_again
from tests.toys import ToyEncoder

TEXT = "# A Drug\n\n## Use\n\nIt is given every 3 weeks. It is not given at home.\n"
SEGMENT = "segments/000000"


def write(folder, name, text):
    (folder / "files").mkdir(parents=True, exist_ok=True)
    (folder / "files" / f"{name}.md").write_text(text)
    names = sorted(path.stem for path in (folder / "files").iterdir())
    items = [{"id": name, "custom": {"file": f"{name}.md", "label": "L"}} for name in names]
    (folder / "sources.json").write_text(json.dumps(items))


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTEWELL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def corpus(tmp_path):
    write(tmp_path / "corpus", "drug", TEXT)
    return tmp_path / "corpus"


@pytest.fixture
def index(corpus, tmp_path):
    build(corpus, tmp_path / "index", encoder=ToyEncoder())
    return tmp_path / "index"


@pytest.fixture
def compared(monkeypatch):
    """One entry for each time that an index was compared with the files."""
    times, compare = [], sealing.compare_with_files
    monkeypatch.setattr(
        pipeline, "compare_with_files", lambda *given: times.append(given) or compare(*given)
    )
    return times


def opened(index, corpus):
    return open_index(index, read_corpus(corpus), ToyEncoder())[0]


def build_of(index):
    return index / "builds" / (index / "CURRENT").read_text().strip()


def test_what_was_built_here_is_believed(index, corpus, compared):
    assert len(opened(index, corpus).documents) == 1
    assert compared == []


def test_what_somebody_else_built_is_compared_once(index, corpus, compared, home):
    (home / "key").unlink()
    for _ in range(3):
        assert len(opened(index, corpus).documents) == 1
    assert len(compared) == 1


def test_without_a_place_for_the_key_it_is_compared_every_time(index, corpus, compared, home):
    shutil.rmtree(home)
    home.write_text("a file where the folder should be")
    for _ in range(3):
        opened(index, corpus)
    assert len(compared) == 3


def test_what_another_version_of_our_reading_built_is_compared(
    index, corpus, compared, monkeypatch
):
    monkeypatch.setattr(sealing, "reading_version", lambda: "later")
    opened(index, corpus)
    assert len(compared) == 1


def said(build, old, new):
    for name in ("documents.jsonl", "passages.jsonl"):
        path = build / SEGMENT / name
        assert old in path.read_bytes()
        path.write_bytes(path.read_bytes().replace(old, new))


@pytest.mark.parametrize("seal", ["kept", "of another", "none"])
def test_a_false_sentence_is_refused_with_every_digest_right(index, corpus, tmp_path, seal):
    said(build_of(index), b"3 weeks", b"9 weeks")
    if seal == "of another":
        write(tmp_path / "more", "drug", TEXT)
        build(tmp_path / "more", tmp_path / "more.index", encoder=ToyEncoder())
        shutil.copy(build_of(tmp_path / "more.index") / "seal", build_of(index) / "seal")
    elif seal == "none":
        (build_of(index) / "seal").unlink()
    seal_again(index)
    with pytest.raises(PassageIndexError, match=r"`quotewell build( --anew)?`\.$"):
        opened(index, corpus)


def test_a_false_sentence_is_never_said_even_if_the_index_opens(index, corpus):
    said(build_of(index), b"3 weeks", b"9 weeks")
    retriever = opened(index, corpus)
    for read in (retriever.documents.__getitem__, lambda _: retriever.passages[0]):
        with pytest.raises(DamagedIndexError, match=r"`quotewell build --anew`\.$"):
            read("drug")


def test_other_vectors_change_what_is_found_and_nothing_that_is_said(index, corpus):
    path = build_of(index) / SEGMENT / "dense/vectors.f32"
    rows = np.fromfile(path, dtype="<f4").reshape(-1, ToyEncoder.dimension)
    path.write_bytes(rows[::-1].tobytes())
    retriever = opened(index, corpus)
    text = retriever.documents["drug"].text
    for hit in retriever.search("weeks", k=3):
        assert hit.passage.text in text


def test_an_earlier_build_in_the_place_of_the_present_one_is_refused(index, corpus, tmp_path):
    earlier = shutil.copytree(index, tmp_path / "earlier")
    write(corpus, "drug", TEXT.replace("3 weeks", "9 weeks"))
    build(corpus, index, encoder=ToyEncoder())
    shutil.rmtree(index)
    shutil.copytree(earlier, index)
    with pytest.raises(PassageIndexError, match=r"corpus hash"):
        open_index(index, open_corpus(corpus), ToyEncoder())


def test_a_build_that_takes_over_from_what_others_wrote_is_not_believed(index, corpus, compared):
    said(build_of(index), b"3 weeks", b"9 weeks")
    seal_again(index)
    write(corpus, "other", "# Another\n\nSay nothing.\n")
    build(corpus, index, encoder=ToyEncoder())
    with pytest.raises(PassageIndexError, match=r"`quotewell build --anew`\.$"):
        opened(index, corpus)
    assert len(compared) == 1
    build(corpus, index, encoder=ToyEncoder(), anew=True)
    assert "3 weeks" in opened(index, corpus).documents["drug"].text


def test_a_reading_that_somebody_put_among_those_that_are_kept_is_not_believed(corpus, tmp_path):
    index = tmp_path / "index"

    def stop(what, done, total):
        if what == "encoding":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(corpus, index, stop, encoder=ToyEncoder())
    (kept,) = (index / "kept" / "readings").iterdir()
    content = kept.read_bytes()
    assert b"3 weeks" in content
    body = content[32:].replace(b"3 weeks", b"9 weeks")
    kept.write_bytes(hashlib.sha256(body).digest() + body)
    build(corpus, index, encoder=ToyEncoder())
    assert "3 weeks" in opened(index, corpus).documents["drug"].text
