"""The intent classifier: which unit a question asks for, or none, learnt from a question bank.

A few networks with one hidden layer, which take the encoder's vector of the question. They are
fitted when an index is built, and stored with it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.hits import Scores

Matrix = NDArray[np.float32]

SCALE = 16.0
"""Factor on the unit vectors: the network learns slowly from smaller numbers. Chosen by hand."""
HIDDEN, RATE, DECAY = 512, 3e-3, 0.01
KEPT_OF = 2
"""One hidden value of so many is left out of each step of learning, at random."""
STEPS, BATCH = 700, 256
"""Tuned on the calibration files of the bank, each kept out in turn: 540 to 800 steps, 512 or 1,024
hidden values differed by chance alone. ``training/ablation.py`` measures what it is worth."""
RISE, MOMENTA, MEMORY, EPSILON = 0.3, (0.85, 0.95), 0.999, 1e-8
"""Of the steps and the rate, as usual: the share of the steps in which the rate rises, the first
momentum at its top and at its ends, the second, and what keeps a step finite."""
TINY = 1e-9
NETWORKS = 3
"""With different random starts: their mean depends less on chance than each of them."""
SEED = 20
DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class IntentClassifier:
    """``k`` fitted networks; ``d`` is the encoder's dimension, ``n`` the number of units."""

    hidden: Matrix
    """Shape ``(k, d, h)``."""
    hidden_bias: Matrix
    """Shape ``(k, h)``."""
    out: Matrix
    """Shape ``(k, h, n + 1)``; the last column is "none of them"."""
    out_bias: Matrix
    """Shape ``(k, n + 1)``."""

    def log_probabilities(self, vector: Vectors) -> Scores:
        """Return the log probability that each unit is asked for: ``(n + 1,)`` from ``(d,)``."""
        active = np.maximum(SCALE * vector @ self.hidden + self.hidden_bias, 0.0)
        logits = np.einsum("kh,kho->ko", active, self.out) + self.out_bias
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        return np.asarray(np.log(shares.mean(axis=0) + TINY), dtype=np.float32)

    def fits(self, d: int, n: int) -> bool:
        """Whether its arrays have the shapes for ``d`` and ``n``, and no number is missing."""
        k, _, h = self.hidden.shape if self.hidden.ndim == 3 else (0, 0, 0)
        shapes = (k, d, h), (k, h), (k, h, n + 1), (k, n + 1)
        return k > 0 and all(
            array.shape == shape and array.dtype == np.float32 and bool(np.isfinite(array).all())
            for array, shape in zip(self.arrays().values(), shapes, strict=True)
        )

    def arrays(self) -> dict[str, Matrix]:
        """Return its arrays by name, to be stored; ``restore`` is the inverse."""
        return {name: getattr(self, name) for name in ARRAYS}


ARRAYS = ("hidden", "hidden_bias", "out", "out_bias")


def restore(arrays: Mapping[str, Matrix]) -> IntentClassifier:
    """Return the classifier that ``arrays`` was taken from."""
    return IntentClassifier(**{name: arrays[name] for name in ARRAYS})


def fit(vectors: Vectors, targets: Matrix) -> IntentClassifier:
    """Learn from known questions.

    Args:
        vectors: of the questions, shape ``(n_questions, d)``.
        targets: shape ``(n_questions, n + 1)``, rows that sum to 1: the shares of the units that
            answer a question, or 1 in the last column if none does.

    """
    from threadpoolctl import threadpool_limits  # here, because answering does not need it

    # A thread each: the sums are too small to be shared out, and two cores share three threads.
    with threadpool_limits(1), ThreadPoolExecutor(NETWORKS) as pool:
        fits = [pool.submit(_fit_one, vectors, targets, SEED + n) for n in range(NETWORKS)]
        networks = [one.result() for one in fits]
    return IntentClassifier(*(np.stack(arrays) for arrays in zip(*networks, strict=True)))


