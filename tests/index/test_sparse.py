import math
import os
import shutil
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DamagedIndexError
from index.parts.runs import Runs
from index.sparse import SparseIndex, SparseWriter

PASSAGES = [
    ("a", ["malaria", "fever", "malaria"]),
    ("a", ["fever", "night"]),
    ("b", ["skin", "cancer", "fever", "fever"]),
    ("b", []),
]


def keys(*numbers):
    """Keys in row order."""
    return Runs.of(np.array(numbers, dtype=np.int64))


def write(passages, folder, first=0, removed=()):
    """Add pairs of doc_id and tokens, with keys from ``first``."""
    writer = SparseWriter(folder)
    for doc_id in removed:
        writer.remove(doc_id)
    for key, (doc_id, tokens) in enumerate(passages, start=first):
        writer.add(doc_id, [(key, tokens)])
    writer.commit()


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return SparseIndex.build(PASSAGES, tmp_path_factory.mktemp("sparse"))


def bm25(query, k1=1.2, b=0.75):
    """Score PASSAGES by the formula."""
    lists = [tokens for _, tokens in PASSAGES]
    mean_length = sum(map(len, lists)) / len(lists)
    holding = {token: sum(token in tokens for tokens in lists) for token in set(query)}
    idf = {t: math.log(1 + (len(lists) - n + 0.5) / (n + 0.5)) for t, n in holding.items()}
    scores = []
    for tokens in lists:
        damping, counts = k1 * (1 - b + b * len(tokens) / mean_length), Counter(tokens)
        scores.append(sum(idf[t] * (k1 + 1) * counts[t] / (counts[t] + damping) for t in idf))
    return np.array(scores)


def scores_of(index, query):
    """Return the score of every passage, in row order; 0 where no token is shared."""
    in_order = np.zeros(len(index), dtype=np.float32)
    scores, rows = index.search(query, k=len(index))
    in_order[rows] = scores
    return in_order


@pytest.mark.parametrize(
    "query", [["malaria"], ["fever"], ["skin", "night"], ["fever", "unknown"], ["fever"] * 3]
)
def test_scores_are_those_of_bm25(index, query):
    scores = scores_of(index, query)
    assert scores.dtype == np.float32
    assert scores == pytest.approx(bm25(query), abs=1e-5)


def test_the_best_passage_comes_first(index):
    scores, rows = index.search(["fever", "night"], k=10)
    assert rows.tolist() == [1, 2, 0]
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)


def test_passages_that_share_no_token_are_no_hits(index):
    assert index.search(["malaria"], k=10)[1].tolist() == [0]
    assert index.search(["unknown"], k=10)[1].tolist() == []
    assert index.search([], k=10)[1].tolist() == []


def test_at_most_k_passages_are_found(index):
    assert index.search(["fever"], k=1)[1].tolist() == [2]


def test_only_the_named_documents_are_searched_with_the_scores_of_all(index):
    scores, rows = index.search(["fever"], k=10, documents=["b"])
    assert rows.tolist() == [2]
    assert scores[0] == scores_of(index, ["fever"])[2]
    assert index.search(["fever"], k=10, documents=[])[1].tolist() == []


def test_equal_passages_come_in_row_order(tmp_path):
    index = SparseIndex.build([("a", ["same"])] * 50, tmp_path)
    assert index.search(["same"], k=20)[1].tolist() == list(range(20))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_no_character_of_a_token_has_a_meaning_of_its_own(index, tokens):
    assert 0 in index.search([*tokens, "malaria"], k=4)[1]


def test_operators_of_query_languages_are_plain_tokens(tmp_path):
    odd = ['"', "*", "AND", "fever^2", "tokens:fever", "[a", "(", "-fever", "\\", "/x/"]
    index = SparseIndex.build([("a/b c", odd), ("b", ["fever"])], tmp_path)
    for token in odd:
        assert index.search([token], k=10)[1].tolist() == [0]
    assert index.search(["("], k=10, documents=["a/b c"])[1].tolist() == [0]


def test_a_built_index_is_loaded_as_it_was(tmp_path):
    built = SparseIndex.build(PASSAGES, tmp_path)
    loaded = SparseIndex.load(tmp_path, keys(0, 1, 2, 3))
    assert len(loaded) == len(built) == 4
    assert scores_of(loaded, ["fever"]).tolist() == scores_of(built, ["fever"]).tolist()


