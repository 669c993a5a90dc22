"""Tune the bar of the evaluation's baseline (``evaluation.baselines.BAR``) on training questions.

    python -m training.search_bar LIBRARIES

``LIBRARIES`` holds the corpora that ``training.data.libraries`` wrote, whose indexes are in their
folders' ``index``. Prints each search with the bar that suits it best, by the sum that the
program's own bars are chosen by: handled and half of precision, complete and refusal.
"""

from __future__ import annotations

import argparse
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from answer.opening import open_index
from corpus.sources import read_corpus
from evaluation.baselines import Found, Sentences, search_for
from evaluation.figures import values
from evaluation.judge import Judged, judge
from evaluation.questions import Question, read_questions
from index.encoder import SentenceEncoder

QUANTILES = np.linspace(0, 1, 81)
"""The bars tried: these quantiles of the scores."""
COLUMNS = ("handled", "complete", "precision", "refusal")
log = logging.getLogger("training.search_bar")


@dataclass(frozen=True, slots=True)
class Tried:
    """One question judged as answered by a search, and as declined."""

    score: float
    """Of the search's first sentence."""
    answered: Judged
    declined: Judged


def best_bar(tried: Sequence[Tried]) -> tuple[float, dict[str, float | None]]:
    """Return the bar with the best sum of figures, and the figures with it."""

    def figures(bar: float) -> dict[str, float | None]:
        return values(one.answered if one.score >= bar else one.declined for one in tried)

    def worth(bar: float) -> float:
        handled, *others = (figures(bar)[name] or 0.0 for name in COLUMNS)
        return handled + 0.5 * sum(others)

    scores = [one.score for one in tried if np.isfinite(one.score)]
    bar = max(np.quantile(scores, QUANTILES).tolist(), key=worth)
    return bar, figures(bar)


def try_all(
    retriever: Sentences, questions: Sequence[Question]
) -> Iterator[tuple[str, list[Tried]]]:
    """Yield the name of each search and what it makes of the questions on a library."""
    sources = {doc_id: document.source for doc_id, document in retriever.documents.items()}

    def tried(question: Question, found: Found) -> Tried:
        answered = judge(question, found.reply(), sources)
        return Tried(found.score, answered, judge(question, found.reply(np.inf), sources))

    for name, found in search_for(retriever, questions).items():
        yield name, [tried(*each) for each in zip(questions, found, strict=True)]


def main() -> None:
    """Print the best bar of each search with its figures."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("libraries", type=Path)
    encoder = SentenceEncoder()
    tried: defaultdict[str, list[Tried]] = defaultdict(list)
    for folder in sorted(parser.parse_args().libraries.iterdir()):
        retriever, _ = open_index(folder / "index", read_corpus(folder), encoder)
        for name, some in try_all(retriever, read_questions(folder / "questions.jsonl")):
            tried[name] += some
        log.info("%s: %d questions so far", folder.name, len(tried[name]))
    for name, some in tried.items():
        bar, figures = best_bar(some)
        shown = "  ".join(f"{column} {figures[column]:.3f}" for column in COLUMNS)
        log.info("%s: bar %.3f  %s", name, bar, shown)


if __name__ == "__main__":
    main()
