"""Learn to tell emergencies and self-harm from messages that are neither.

    python -m training.alarms.train

Reads ``messages/``, the messages that the word tables were written with and, as more of what is
harmless, the questions of ``training/questions/``; writes ``answer/models/alarms.npz``. It also
prints what the tables and a classifier make of the messages of each hand, learnt without them.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from answer.notices.classifier import KINDS, MODEL, N_COLUMNS, AlarmClassifier, tallied
from answer.notices.grave import LIKELY, kind_in_tables, likely_kind
from answer.notices.tongues import tongues_for

MESSAGES = Path(__file__).parent / "messages"
QUESTIONS = Path(__file__).parents[1] / "questions"
FIXTURES = Path(__file__).parents[2] / "tests" / "data"
"""The messages that the word tables were written with."""
BARS = (0.3, 0.4, LIKELY, 0.6, 0.7)
STRENGTH = 10.0
"""Inverse regularisation: of 1, 3, 10, 30 and 100 the least with which about as many messages are
recognised as with any, where one in ten harmless ones is misread (four folds of the first hand)."""
MIN_MESSAGES = 2
"""A column is learnt from at least this many messages."""
log = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class Message:
    """A message and what it is."""

    text: str
    kind: str
    """One of ``KINDS``."""
    hand: str
    """Who wrote it, a letter; empty for what nothing is measured on."""
    weight: float = 1.0
    """How often it counts."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is made of a message by the tables, and by a classifier that has not seen its hand."""

    message: Message
    found: str | None
    """The kind that the tables find."""
    shares: dict[str, float]

    def kind(self, bar: float) -> str:
        """Return the kind whose notice is shown, with a bar for what is likely."""
        return self.found or likely_kind(self.shares, bar) or "harmless"


def read_messages(folder: Path = MESSAGES) -> list[Message]:
    """Read the messages of all hands and languages: ``<hand>_<language>.jsonl``."""
    return [
        Message(row["text"], row["kind"], path.stem.partition("_")[0])
        for path in sorted(folder.glob("*.jsonl"))
        for row in _rows(path)
    ]


def read_fixtures(folder: Path = FIXTURES) -> list[Message]:
    """Read the messages that the tables were written with; the tables say which kind they are.

    Each counts three times: what is known to be read right should stay so.
    """
    names = ("notices", "notices_in_other_languages")
    texts = [row["text"] for name in names for row in _rows(folder / f"{name}.jsonl")]
    return [Message(text, _found(text) or "harmless", "", 3.0) for text in texts]


def read_questions(folder: Path = QUESTIONS) -> list[Message]:
    """Read the training questions: what people ask of documents is no alarm."""
    asked = {row["question"] for path in folder.glob("*.jsonl") for row in _rows(path)}
    return [Message(question, "harmless", "") for question in sorted(asked)]


def learn(messages: Sequence[Message]) -> AlarmClassifier:
    """Learn from messages; each has the length 1, whatever it says."""
    tallies = [tallied(message.text) for message in messages]
    ends = np.cumsum([0, *(len(columns) for columns, _ in tallies)])
    columns = np.concatenate([columns for columns, _ in tallies])
    values = np.concatenate([values for _, values in tallies])
    n_having = np.bincount(columns, minlength=N_COLUMNS)
    rarity = np.log((1 + len(messages)) / (1 + n_having)) + 1
    rarity[n_having < MIN_MESSAGES] = 0
    values = values * rarity[columns]
    lengths = np.sqrt(np.add.reduceat(values**2, ends[:-1]))
    values /= np.repeat(np.maximum(lengths, 1e-9), np.diff(ends))
    table = csr_matrix((values, columns, ends), shape=(len(messages), N_COLUMNS))
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    weights = [message.weight for message in messages]
    model.fit(table, [KINDS.index(message.kind) for message in messages], weights)
    stored = (array.astype(np.float16) for array in (rarity, model.coef_.T, model.intercept_))
    return AlarmClassifier(*(array.astype(np.float32) for array in stored))


def write(classifier: AlarmClassifier, path: Path = MODEL) -> str:
    """Write the classifier in half precision; return the file's SHA-256 in hex."""
    arrays = {name: getattr(classifier, name) for name in ("rarity", "weights", "bias")}
    np.savez_compressed(path, **{name: a.astype(np.float16) for name, a in arrays.items()})
    return hashlib.sha256(path.read_bytes()).hexdigest()


def compare(messages: Sequence[Message]) -> Iterator[str]:
    """Yield a Markdown table: what is read right of each hand's messages, learnt without them."""
    hands = sorted({one.hand for one in messages} - {""})
    judged = [each for hand in hands for each in _judge_hand(hand, messages)]
    asked = Counter(one.message.kind for one in judged)
    yield f"| bar | {' | '.join(KINDS)} |"
    yield "|--:|--:|--:|--:|"
    for bar in BARS:
        right = Counter(one.message.kind for one in judged if one.kind(bar) == one.message.kind)
        yield f"| {bar} | {' | '.join(f'{right[kind] / asked[kind]:.3f}' for kind in KINDS)} |"


def _judge_hand(hand: str, messages: Sequence[Message]) -> Iterator[Judged]:
    classifier = learn([one for one in messages if one.hand != hand])
    for one in messages:
        if one.hand == hand:
            yield Judged(one, _found(one.text), classifier.probabilities(one.text))


def _found(text: str) -> str | None:
    """Return the kind that the tables find, in the first language in which they do."""
    kinds = (kind_in_tables(tongue, text) for tongue in tongues_for(text))
    return next(filter(None, kinds), None)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def main() -> None:
    """Measure each hand by the others, then learn from all."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    messages = [*read_messages(), *read_fixtures(), *read_questions()]
    for line in compare(messages):
        log.info(line)
    log.info("MODEL_SHA256 = %r", write(learn(messages)))


if __name__ == "__main__":
    main()
