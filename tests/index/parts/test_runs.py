import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parts.runs import Runs

COUNTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4)), max_size=12)


def numbered(counts, order):
    """Runs with gaps, numbered in another order than their rows; and each row's number."""
    starts, at = [0] * len(counts), 0
    for n in order:
        starts[n] = at + counts[n][1]
        at = starts[n] + counts[n][0]
    lengths = np.array([length for length, _ in counts], dtype=np.int64)
    rows = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)[: len(counts)]
    numbers = [start + i for start, (n, _) in zip(starts, counts, strict=True) for i in range(n)]
    return Runs(np.array(starts, dtype=np.int64), rows, lengths), numbers, at


@given(COUNTS, st.randoms())
def test_numbers_and_rows_lead_to_one_another(counts, random):
    order = random.sample(range(len(counts)), len(counts))
    runs, numbers, end = numbered(counts, order)
    rows = np.arange(len(numbers))
    assert len(runs) == len(numbers)
    assert runs.rows(np.array(numbers, dtype=np.int64)).tolist() == rows.tolist()
    found, at = runs.numbers(rows)
    assert (found.tolist(), at.tolist()) == (numbers, rows.tolist())
    mask = runs.mask(end + 1)
    assert mask is not None
    assert np.flatnonzero(mask).tolist() == sorted(numbers)
    again = Runs.of(np.array(numbers, dtype=np.int64))
    assert again.rows(np.array(numbers, dtype=np.int64)).tolist() == rows.tolist()


def test_nothing_is_masked_where_every_number_stands_for_a_row():
    assert Runs.of(np.array([3, 4, 0, 1, 2])).mask(5) is None


def test_rows_that_are_elsewhere_are_left_out():
    runs = Runs(np.array([10]), np.array([5]), np.array([2]))
    numbers, at = runs.numbers(np.array([4, 6, 7, 5]))
    assert (numbers.tolist(), at.tolist()) == ([11, 10], [1, 3])


@pytest.mark.parametrize("number", [-1, 0, 4, 6, 100])
def test_a_number_that_stands_for_nothing_is_refused(number):
    runs = Runs(np.array([1, 5]), np.array([0, 3]), np.array([3, 1]))
    with pytest.raises(ValueError, match="no row"):
        runs.rows(np.array([1, number]))


@pytest.mark.parametrize("numbers", [[0, 0, 1], [0, 1, 1], [2, 3, 1, 2]])
def test_a_number_stands_for_one_row(numbers):
    with pytest.raises(ValueError, match="two rows"):
        Runs.of(np.array(numbers))


def test_a_row_has_one_number():
    with pytest.raises(ValueError, match="two numbers"):
        Runs(np.array([0, 10]), np.array([0, 2]), np.array([3, 3]))