def test_an_index_that_may_not_be_written_to_can_be_read(tmp_path, monkeypatch):
    SparseIndex.build(PASSAGES, tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    monkeypatch.setattr("index.sparse.os.access", lambda path, mode: False)
    assert SparseIndex.load(tmp_path, keys(0, 1, 2, 3)).search(["malaria"], k=1)[1].tolist() == [0]
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("damage", ["empty", "missing", "meta"])
def test_a_folder_that_holds_no_index_is_refused(tmp_path, damage):
    folder = tmp_path / "sparse"
    if damage != "missing":
        folder.mkdir()
    if damage == "meta":
        SparseIndex.build(PASSAGES, folder)
        (folder / "meta.json").write_text("{")
    with pytest.raises(DamagedIndexError, match=r"cannot read .*`quotewell build`\.$"):
        SparseIndex.load(folder, keys(0, 1, 2, 3))


class PanicException(BaseException):
    """What tantivy raises where it does not expect damage: no Exception."""


def test_damage_that_shows_only_in_a_search_is_told_as_damage(tmp_path, monkeypatch):
    built = SparseIndex.build(PASSAGES, tmp_path)

    def panic(query, k):
        raise PanicException("range start index 251658240 out of range")

    monkeypatch.setattr(built, "_found", panic)
    with pytest.raises(DamagedIndexError, match=r"words is damaged\. Run `quotewell build`\.$"):
        built.search(["fever"], k=1)


def test_ctrl_c_in_a_search_is_no_damage(tmp_path, monkeypatch):
    built = SparseIndex.build(PASSAGES, tmp_path)

    def interrupt(query, k):
        raise KeyboardInterrupt

    monkeypatch.setattr(built, "_found", interrupt)
    with pytest.raises(KeyboardInterrupt):
        built.search(["fever"], k=1)


def test_passages_that_are_added_later_count_as_if_they_had_been_there_from_the_start(tmp_path):
    whole = SparseIndex.build(PASSAGES, tmp_path / "whole")
    write(PASSAGES[2:], tmp_path / "parts", first=20)
    write(PASSAGES[:2], tmp_path / "parts", first=10)
    parts = SparseIndex.load(tmp_path / "parts", keys(10, 11, 20, 21))
    for query in (["fever"], ["malaria", "skin"], ["night"]):
        assert scores_of(parts, query).tolist() == scores_of(whole, query).tolist()
        assert parts.search(query, k=4)[1].tolist() == whole.search(query, k=4)[1].tolist()


def test_what_was_removed_is_not_found_and_can_be_added_again(tmp_path):
    write(PASSAGES, tmp_path)
    write([("a", ["fever", "again"])], tmp_path, first=9, removed=["a"])
    changed = SparseIndex.load(tmp_path, keys(9, 2, 3))
    assert len(changed) == 3
    assert changed.search(["malaria"], k=3)[1].tolist() == []
    assert changed.search(["again"], k=3)[1].tolist() == [0]
    assert changed.search(["skin"], k=3)[1].tolist() == [1]


@pytest.mark.parametrize("numbers", [[0, 1, 2], [0, 1, 2, 3, 4], []])
def test_an_index_of_more_or_fewer_keys_is_refused(tmp_path, numbers):
    write(PASSAGES, tmp_path)
    with pytest.raises(DamagedIndexError, match=r"`quotewell build`\.$"):
        SparseIndex.load(tmp_path, keys(*numbers)).check()


def test_opening_reads_no_keys(tmp_path, monkeypatch):
    write(PASSAGES, tmp_path)
    monkeypatch.setattr(SparseIndex, "_found", None)
    assert len(SparseIndex.load(tmp_path, keys(0, 1, 2, 3))) == 4


def test_files_that_another_index_shares_are_never_changed(tmp_path):
    write(PASSAGES, tmp_path / "old")
    shared = {p.name: p.read_bytes() for p in (tmp_path / "old").iterdir()}
    (tmp_path / "new").mkdir()
    for name in shared:
        if name.endswith(".json"):
            shutil.copyfile(tmp_path / "old" / name, tmp_path / "new" / name)
        elif not name.endswith(".lock"):
            os.link(tmp_path / "old" / name, tmp_path / "new" / name)
    for n in range(12):  # so that the engine merges
        write([("c", ["fever"])], tmp_path / "new", first=4 + n, removed="a" * (n == 3))
    assert {p.name: p.read_bytes() for p in (tmp_path / "old").iterdir()} == shared
    assert SparseIndex.load(tmp_path / "old", keys(0, 1, 2, 3)).search(["malaria"], k=1)[1].tolist()
    new = SparseIndex.load(tmp_path / "new", keys(2, 3, *range(4, 16)))
    assert len(new) == 14
    assert new.search(["cancer"], k=1)[1].tolist() == [0]
    assert sorted(new.search(["fever"], k=14)[1].tolist()) == [0, *range(2, 14)]


def test_a_token_is_in_as_many_passages_as_hold_it(index):
    assert [index.frequency(token) for token in ("fever", "skin", "unknown")] == [3, 1, 0]


def test_a_passage_that_nobody_knows_is_damage(tmp_path):
    write(PASSAGES, tmp_path)
    index = SparseIndex.load(tmp_path, keys(0, 1, 2, 9))
    assert index.search(["malaria"], k=1)[1].tolist() == [0]
    with pytest.raises(DamagedIndexError, match=r"`quotewell build`\.$"):
        index.check()


def test_damage_to_the_keys_of_the_engine_changes_no_search(tmp_path):
    write(PASSAGES, tmp_path)
    index = SparseIndex.load(tmp_path, keys(0, 1, 2, 3))
    (path,) = tmp_path.glob("*.fast")
    with path.open("r+b") as file:
        file.write(b"\xff" * path.stat().st_size)
    assert index.search(["malaria"], k=1)[1].tolist() == [0]


def test_keys_that_are_damaged_stand_for_no_row(tmp_path):
    write(PASSAGES, tmp_path)
    index = SparseIndex.load(tmp_path, keys(0, 1, 2, 3))
    (path,) = tmp_path.glob("*.keys")
    with path.open("r+b") as file:
        file.write(b"\xff" * path.stat().st_size)
    with pytest.raises(DamagedIndexError, match=r"`quotewell build`\.$"):
        index.search(["malaria"], k=1)


@pytest.mark.parametrize("left", [None, 0, 31])
def test_an_index_that_lacks_keys_is_refused(tmp_path, left):
    write(PASSAGES, tmp_path)
    (path,) = tmp_path.glob("*.keys")
    content = path.read_bytes()
    path.unlink()
    if left is not None:
        path.write_bytes(content[:left])
    with pytest.raises(DamagedIndexError, match=r"`quotewell build`\.$"):
        SparseIndex.load(tmp_path, keys(0, 1, 2, 3))
