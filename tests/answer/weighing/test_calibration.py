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
    Regression,
    load_calibration,
)
from answer.weighing.reader import MODEL, WEIGHTS
from answer.weighing.signals import Signal


def regression(names, weights, bias, first=0.4):
    n = len(names)
    bars = {"first": first, "further": 0.3, "share": 0.5}
    record = {"names": names, "mean": [0.0] * n, "scale": [1.0] * n, "weights": weights}
    return {**record, "bias": bias, "bars": bars}


NAMES = ["a", "nearness", "density"]
ALONE = {**regression(["a"], [3.0], 1.0, first=0.2), "mean": [1.0], "scale": [2.0]}
SMALL = regression(NAMES, [1.0, 0.0, 0.0], 0.5)
LARGE = regression(NAMES, [-1.0, 0.0, 0.0], 0.0)
WITH_BANK = [Signal(name, name, needs_bank=name != "a") for name in NAMES]
FILE = {"reader_sha256": "abc", "without_bank": ALONE, "small_bank": SMALL, "large_bank": LARGE}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(FILE), "utf-8")
    return path


def log_odds(probabilities):
    return np.log(probabilities / (1 - probabilities))


def test_a_probability_is_the_logistic_of_the_weighted_standard_scores(path):
    calibration = load_calibration("abc", WITH_BANK[:1], path)
    found = calibration.probabilities(np.array([[1.0], [5.0]]))
    assert found == pytest.approx([1 / (1 + np.exp(-1)), 1 / (1 + np.exp(-7))])
    assert calibration.bars_for(np.zeros((2, 1))) == Bars(0.2, 0.3, 0.5)


@pytest.mark.parametrize(
    ("nearness", "density", "expected", "first"),
    [(0, 0, 7, 0.2), (1, 0, 5.5, 0.2), (0.5, 0, 6.25, 0.2), (1, 1, -5, 0.4), (0, 0.5, 1, 0.3)],
)
def test_a_small_bank_counts_where_a_known_question_is_near_and_a_large_one_everywhere(
    path, nearness, density, expected, first
):
    calibration = load_calibration("abc", WITH_BANK, path)
    values = np.array([[5.0, nearness, density]])
    assert log_odds(calibration.probabilities(values)) == pytest.approx([expected])
    assert calibration.bars_for(values).first == pytest.approx(first)


def test_without_candidates_there_are_bars_too(path):
    assert load_calibration("abc", WITH_BANK, path).bars_for(np.zeros((0, 3))).first == 0.2


@pytest.mark.parametrize(
    ("sha256", "wanted", "message"),
    [("other", WITH_BANK, "another reader"), ("abc", WITH_BANK[::-1], "other signals")],
)
def test_a_calibration_of_something_else_is_refused(path, sha256, wanted, message):
    with pytest.raises(ModelError, match=message):
        load_calibration(sha256, wanted, path)


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", '{"without_bank": {}}', "[" * 100_000])
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
    reader = hashlib.sha256(MODEL.read_bytes() + MODEL.with_name(WEIGHTS).read_bytes())
    named = json.loads(CALIBRATION.read_text("utf-8"))["reader_sha256"]
    assert named == reader.hexdigest()


def test_a_calibration_in_place_of_the_one_that_comes_along_is_refused(path, monkeypatch):
    monkeypatch.setattr("answer.weighing.calibration.CALIBRATION", path)
    with pytest.raises(ModelError, match="was altered; restore the file"):
        load_calibration("abc", WITH_BANK, path)


def test_very_unlikely_is_close_to_zero_without_a_warning():
    calibration = Regression(("a",), np.zeros(1), np.ones(1), np.ones(1), 0.0, Bars(0.5, 0.5, 0.0))
    low, high = calibration.probabilities(np.array([[-1000.0], [1000.0]]))
    assert (low, high) == pytest.approx((0, 1))