def digest_of(vectors: Vectors, targets: Matrix) -> bytes:
    """Return what a fit is known by: equal digests give equal classifiers on one machine."""
    constants = (SCALE, HIDDEN, KEPT_OF, RATE, DECAY, STEPS, BATCH, RISE, MOMENTA, MEMORY)
    settings = repr((*constants, EPSILON, NETWORKS, SEED, vectors.shape, targets.shape))
    digest = hashlib.blake2b(settings.encode(), digest_size=DIGEST_BYTES)
    digest.update(vectors.tobytes())
    digest.update(targets.tobytes())
    return digest.digest()


def _fit_one(vectors: Vectors, targets: Matrix, seed: int) -> tuple[Matrix, ...]:
    """Return the arrays of one network: hidden, its bias, out, its bias."""
    random = np.random.default_rng(seed)
    weights = [
        *_linear(random, vectors.shape[1], HIDDEN),
        *_linear(random, HIDDEN, targets.shape[1]),
    ]
    first, second = ([np.zeros_like(one) for one in weights] for _ in range(2))
    for step in range(STEPS):
        rows = random.integers(len(vectors), size=BATCH)
        kept = random.integers(KEPT_OF, size=(BATCH, HIDDEN), dtype=np.int8) > 0
        slopes = _slopes(weights, SCALE * vectors[rows], targets[rows], kept)
        _descend(weights, slopes, first, second, step)
    return tuple(weights)


def _linear(random: np.random.Generator, given: int, made: int) -> tuple[Matrix, Matrix]:
    """Return the weights and the bias that a layer starts with."""
    most = given**-0.5
    weights = random.uniform(-most, most, (given, made)).astype(np.float32)
    return weights, random.uniform(-most, most, made).astype(np.float32)


def _slopes(
    weights: Sequence[Matrix], given: Matrix, wanted: Matrix, kept: NDArray[np.bool_]
) -> tuple[Matrix, ...]:
    """Return how the mean cross entropy of a batch grows with each of the weights."""
    hidden, hidden_bias, out, out_bias = weights
    active = np.maximum(given @ hidden + hidden_bias, 0.0)
    active *= kept * np.float32(KEPT_OF / (KEPT_OF - 1))
    logits = active @ out + out_bias
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    of_logits = (shares - wanted) / np.float32(len(given))
    of_active = (of_logits @ out.T) * (active > 0) * np.float32(KEPT_OF / (KEPT_OF - 1))
    of_hidden, of_out = given.T @ of_active, active.T @ of_logits
    return of_hidden, of_active.sum(axis=0), of_out, of_logits.sum(axis=0)


def _descend(
    weights: Sequence[Matrix],
    slopes: Sequence[Matrix],
    first: Sequence[Matrix],
    second: Sequence[Matrix],
    step: int,
) -> None:
    """Take one step of AdamW (Loshchilov and Hutter 2019), in place."""
    rate, momentum = _schedule(step)
    size = np.float32(rate / (1 - momentum ** (step + 1)))
    root = np.float32((1 - MEMORY ** (step + 1)) ** -0.5)
    for weight, slope, mean, square in zip(weights, slopes, first, second, strict=True):
        weight *= np.float32(1 - rate * DECAY)
        mean += np.float32(1 - momentum) * (slope - mean)
        square += np.float32(1 - MEMORY) * (slope * slope - square)
        weight -= size * mean / (root * np.sqrt(square) + np.float32(EPSILON))


def _schedule(step: int) -> tuple[float, float]:
    """Return the rate and the momentum of a step: one cycle (Smith and Topin 2018).

    The rate rises along half a cosine to ``RATE`` and falls to nothing; the momentum does the
    opposite.
    """
    top = RISE * STEPS - 1
    if step <= top:
        height, low = _half_cosine(step / top), RATE / 25
    else:
        height, low = 1 - _half_cosine((step - top) / (STEPS - 1 - top)), RATE / 25e4
    least, most = MOMENTA
    return low + height * (RATE - low), most - height * (most - least)


def _half_cosine(share: float) -> float:
    return (1 - math.cos(math.pi * share)) / 2
