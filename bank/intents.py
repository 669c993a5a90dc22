"""The intent classifier: which unit a question asks for, or none, learnt from a question bank.

A few networks with one hidden layer, which take the encoder's vector of the question. They are
fitted when an index is built, and stored with it. The only module that imports torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.hits import Scores

Matrix = NDArray[np.float32]

SCALE = 16.0
"""Factor on the unit vectors: the network learns slowly from smaller numbers. Chosen by hand."""
HIDDEN, DROPOUT, RATE, DECAY = 512, 0.5, 3e-3, 0.01
STEPS, BATCH = 700, 256
"""Tuned on the calibration files of the bank, each kept out in turn: 540 to 800 steps, 512 or 1,024
hidden values differed by chance alone. ``training/ablation.py`` measures what it is worth."""
TINY = 1e-9
NETWORKS = 3
"""With different random starts: their mean depends less on chance than each of them."""
SEED = 20


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
    networks = [_fit_one(vectors, targets, SEED + number) for number in range(NETWORKS)]
    return IntentClassifier(*(np.stack(arrays) for arrays in zip(*networks, strict=True)))


def _fit_one(vectors: Vectors, targets: Matrix, seed: int) -> tuple[Matrix, ...]:
    """Return the arrays of one network."""
    import torch  # here, because answering does not need it

    generator = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = torch.nn.Sequential(
            torch.nn.Linear(vectors.shape[1], HIDDEN),
            torch.nn.ReLU(),
            torch.nn.Dropout(DROPOUT),
            torch.nn.Linear(HIDDEN, targets.shape[1]),
        )
        given, wanted = torch.from_numpy(SCALE * vectors), torch.from_numpy(targets)
        optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=STEPS)
        for _ in range(STEPS):
            rows = torch.randint(len(given), (BATCH,), generator=generator)
            loss = torch.nn.functional.cross_entropy(network(given[rows]), wanted[rows])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    weights = [p.detach().numpy().astype(np.float32) for p in network.parameters()]
    return weights[0].T, weights[1], weights[2].T, weights[3]
