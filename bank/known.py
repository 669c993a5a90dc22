"""A loaded question bank: finds the known questions near a question, and classifies it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bank import intents
from bank.intents import IntentClassifier, Matrix
from bank.questions import KnownQuestion
from index.encoder import Vectors
from index.hits import Rows, Scores
from ingest.document import Sentence
from ingest.units import units_of

VOTE_SHARPNESS = 25.0
"""How fast a known question's vote falls with its cosine: by a factor of 12 from .9 to .8. Chosen
by hand; on the calibration files a sharper or flatter vote made no difference beyond chance."""
FAR, CLOSE = 0.65, 0.85
"""Cosines of the nearest known question from which it begins to count, and counts in full. Chosen
by hand on the calibration files, asked beside banks of 25 to 200 other questions: the nearest one
has the same evidence for one question in six below .7, one in three up to .8, three in four
above."""
THIN, DENSE = 2.0, 10.0
"""Known questions for each unit from which a bank as a whole begins to count, and counts in full.
Chosen by hand on the calibration files beside banks of 25 to all the other questions."""
MIN_LOG_PROBABILITY = -12.0
"""Smaller ones are raised to this, so that very unlikely units count alike. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The documents of an index that a bank asks about, and where their sentences stand there."""

    sentences: tuple[Sentence, ...]
    """All of them, in the order of the index."""
    rows: Rows
    """Their rows in the index, ascending."""
    n_units: int
    """How many units can be quoted in the whole index."""


@dataclass(frozen=True, slots=True)
class Near:
    """What a bank says about a question, of the sentences of the documents that it asks about."""

    rows: Rows
    """Their rows in the index, ascending."""
    held: Mapping[str, Scores]
    """For each of them, by the name of the signal (``answer.weighing.signals``)."""
    elsewhere: Mapping[str, float]
    """The same for any other sentence."""
    rankings: tuple[Scores, ...]
    """The evidence for each of them, by which passages are ranked; 0 means none. None at all if no
    known question is near."""

    def columns(self, rows: Rows) -> dict[str, Scores]:
        """Return what is said of some sentences, by their rows in the index, by the signal."""
        at = np.searchsorted(self.rows, rows)
        inside = at < len(self.rows)
        inside[inside] = self.rows[at[inside]] == rows[inside]
        columns = {}
        for name, values in self.held.items():
            columns[name] = np.full(len(rows), self.elsewhere[name], dtype=values.dtype)
            columns[name][inside] = values[at[inside]]
        return columns


NOTHING = Near(np.zeros(0, np.int64), {}, {}, ())
"""What an empty bank says."""


class Bank:
    """A corpus's known questions, with their vectors and what was learnt from them."""

    def __init__(
        self,
        questions: Sequence[KnownQuestion],
        vectors: Vectors,
        asked: Asked,
        classifier: IntentClassifier,
    ) -> None:
        self.questions = tuple(questions)
        self._vectors, self._asked = vectors, asked
        self._classifier = classifier
        self._unit_numbers = _unit_numbers(asked.sentences)
        self._unanswerable = np.array([not known.to_show for known in questions], dtype=bool)
        self._question_rows, self._sentence_rows = _evidence(questions, asked.sentences)
        self.density = _share(len(questions) / max(1, asked.n_units), THIN, DENSE)
        """How far the bank as a whole counts, from 0 to 1."""

    def without(self, origin: str) -> Bank:
        """Return this bank without the questions of one of its files, the one to be measured."""
        return self.part([n for n, known in enumerate(self.questions) if known.origin != origin])

    def part(self, kept: Sequence[int]) -> Bank:
        """Return a bank with some of these questions, by their positions: at least one."""
        questions, vectors = [self.questions[number] for number in kept], self._vectors[kept]
        classifier = learn(questions, vectors, self._asked.sentences)
        return Bank(questions, vectors, self._asked, classifier)

    def near(self, vector: Vectors) -> Near:
        """Compare a question with the known ones."""
        cosines = self._vectors @ vector
        votes = np.exp(VOTE_SHARPNESS * (cosines - cosines.max(initial=-1.0)))
        votes /= votes.sum() + 1e-12
        known = np.zeros(len(self._asked.rows), dtype=np.float32)
        np.maximum.at(known, self._sentence_rows, cosines[self._question_rows])
        vote = np.zeros(len(self._asked.rows), dtype=np.float32)
        np.add.at(vote, self._sentence_rows, votes[self._question_rows])
        by_unit = np.maximum(self._classifier.log_probabilities(vector), MIN_LOG_PROBABILITY)
        intent = by_unit[self._unit_numbers]
        no_answer = {
            "known_unanswerable": cosines[self._unanswerable].max(initial=0.0),
            "vote_unanswerable": votes[self._unanswerable].sum(),
            "intent_none": by_unit[-1],
        }
        nearness = _share(float(cosines.max(initial=-1.0)), FAR, CLOSE)
        of_bank = {"nearness": nearness, "density": self.density, **no_answer}
        everywhere = {name: np.full(len(known), value) for name, value in of_bank.items()}
        held = {"known": known, "vote": vote, "intent": intent, **everywhere}
        elsewhere = {"known": 0.0, "vote": 0.0, "intent": MIN_LOG_PROBABILITY}
        near_enough = np.where(known > FAR, known, 0.0)
        rankings = (near_enough, np.exp(intent)) if nearness else ()
        return Near(self._asked.rows, held, elsewhere | of_bank, rankings)


