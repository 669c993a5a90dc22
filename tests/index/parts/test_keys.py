import json

import numpy as np
import pytest

from index.parts import keys
from index.parts.keys import StoredKeys, copy_keys


def list_segments(folder, **sizes):
    """Write the engine's list of its segments."""
    segments = [{"segment_id": name, "max_doc": size} for name, size in sizes.items()]
    (folder / "meta.json").write_text(json.dumps({"segments": segments}))


def tens(segment, places):
    """Return the keys of a segment whose first is 10 times its number."""
    return np.array([10 * segment + place for place in places])


def test_a_key_is_found_by_segment_and_place(tmp_path):
    list_segments(tmp_path, a=3, b=2)
    copy_keys(tmp_path, tens)
    found = StoredKeys(tmp_path).of([(1, 1), (0, 2), (1, 0)])
    assert found.tolist() == [11, 2, 10]
    assert found.dtype == np.int64


def test_nothing_found_has_no_keys(tmp_path):
    list_segments(tmp_path)
    copy_keys(tmp_path, tens)
    assert StoredKeys(tmp_path).of([]).tolist() == []


def test_keys_are_copied_some_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "AT_ONCE", 2)
    list_segments(tmp_path, a=5)
    copy_keys(tmp_path, tens)
    assert StoredKeys(tmp_path).of((0, n) for n in range(5)).tolist() == [0, 1, 2, 3, 4]


def test_only_the_keys_of_new_segments_are_read_and_those_of_old_ones_removed(tmp_path):
    list_segments(tmp_path, a=2, b=2)
    copy_keys(tmp_path, tens)
    list_segments(tmp_path, b=2, c=1)
    read = []
    copy_keys(tmp_path, lambda *wanted: read.append(wanted) or np.array([99]))
    assert read == [(1, range(1))]
    assert StoredKeys(tmp_path).of([(0, 0), (1, 0)]).tolist() == [10, 99]
    assert sorted(path.name for path in tmp_path.glob("*.keys")) == ["b.keys", "c.keys"]


def test_an_entry_that_is_not_there_is_an_error(tmp_path):
    list_segments(tmp_path, a=2)
    copy_keys(tmp_path, tens)
    for nowhere in ((0, 2), (1, 0)):
        with pytest.raises(IndexError):
            StoredKeys(tmp_path).of([nowhere])
