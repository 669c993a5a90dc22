"""The intent classifier: learns which unit a vector asks for, the same each time."""

import numpy as np
import pytest

from bank.intents import fit, restore

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
