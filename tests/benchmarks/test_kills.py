"""What is wrong with a library after a kill is seen, and after a few kills nothing is."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.kills.shelf import Shelf, Step

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shelf(tmp_path):
    made = Shelf(tmp_path, random.Random(1))
    made.corpus_is, made.index_is = {"a": "1", "b": "2"}, {"a": "1", "b": "2"}
    return made


BEFORE, AFTER = {"a": "1", "b": "2"}, {"a": "1"}
STEP = Step("withdraw", (), AFTER)


@pytest.mark.parametrize(("corpus", "index"), [(BEFORE, BEFORE), (AFTER, BEFORE), (AFTER, AFTER)])
def test_before_after_and_between_with_the_index_of_before_are_right(shelf, corpus, index):
    assert shelf.faults(STEP, {"corpus": corpus, "index": index}) == []
    assert (shelf.corpus_is, shelf.index_is) == (corpus, index)


@pytest.mark.parametrize(
    ("corpus", "index", "told"),
    [
        ({"b": "2"}, BEFORE, "neither before nor after"),
        ({}, BEFORE, "neither before nor after"),
        (BEFORE, AFTER, "the index is neither"),
        (AFTER, {"b": "2"}, "the index is neither"),
    ],
)
def test_anything_else_is_wrong(shelf, corpus, index, told):
    (fault,) = shelf.faults(STEP, {"corpus": corpus, "index": index})
    assert told in fault


def test_steps_are_the_same_for_the_same_seed_and_name_new_documents(tmp_path):
    seen = []
    for name in ("one", "two"):
        made = Shelf(tmp_path / name, random.Random(7))
        made.corpus_is = made.add(5).after
        steps = [made.step() for _ in range(20)]
        seen.append([(step.name, step.after) for step in steps])
        assert len(made.corpus_is) == 5
    assert seen[0] == seen[1]
    assert {name for name, _ in seen[0]} >= {"add", "replace", "withdraw"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted there only")
def test_after_a_few_kills_nothing_is_wrong():
    command = [sys.executable, "-m", "benchmarks.kills", "--times", "6", "--seed", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("6 steps, 0 wrong\n")
