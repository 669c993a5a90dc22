"""Every kind of part against plain NumPy."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import DamagedIndexError, IndexMismatchError
from index.parts.part import FEW
from index.parts.runs import Runs
from index.parts.search import DenseParts
from tests.index.parts.made import D, random_units, write_part


def numpy_search(stored, queries, k, rows):
    """Search without FAISS: every product, sorted."""
    scores = (queries @ stored[rows].T).astype(np.float32)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(scores, best, axis=1), np.asarray(rows)[best]


def runs(*stretches):
    """Runs of ``(start, row, count)`` triples."""
    return Runs(*np.array(stretches, dtype=np.int64).reshape(-1, 3).T)


STORED = random_units(0, 3_000)
STORED[1_500:1_600] = STORED[:100]  # so that there are ties
FLAT_ROWS = {"flat": 10_000, "lists": 500}


@pytest.fixture(scope="module", params=["flat", "lists", "both"])
def index(request, tmp_path_factory):
    """The stored vectors in three parts, the third before the first; in each, something is gone."""
    folder, parts = tmp_path_factory.mktemp("parts"), []
    with pytest.MonkeyPatch.context() as patch:
        for n, place in enumerate((slice(1_000, 2_000), slice(2_000, 3_000), slice(0, 1_000))):
            kind = {"both": ("lists", "flat", "lists")[n]}.get(request.param, request.param)
            more = np.concatenate([random_units(9, 7), STORED[place], random_units(8, 5)])
            part = write_part(folder / str(n), more, FLAT_ROWS[kind], patch)
            assert (part.tuning is None) == (kind == "flat")
            parts.append((part, runs((7, place.start, 400), (407, place.start + 400, 600))))
    return DenseParts(parts, D)


def recall(found, expected):
    pairs = zip(found.tolist(), expected.tolist(), strict=True)
    return np.mean([len(set(one) & set(other)) / len(other) for one, other in pairs])


def test_nearly_all_of_the_nearest_are_found_with_their_cosines(index):
    queries = random_units(1, 50)
    scores, found = index.search(queries, 10)
    expected_scores, expected = numpy_search(STORED, queries, 10, np.arange(3_000))
    assert recall(found, expected) >= 0.95
    assert scores.max(axis=1) == pytest.approx(expected_scores.max(axis=1), abs=1e-3)
    assert scores == pytest.approx(np.einsum("qd,qkd->qk", queries, STORED[found]), abs=1e-3)


def test_parts_that_are_compared_one_by_one_give_what_numpy_gives(tmp_path, monkeypatch):
    halves = [write_part(tmp_path / str(n), STORED[n::2], 5_000, monkeypatch) for n in (0, 1)]
    every_other = [np.arange(n, 3_000, 2) for n in (0, 1)]
    ones = np.ones(1_500, np.int64)
    index = DenseParts(
        [
            (half, Runs(np.arange(1_500), rows, ones))
            for half, rows in zip(halves, every_other, strict=True)
        ],
        D,
    )
    queries = np.concatenate([random_units(2, 20), STORED[:30]])
    for k in (1, 10, 120, 5_000):
        scores, found = index.search(queries, k)
        expected_scores, expected = numpy_search(STORED, queries, k + 1, np.arange(3_000))
        n = found.shape[1]
        assert scores == pytest.approx(expected_scores[:, :n], abs=1e-6)
        apart = np.abs(np.diff(expected_scores, axis=1, append=-2, prepend=2)) > 1e-6
        clear = apart[:, 1 : n + 1] & apart[:, :n]  # from the one before and the one after
        assert (found == expected[:, :n])[clear].all()


def test_equal_vectors_come_in_row_order_across_parts(tmp_path, monkeypatch):
    same = np.repeat(random_units(3, 1), 40, axis=0)
    first = write_part(tmp_path / "first", same, 100, monkeypatch)
    second = write_part(tmp_path / "second", same, 100, monkeypatch)
    index = DenseParts([(first, runs((0, 40, 40))), (second, runs((0, 0, 40)))], D)
    assert index.search(same[:1], 60)[1].tolist() == [list(range(60))]


def test_as_many_as_are_asked_for_are_found_or_all(index):
    for k in (1, 100, 2_999, 3_000, 4_000):
        scores, found = index.search(random_units(4, 2), k)
        assert scores.shape == found.shape == (2, min(k, 3_000))
        assert all(len(set(line)) == len(line) for line in found.tolist())
        assert (np.diff(scores, axis=1) <= 0).all()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 1_000), st.integers(1, 40), st.integers(1, 3_000), st.booleans())
def test_only_the_named_rows_are_searched(index, monkeypatch, seed, k, n, one_by_one):
    monkeypatch.setattr("index.parts.part.FEW", FEW if one_by_one else 0)
    rng = np.random.default_rng(seed)
    rows, queries = rng.permutation(3_000)[:n], random_units(seed, 3)
    scores, found = index.search(queries, k, rows)
    assert found.shape == (3, min(k, n))
    assert set(found.ravel().tolist()) <= set(rows.tolist())
    expected_scores, _ = numpy_search(STORED, queries, k, np.sort(rows))
    assert scores[:, 0] == pytest.approx(expected_scores[:, 0], abs=0.3)
    if one_by_one:
        assert scores == pytest.approx(expected_scores, abs=1e-3)


def test_no_rows_and_no_parts_find_nothing(index):
    for empty in (index, DenseParts([], D)):
        scores, found = empty.search(random_units(5, 2), 3, np.array([], np.int64))
        assert scores.shape == found.shape == (2, 0)
    assert DenseParts([], D).search(random_units(5, 2), 3)[1].shape == (2, 0)


def test_what_stands_for_no_row_is_never_found(index):
    gone = np.concatenate([random_units(9, 7), random_units(8, 5)])
    scores, _ = index.search(gone, 5)
    assert scores.max() < 0.999
    assert len(index) == 3_000


def test_cosines_are_those_of_the_vectors_in_the_order_asked_for(index):
    query, rows = random_units(6, 1)[0], np.array([2_999, 0, 1_234, 1_000, 0])
    assert index.cosines(query, rows) == pytest.approx(STORED[rows] @ query, abs=1e-3)
    assert index.vectors(rows) == pytest.approx(STORED[rows], abs=1e-3)


def test_every_vector_is_looked_at_when_the_index_is_checked(index, tmp_path, monkeypatch):
    index.check()
    for flat_rows in (10_000, 500):
        rows = STORED.copy()
        rows[2_900] *= 2
        monkeypatch.setattr("index.parts.stored.BLOCK_ROWS", 1_000)
        part = write_part(tmp_path / str(flat_rows), rows, flat_rows, monkeypatch)
        with pytest.raises(DamagedIndexError, match=r"no unit vectors.*`quotewell build --anew`"):
            DenseParts([(part, runs((0, 0, 3_000)))], D).check()


def test_a_row_that_is_not_in_the_index_is_refused(index):
    for rows in ([3_000], [-1]):
        with pytest.raises(IndexMismatchError, match=r"not in the index.*`quotewell build`\.$"):
            index.cosines(random_units(6, 1)[0], np.array(rows))


def test_a_query_of_another_dimension_is_refused(index):
    with pytest.raises(IndexMismatchError, match=rf"{D} dimensions.*`quotewell build`\.$"):
        index.search(random_units(7, 1, d=3), 1)


def test_rows_for_vectors_that_are_not_there_are_refused(tmp_path, monkeypatch):
    part = write_part(tmp_path / "part", STORED[:10], 100, monkeypatch)
    with pytest.raises(ValueError, match="not there"):
        DenseParts([(part, runs((0, 0, 11)))], D)


def test_a_vector_that_is_no_number_by_now_is_told_from_one_that_is_not_found(
    tmp_path, monkeypatch
):
    vectors = random_units(3, 10)
    part = write_part(tmp_path / "part", vectors, 10_000, monkeypatch)
    index = DenseParts([(part, runs((0, 0, 10)))], D)
    with (tmp_path / "part" / "vectors.f32").open("r+b") as file:
        file.write(np.float32("nan").tobytes())
    with pytest.raises(DamagedIndexError, match="part holds no unit vectors"):
        index.search(vectors[1:2], 10)
