from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.engines.places import Places
from index.engines.records import id_of, spelled, tokens_of
from index.segments.entries import KEY_BITS
from tests.index.engines.drivers import ORIGIN, entry_of

ENTRIES = st.lists(
    st.builds(
        entry_of,
        doc_id=st.text("ab", min_size=1, max_size=3),
        number=st.integers(0, 50),
        sha256=st.sampled_from(["1", "2"]),
        passages=st.integers(0, 4),
    ),
    unique_by=lambda entry: entry.number,
    max_size=8,
)


@given(ENTRIES, st.lists(st.integers(0, (51 << KEY_BITS) - 1)))
def test_a_row_is_the_place_of_a_passage_and_other_keys_have_none(entries, others):
    places = Places(entries)
    keys = [key for entry in entries for key in entry.keys(entry.passages).tolist()]
    assert places.rows(np.array(keys, dtype=np.int64)).tolist() == list(range(len(places)))
    others = [key for key in others if key not in set(keys)]
    assert set(places.rows(np.array(others, dtype=np.int64)).tolist()) <= {-1}


@given(ENTRIES)
def test_the_digest_tells_what_is_held_and_not_in_which_order(entries):
    places = Places(entries)
    assert places.digest(ORIGIN) == Places(entries[::-1]).digest(ORIGIN)
    assert places.digest(ORIGIN) == places.digest(replace(ORIGIN, corpus_hash="other"))
    assert places.digest(ORIGIN) != places.digest(replace(ORIGIN, encoder_sha256="1" * 64))
    for change in ({"sha256": "3"}, {"number": 99}, {"reading": "2"}, {"doc_id": "c"}):
        changed = [replace(entry, **change) for entry in entries[:1]] + entries[1:]
        assert not entries or places.digest(ORIGIN) != Places(changed).digest(ORIGIN)


@given(ENTRIES, ENTRIES)
def test_what_one_build_has_and_another_lacks(entries, others):
    known = {(entry.number, entry.doc_id, entry.sha256) for entry in others}
    missing = [e for e in entries if (e.number, e.doc_id, e.sha256) not in known]
    assert Places(entries).without(Places(others)) == missing


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_ids_sort_as_keys_do(a, b):
    assert (id_of(a) < id_of(b)) == (a < b)
    assert int(id_of(a), 16) == a


@given(st.text(min_size=1).map(str.lower), st.text(min_size=1).map(str.lower))
def test_tokens_are_spelled_in_letters_and_digits_and_each_in_its_own_way(a, b):
    assert spelled(a).isascii()
    assert spelled(a).isalnum()
    assert (spelled(a) == spelled(b)) == (a == b)


def test_tokens_that_find_no_room_are_left_out_whole():
    kept = tokens_of(["word"] * 20_000).split()
    assert set(kept) == {"word"}
    assert 65_530 < len(" ".join(kept)) <= 65_535
