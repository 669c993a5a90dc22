"""What the rules choose from: units of the passages that are nearest in meaning."""

import numpy as np
import pytest

from answer.safety.pool import Pool
from tests.toys import ToyEncoder


@pytest.fixture(scope="module")
def vector():
    return ToyEncoder().encode(["How is warfarin taken?"])[0]


def test_the_units_of_the_nearest_passage_come_first_in_reading_order(shelf, library, vector):
    best = library.passages[library.nearest(vector, 1)[0]]
    found = shelf.nearest(vector, 100, ())
    first = [shelf.place(at).unit.span for at in found[: len(best.sentences)]]
    assert first == [sentence.span for sentence in best.sentences]
    every = [at for doc_id in library.documents for at in shelf.document(doc_id)]
    assert sorted(found) == every
    assert shelf.nearest(vector, 3, ()) == found[:3]


def test_a_unit_is_as_close_as_the_passage_that_it_begins_in(shelf, vector):
    nearest = shelf.nearest(vector, 100, ())
    closeness = shelf.closeness(vector, nearest)
    assert [*closeness.values()] == sorted(closeness.values(), reverse=True)
    assert len({*closeness.values()}) > 3


def test_no_unit_is_near_itself_or_of_a_document_that_may_not_be_quoted(shelf, vector, place_of):
    at = place_of("Fatal bleeding on warfarin was not seen").at
    pool = Pool(shelf, (), vector, ["page"], also=shelf.document("case"))
    assert at not in pool.near(at)
    assert {shelf.doc_id(one) for one in [*pool.near(at), *pool.positions]} == {"page"}
    assert {shelf.doc_id(one) for one in Pool(shelf, (), vector, ()).near(at)} == {"page", "case"}


def test_where_few_units_are_near_the_nearest_of_those_named_are_looked_through_too(
    shelf, vector, monkeypatch
):
    monkeypatch.setattr("answer.safety.pool.NEAREST", 1)
    (first,) = shelf.nearest(vector, 1, ())
    also = shelf.document("case")
    closeness = shelf.closeness(vector, also)
    best = max(also, key=closeness.__getitem__)
    expected = {*shelf.paragraph(first), *shelf.paragraph(best)}
    assert {*Pool(shelf, (), vector, (), also).positions} == expected
    assert np.isfinite([*closeness.values()]).all()


def test_units_that_no_rule_looks_through_are_not_gathered(shelf, vector, monkeypatch):
    gathered = []
    monkeypatch.setattr(shelf, "nearest", lambda *asked: gathered.append(asked) or [])
    pool = Pool(shelf, (), vector, ())
    assert gathered == []
    assert [*pool.positions] == []
    assert len(gathered) == 1
