"""Probabilities come from one calibration of one reader."""

import hashlib
import json

import numpy as np
import pytest

from answer.errors import ModelError
from answer.weighing.calibration import (
    CALIBRATION,
    CALIBRATION_SHA256,
    Bars,
    Calibration,
    load_calibration,
)
from answer.weighing.reader import MODEL
from answer.weighing.signals import Signal

RECORD = {
    "names": ["a", "b"],
    "mean": [0.0, 1.0],
    "scale": [1.0, 2.0],
    "weights": [1.0, -2.0],
    "bias": 0.5,
    "bars": {"first": 0.4, "further": 0.3, "share": 0.5},
}
WITH_BANK = [Signal("a", "of every corpus"), Signal("b", "of a bank", needs_bank=True)]
FILE = {"reader_sha256": "abc", "with_bank": RECORD, "without_bank": {**RECORD, "names": ["a"]}}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(FILE), "utf-8")
    return path


def test_a_probability_is_the_logistic_of_the_weighted_standard_scores(path):
    calibration = load_calibration("abc", WITH_BANK, path)
    assert calibration.probabilities(np.array([[0.0, 1.0], [2.0, 3.0]])) == pytest.approx(
        [1 / (1 + np.exp(-0.5)), 1 / (1 + np.exp(-0.5))]
    )
    assert calibration.bars == Bars(0.4, 0.3, 0.5)


@pytest.mark.parametrize(
    ("sha256", "wanted", "message"),
    [("other", WITH_BANK, "another reader"), ("abc", WITH_BANK[::-1], "other signals")],
)
def test_a_calibration_of_something_else_is_refused(path, sha256, wanted, message):
    with pytest.raises(ModelError, match=message):
        load_calibration(sha256, wanted, path)


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", '{"with_bank": {}}', "[" * 100_000])
def test_a_damaged_calibration_is_refused(tmp_path, text):
    path = tmp_path / "calibration.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ModelError, match="restore the file"):
        load_calibration("abc", WITH_BANK, path)


def test_a_missing_calibration_is_refused(tmp_path):
    with pytest.raises(ModelError, match="restore the file"):
        load_calibration("abc", [], tmp_path / "gone.json")


def test_the_calibration_that_comes_along_is_the_one_that_the_code_names():
    digest = hashlib.sha256(CALIBRATION.read_bytes()).hexdigest()
    assert digest == CALIBRATION_SHA256, "write it into answer/weighing/calibration.py"


def test_the_calibration_that_comes_along_names_the_reader_that_does():
    reader = hashlib.sha256(MODEL.read_bytes()).hexdigest()
    assert json.loads(CALIBRATION.read_text("utf-8"))["reader_sha256"] == reader


def test_a_calibration_in_place_of_the_one_that_comes_along_is_refused(path, monkeypatch):
    monkeypatch.setattr("answer.weighing.calibration.CALIBRATION", path)
    with pytest.raises(ModelError, match="was altered; restore the file"):
        load_calibration("abc", WITH_BANK, path)


def test_a_corpus_without_a_bank_has_a_calibration_of_its_own(path):
    assert load_calibration("abc", WITH_BANK[:1], path).names == ("a",)


def test_very_unlikely_is_close_to_zero_without_a_warning():
    calibration = Calibration(("a",), np.zeros(1), np.ones(1), np.ones(1), 0.0, Bars(0.5, 0.5, 0.0))
    low, high = calibration.probabilities(np.array([[-1000.0], [1000.0]]))
    assert (low, high) == pytest.approx((0, 1))
