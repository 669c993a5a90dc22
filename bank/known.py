"""What the question bank says about a question: the nearest known ones, and the classifier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bank import intents
from bank.intents import IntentClassifier
from bank.questions import KnownQuestion
from index.encoder import Vectors
from ingest.document import Sentence
from ingest.units import units_of

VOTE_SHARPNESS = 25.0
"""How fast a known question's vote falls with its cosine: by a factor 12 from .9 to .8."""
LEAST = -12.0
"""Least logarithm of a probability: what is rarer than that is all the same."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Near:
    """What a bank says about a question: arrays hold one number for each sentence."""

    known: Vectors
    """Cosine of the nearest known question that the sentence answers; 0 if it answers none."""
    vote: Vectors
    """Share of the votes of all known questions, near ones counting most."""
    intent: Vectors
    """Logarithm of how likely the sentence's unit is asked for."""
    none: tuple[float, float, float]
    """The same three for "no answer"."""


class KnownQuestions:
    """The vectors of a question bank's questions and the sentences that they lead to."""

    def __init__(
        self,
        bank: Sequence[KnownQuestion],
        vectors: Vectors,
        sentences: Sequence[Sentence],
        classifier: IntentClassifier,
    ) -> None:
        self._bank, self._vectors, self._sentences = bank, vectors, sentences
        self._classifier = classifier
        self._unit_numbers = _unit_numbers(sentences)
        self._unanswerable = np.array([not known.to_show for known in bank], dtype=bool)
        self._of, self._to = _evidence(bank, sentences)

    def without(self, origin: str) -> KnownQuestions:
        """Return these questions but for one file of the bank, which is to be measured."""
        kept = [n for n, known in enumerate(self._bank) if known.origin != origin]
        bank, vectors = [self._bank[number] for number in kept], self._vectors[kept]
        classifier = learn(bank, vectors, self._sentences)
        return KnownQuestions(bank, vectors, self._sentences, classifier)

    def near(self, vector: Vectors) -> Near:
        """Compare a question with the known ones."""
        cosines = self._vectors @ vector
        votes = np.exp(VOTE_SHARPNESS * (cosines - cosines.max(initial=-1.0)))
        votes /= votes.sum() + 1e-12
        known = np.zeros(len(self._sentences), dtype=np.float32)
        np.maximum.at(known, self._to, cosines[self._of])
        vote = np.zeros(len(self._sentences), dtype=np.float32)
        np.add.at(vote, self._to, votes[self._of])
        intent = np.maximum(self._classifier.log_probabilities(vector), LEAST)
        none = (
            float(cosines[self._unanswerable].max(initial=0.0)),
            float(votes[self._unanswerable].sum()),
            float(intent[-1]),
        )
        return Near(known, vote, intent[self._unit_numbers], none)


def learn(
    bank: Sequence[KnownQuestion], vectors: Vectors, sentences: Sequence[Sentence]
) -> IntentClassifier:
    """Fit the classifier of a bank that has questions.

    Args:
        bank: known questions.
        vectors: theirs, shape ``(n_questions, d)``.
        sentences: those of all passages, in the order of the index.

    """
    numbers = _unit_numbers(sentences)
    targets = np.zeros((len(bank), numbers.max() + 2), dtype=np.float32)
    of, to = _evidence(bank, sentences)
    targets[of, numbers[to]] = 1.0
    targets[:, -1] = [not known.to_show for known in bank]
    return intents.fit(vectors, targets / targets.sum(axis=1, keepdims=True))


def load_known(
    bank: Sequence[KnownQuestion],
    vectors: Vectors,
    sentences: Sequence[Sentence],
    arrays: Mapping[str, Matrix],
) -> KnownQuestions:
    """Return a bank with the classifier that was stored with its index."""
    return KnownQuestions(bank, vectors, sentences, intents.restore(arrays))


def _unit_numbers(sentences: Sequence[Sentence]) -> NDArray[np.int64]:
    """Number the units in order of appearance; return that of each sentence's."""
    units = units_of(sentences)
    numbers = {unit: number for number, unit in enumerate(dict.fromkeys(units))}
    return np.array([numbers[unit] for unit in units], dtype=np.int64)


def _evidence(
    bank: Sequence[KnownQuestion], sentences: Sequence[Sentence]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs of a question's and a sentence's number, each sentence being right to show."""
    place = {(s.doc_id, s.span): row for row, s in enumerate(sentences)}
    pairs = [
        (number, place[s.doc_id, s.span])
        for number, known in enumerate(bank)
        for s in known.to_show
    ]
    of, to = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return of, to
