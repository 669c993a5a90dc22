import hashlib

import numpy as np
import pytest

from answer.errors import ModelError
from answer.notices.classifier import (
    KINDS,
    MODEL,
    MODEL_SHA256,
    N_COLUMNS,
    AlarmClassifier,
    load_classifier,
    tallied,
)


def test_a_message_counts_with_its_words_their_runs_and_the_parts_of_them():
    columns, values = tallied("No, no")
    runs, parts = {"no", "no no"}, {"<n", "no", "o>", "<no", "no>", "<no>"}
    assert len(columns) == len(runs) + len(parts)
    assert sorted(set(values.tolist())) == pytest.approx([1, 1 + np.log(2)])


def test_accents_case_and_stops_make_no_difference():
    one, other = tallied("Não consigo RESPIRAR."), tallied("nao consigo, respirar")
    assert sorted(one[0].tolist()) == sorted(other[0].tolist())


@pytest.mark.parametrize("message", ["", "…", "👍", "a" * 4000, "呼吸ができない"])
def test_every_message_has_probabilities(message):
    shares = load_classifier().probabilities(message)
    assert tuple(shares) == KINDS
    assert sum(shares.values()) == pytest.approx(1)
    assert min(shares.values()) > 0


def test_what_was_not_learnt_says_nothing():
    zeros = np.zeros((N_COLUMNS, 3), np.float32)
    nothing = AlarmClassifier(zeros[:, 0], zeros, np.array([1, 1, 2], np.float32))
    assert nothing.probabilities("help") == nothing.probabilities("thank you")


def test_the_classifier_that_comes_along_is_the_one_that_the_code_names():
    digest = hashlib.sha256(MODEL.read_bytes()).hexdigest()
    assert digest == MODEL_SHA256, "write it into answer/notices/classifier.py"


def test_another_classifier_in_its_place_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "alarms.npz"
    zeros = np.zeros((N_COLUMNS, 3), np.float16)
    np.savez_compressed(path, rarity=zeros[:, 0], weights=zeros, bias=zeros[0])
    assert load_classifier(path).bias.tolist() == [0, 0, 0]
    monkeypatch.setattr("answer.notices.classifier.MODEL", path)
    load_classifier.cache_clear()
    with pytest.raises(ModelError, match="was altered; restore the file"):
        load_classifier(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x93NUMPY", MODEL.read_bytes()[:5000]])
def test_a_damaged_classifier_is_refused(tmp_path, data):
    path = tmp_path / "alarms.npz"
    path.write_bytes(data)
    with pytest.raises(ModelError, match="restore the file"):
        load_classifier(path)


def test_a_missing_classifier_is_refused(tmp_path):
    with pytest.raises(ModelError, match="restore the file"):
        load_classifier(tmp_path / "gone.npz")
