import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dense import DenseIndex
from index.errors import IndexMismatchError

EAST, NORTH, NORTHEAST = (1, 0), (0, 1), (0.5**0.5, 0.5**0.5)


def vectors(*rows):
    return np.array(rows, dtype=np.float32)


def random_units(seed, n, d=8):
    rows = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def numpy_search(stored, queries, k, rows):
    """Search without FAISS: every product, sorted."""
    scores = (queries @ stored[rows].T).astype(np.float32)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(scores, best, axis=1), np.asarray(rows)[best]


def test_the_best_passage_comes_first_and_scores_are_cosines():
    scores, rows = DenseIndex(vectors(EAST, NORTH, NORTHEAST)).search(vectors(NORTH), k=3)
    assert rows.tolist() == [[1, 2, 0]]
    assert scores[0] == pytest.approx([1, 0.5**0.5, 0], abs=1e-6)


def test_more_passages_than_there_are_gives_them_all():
    scores, rows = DenseIndex(vectors(EAST, NORTH)).search(vectors(EAST, NORTH), k=10)
    assert scores.shape == rows.shape == (2, 2)


def test_only_the_named_rows_are_searched():
    index = DenseIndex(vectors(EAST, NORTH, NORTHEAST))
    scores, rows = index.search(vectors(NORTH), k=3, rows=np.array([0, 2]))
    assert rows.tolist() == [[2, 0]]
    assert scores[0] == pytest.approx([0.5**0.5, 0], abs=1e-6)


def test_no_rows_find_nothing():
    scores, rows = DenseIndex(vectors(EAST)).search(vectors(EAST), k=3, rows=np.array([], np.int64))
    assert scores.shape == rows.shape == (1, 0)


def test_equal_passages_come_in_row_order():
    _, rows = DenseIndex(vectors(*[EAST] * 20)).search(vectors(EAST), k=20)
    assert rows.tolist() == [list(range(20))]


@given(st.integers(0, 1000), st.integers(1, 40), st.integers(1, 50), st.data())
def test_faiss_agrees_with_numpy(seed, n, k, data):
    stored, queries = random_units(seed, n), random_units(seed + 1, 3)
    rows = sorted(data.draw(st.sets(st.integers(0, n - 1), min_size=1)))
    scores, found = DenseIndex(stored).search(queries, k, np.array(rows))
    expected_scores, expected = numpy_search(stored, queries, k, rows)
    assert found.tolist() == expected.tolist()
    assert scores == pytest.approx(expected_scores, abs=1e-6)


def test_a_query_of_another_dimension_is_refused():
    index = DenseIndex(vectors(EAST))
    with pytest.raises(IndexMismatchError, match=r"2 dimensions.*`quotewell build`\.$"):
        index.search(vectors((1, 0, 0)), k=1)
