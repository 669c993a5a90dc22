import json
import sys

import numpy as np
import pytest

from benchmarks.scale.__main__ import table
from benchmarks.scale.building import build_dense, build_sparse
from benchmarks.scale.made import BLOCK, documents, stretches, vector_blocks
from benchmarks.scale.measuring import measure
from benchmarks.scale.real import QUESTION_VECTORS, SEED_VECTORS, TEXTS
from index.parts.runs import Runs

SENTENCES = [["fever", "night"], ["skin"], ["rest", "water", "fever"]]


def random_units(seed, n, d=8):
    rows = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def folder(tmp_path):
    np.save(tmp_path / SEED_VECTORS, random_units(0, 20))
    np.save(tmp_path / QUESTION_VECTORS, random_units(1, 3))
    texts = [[["fever"], ["skin"], []], [["night", "water"]] * 3, SENTENCES]
    (tmp_path / TEXTS).write_text(json.dumps(texts))
    return tmp_path


def test_vectors_are_the_same_each_time_however_many_are_made():
    some, more = (list(vector_blocks(random_units(0, 20), n)) for n in (BLOCK + 5, 2 * BLOCK))
    assert [len(block) for block in some] == [BLOCK, 5]
    assert (some[0] == more[0]).all()
    assert np.linalg.norm(some[1], axis=1) == pytest.approx(1, abs=1e-5)
    assert (more[0] != more[1]).any()


def test_keys_of_passages_stand_for_their_rows():
    keys = [key for _, passages in documents(SENTENCES, 45) for key, _ in passages]
    assert Runs(*stretches(45)).rows(np.array(keys)).tolist() == list(range(45))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read as Linux tells it")
def test_a_small_library_is_built_searched_and_reported(folder):
    library = folder / "500"
    built = build_dense(library, 500), build_sparse(library, 500)
    assert (build_dense(library, 500), build_sparse(library, 500)) == built  # as noted
    found = measure(library, 500)
    assert found.recall == 1.0
    report = table([(500, *built, found)])
    assert "| passages | 500 |" in report
    assert "| recall@10, own queries / questions | 1.000 / 1.000 |" in report
