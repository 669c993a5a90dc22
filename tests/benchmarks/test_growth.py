"""Ten times as many documents cost about ten times the work, not a hundred times."""

import sys

import pytest

from answer.asking.scope import Scope
from benchmarks.growth import LIMIT, Run, write_corpus
from corpus.sources import read_corpus


def calls(step):
    """Count the functions that a step calls, Python's own included."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        step()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
def test_every_step_calls_at_most_eleven_times_as_much_for_ten_times_the_documents(tmp_path):
    counted = {}
    for documents in (1, 20, 200):  # the first loads what is loaded once
        folder = tmp_path / str(documents)
        write_corpus(folder, documents)
        for name, step in Run(folder).steps():
            counted.setdefault(name, []).append(calls(step))
    ratios = {name: large / small for name, (_, small, large) in counted.items()}
    assert {name: ratio for name, ratio in ratios.items() if ratio > 10 * LIMIT} == {}


def test_the_documents_that_are_measured_are_read_and_told_apart(tmp_path):
    write_corpus(tmp_path, 12)
    read = read_corpus(tmp_path)
    assert read.skipped == ()
    scope = Scope(read.sources)
    for source in read.sources:
        question = f"What does {source.label.lower()} say about rest?"
        assert scope.documents(question) == (source.doc_id,)