def _share(value: float, low: float, high: float) -> float:
    """Return how far a value is from ``low`` to ``high``, from 0 to 1."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


class EmptyBank:
    """Stands in for the bank of a corpus that has none."""

    questions: tuple[KnownQuestion, ...] = ()
    density: float = 0.0

    def near(self, vector: Vectors) -> Near:
        """Say nothing."""
        return NOTHING


def learn(
    questions: Sequence[KnownQuestion], vectors: Vectors, sentences: Sequence[Sentence]
) -> IntentClassifier:
    """Fit the classifier of a bank that has questions.

    Args:
        questions: the known ones.
        vectors: theirs, shape ``(n_questions, d)``.
        sentences: those of the documents that they ask about, in the order of the index.

    """
    return intents.fit(vectors, targets_of(questions, sentences))


def targets_of(questions: Sequence[KnownQuestion], sentences: Sequence[Sentence]) -> Matrix:
    """Return what each known question asks for, as ``intents.fit`` takes it."""
    numbers = _unit_numbers(sentences)
    targets = np.zeros((len(questions), numbers.max() + 2), dtype=np.float32)
    question_rows, sentence_rows = _evidence(questions, sentences)
    targets[question_rows, numbers[sentence_rows]] = 1.0
    targets[:, -1] = [not known.to_show for known in questions]
    return np.asarray(targets / targets.sum(axis=1, keepdims=True), dtype=np.float32)


def asked_about(questions: Sequence[KnownQuestion], documents: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the documents that hold evidence of known questions, in their order.

    A bank knows nothing of the others: they are not read for it, and its arrays do not grow with
    them.
    """
    named = {s.doc_id for known in questions for s in (*known.evidence, *known.helpful)}
    return tuple(doc_id for doc_id in documents if doc_id in named)


def _unit_numbers(sentences: Sequence[Sentence]) -> Rows:
    """Number the units in order of appearance; return the unit number of each sentence."""
    units = units_of(sentences)
    numbers = {unit: number for number, unit in enumerate(dict.fromkeys(units))}
    return np.array([numbers[unit] for unit in units], dtype=np.int64)


def _evidence(
    questions: Sequence[KnownQuestion], sentences: Sequence[Sentence]
) -> tuple[Rows, Rows]:
    """Return the rows of questions and, beside them, of the sentences right to show for them."""
    place = {(s.doc_id, s.span): row for row, s in enumerate(sentences)}
    pairs = [
        (number, place[s.doc_id, s.span])
        for number, known in enumerate(questions)
        for s in known.to_show
    ]
    question_rows, sentence_rows = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return question_rows, sentence_rows
