import json
import os
import shutil
from contextlib import suppress

import numpy as np
import pytest

from index.errors import DamagedIndexError, UnwritableIndexError
from index.parts.part import FLAT, LARGE, LISTS, TUNING, Part
from index.parts.tuning import RECALL, lists_for
from index.parts.writing import PartWriter
from tests.index.parts.made import D, random_units, write_part

COUNT = 2_000


@pytest.fixture(scope="module")
def stored():
    return random_units(0, COUNT)


@pytest.fixture(scope="module")
def flat(stored, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("parts") / "flat"
        write_part(folder, stored, COUNT, patch)
    return folder


@pytest.fixture(scope="module")
def large(stored, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("parts") / "large"
        write_part(folder, stored, COUNT - 1, patch)
    return folder


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_so_many_vectors_and_no_more_are_compared_one_by_one(flat, large):
    assert names(flat) == {FLAT}
    assert names(large) == {LARGE, LISTS, TUNING}


def test_vectors_read_back_as_they_were_or_to_half_precision(stored, flat, large):
    rows = np.array([3, 1_999, 0, 3])
    assert Part(flat, D).read(rows).tolist() == stored[rows].tolist()
    assert Part(large, D).read(slice(10, 20)) == pytest.approx(stored[10:20], abs=2**-11)
    assert len(Part(flat, D)) == len(Part(large, D)) == COUNT


def test_vectors_of_half_precision_are_written_again_without_loss(large, tmp_path, monkeypatch):
    once = Part(large, D).read(slice(None))
    again = write_part(tmp_path / "again", once, COUNT - 1, monkeypatch)
    assert again.read(slice(None)).tolist() == once.tolist()


def test_the_lists_that_are_searched_were_measured_to_be_enough(large):
    tuning = Part(large, D).tuning
    assert tuning.recall >= RECALL
    assert 1 <= tuning.probes <= lists_for(COUNT)
    assert Part(large, D).search(random_units(1, 1), 10)[1].shape == (1, 10)


def test_equal_vectors_do_not_count_as_missed(tmp_path, monkeypatch):
    same = np.repeat(random_units(3, 20), 100, axis=0)
    assert write_part(tmp_path / "same", same, COUNT - 1, monkeypatch).tuning.recall == 1.0


@pytest.mark.parametrize(("rows", "lists"), [(200_001, 1_024), (10**6, 2_048), (10**7, 4_096)])
def test_the_number_of_lists_grows_with_the_root_of_the_vectors(rows, lists):
    assert lists_for(rows) == lists


def test_the_same_vectors_give_the_same_files(stored, large, tmp_path, monkeypatch):
    write_part(tmp_path / "again", stored, COUNT - 1, monkeypatch)
    for name in names(large):
        assert (tmp_path / "again" / name).read_bytes() == (large / name).read_bytes()


def test_no_vectors_are_a_part_too(tmp_path, monkeypatch):
    part = write_part(tmp_path / "empty", random_units(0, 0), 10, monkeypatch)
    scores, rows = part.search(random_units(1, 2), 3)
    assert len(part) == 0
    assert scores.shape == rows.shape == (2, 0)


def test_opening_a_part_reads_no_vector(large, flat, monkeypatch):
    monkeypatch.setattr("index.parts.stored.read", None)
    assert len(Part(large, D)) == len(Part(flat, D)) == COUNT


def cut(path):
    path.write_bytes(path.read_bytes()[:-7])


def grown(path):
    with path.open("ab") as file:
        file.write(bytes(2 * D))


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        (LARGE, cut),
        (LARGE, grown),
        (LARGE, os.unlink),
        (LISTS, cut),
        (LISTS, lambda path: path.write_bytes(b"")),
        (LISTS, lambda path: path.write_bytes(b"IxFI" + path.read_bytes()[4:])),
        (LISTS, os.unlink),
        (TUNING, lambda path: path.write_text("{")),
        (TUNING, lambda path: path.write_text(json.dumps({"probes": 0, "recall": 1}))),
        (TUNING, os.unlink),
        (FLAT, lambda path: path.write_bytes(b"")),
    ],
)
def test_what_is_no_part_is_refused(large, tmp_path, name, damage):
    shutil.copytree(large, tmp_path / "part")
    damage(tmp_path / "part" / name)
    with pytest.raises(DamagedIndexError, match=r"`quotewell build( --anew)?`\.$"):
        Part(tmp_path / "part", D)


def test_lists_of_another_dimension_are_refused(large):
    with pytest.raises(DamagedIndexError, match="other vectors"):
        Part(large, D // 2)


def test_a_folder_that_is_missing_is_refused(tmp_path):
    with pytest.raises(DamagedIndexError, match="files of a part"):
        Part(tmp_path / "part", D)


def test_a_part_that_cannot_be_written_is_told_as_that(tmp_path):
    (tmp_path / "part").write_text("in the way")
    with pytest.raises(UnwritableIndexError):
        PartWriter(tmp_path / "part")


def test_a_part_that_is_given_up_gets_no_lists(tmp_path, stored, monkeypatch):
    monkeypatch.setattr("index.parts.writing.FLAT_ROWS", 10)
    with suppress(KeyboardInterrupt), PartWriter(tmp_path / "part") as writer:
        writer.add(stored)
        raise KeyboardInterrupt
    assert names(tmp_path / "part") == {LARGE}
