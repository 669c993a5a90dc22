"""The intent classifier: learns which unit a vector asks for, the same each time."""

import numpy as np
import pytest

from bank import intents
from bank.intents import RATE, _schedule, _slopes, fit, restore

pytestmark = pytest.mark.usefixtures("few_steps")

D, UNITS = 8, 3


@pytest.fixture(scope="module")
def questions():
    """Twenty questions for each of three units and for none, near the axis that is theirs."""
    random = np.random.default_rng(7)
    wanted = np.repeat(np.arange(UNITS + 1), 20)
    vectors = np.eye(D)[wanted] + 0.2 * random.normal(size=(len(wanted), D))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), np.eye(UNITS + 1, dtype=np.float32)[wanted]


@pytest.fixture(scope="module")
def classifier(questions):
    return fit(*questions)


def test_a_new_question_is_told_from_those_of_other_units_and_of_none(classifier):
    for unit in range(UNITS + 1):
        assert classifier.log_probabilities(np.eye(D, dtype=np.float32)[unit]).argmax() == unit


def test_the_probabilities_are_those_of_one_choice(classifier):
    logs = classifier.log_probabilities(np.ones(D, dtype=np.float32) / np.sqrt(D))
    assert logs.shape == (UNITS + 1,)
    assert np.exp(logs).sum() == pytest.approx(1, abs=1e-5)


def test_fitting_again_gives_the_same_numbers(questions, classifier):
    again = fit(*questions).arrays()
    assert all(np.array_equal(again[name], array) for name, array in classifier.arrays().items())


def test_it_comes_back_from_its_arrays(classifier):
    vector = np.eye(D, dtype=np.float32)[1]
    restored = restore(classifier.arrays())
    assert np.array_equal(restored.log_probabilities(vector), classifier.log_probabilities(vector))


def test_the_rate_rises_and_falls_in_one_cycle_and_the_momentum_does_the_opposite(monkeypatch):
    monkeypatch.setattr(intents, "STEPS", 700)
    rates, momenta = zip(*map(_schedule, range(700)), strict=True)
    assert (max(rates), rates.index(max(rates))) == (pytest.approx(RATE), 209)
    assert (rates[0], rates[-1]) == (pytest.approx(RATE / 25), pytest.approx(RATE / 25e4))
    assert (momenta[0], momenta[209], momenta[-1]) == pytest.approx((0.95, 0.85, 0.95))


def test_the_slopes_are_those_of_the_loss():
    random = np.random.default_rng(3)
    weights = [random.normal(size=shape) for shape in ((D, 5), (5,), (5, UNITS), (UNITS,))]
    given, kept = random.normal(size=(4, D)), random.integers(2, size=(4, 5)) > 0
    wanted = np.eye(UNITS)[[0, 2, 1, 1]]

    def loss():
        active = np.maximum(given @ weights[0] + weights[1], 0) * kept * 2
        logits = active @ weights[2] + weights[3]
        return -(wanted * (logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)))).sum() / 4

    for weight, slope in zip(weights, _slopes(weights, given, wanted, kept), strict=True):
        for place in np.ndindex(weight.shape):
            before, weight[place] = weight[place], weight[place] + 1e-6
            more, weight[place] = loss(), before - 1e-6
            less, weight[place] = loss(), before
            assert (more - less) / 2e-6 == pytest.approx(slope[place], abs=1e-6)
