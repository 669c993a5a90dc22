"""A corpus's question bank to training examples, near misses mined from its own index.

    python -m training.data.from_bank CORPUS INDEX EXAMPLES.jsonl --leave-out FILE [FILE …]

Files of the bank that are left out (by name, without the ending) are for calibration. A window is
what the reader will read when it answers (``answer/weighing/windows.py``).
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from answer.asking.question import understand
from answer.weighing.windows import Window, window_of
from bank.pipeline import open_index
from bank.questions import SHOWN_ANYWAY, KnownQuestion
from corpus.sources import corpus_hash
from index.encoder import SentenceEncoder
from index.query import is_follow_up
from index.retriever import Retriever
from ingest.document import Sentence
from training.data.examples import Example, write_examples

NEGATIVES = 10
"""Windows without an answer kept for a question, those that the index ranks highest first."""
CHANGED_SUBJECT = 0.3
"""Share of the questions that look like follow-ups put after a question that is not theirs."""
log = logging.getLogger("training.data.from_bank")


def examples_of(
    bank: Sequence[KnownQuestion], retriever: Retriever, seed: int
) -> Iterator[Example]:
    """Yield the windows of every question: those that answer, then near misses."""
    draw = random.Random(seed)
    windows = [window_of(passage, retriever.documents) for passage in retriever.passages]
    rows = {passage.passage_id: row for row, passage in enumerate(retriever.passages)}
    for number, known in enumerate(bank):
        text = _asked(known, bank, draw)
        hits = retriever.search(text, k=NEGATIVES + 5)
        ranked = [rows[hit.passage.passage_id] for hit in hits]
        gold, unsure = _gold(known)
        positive = [r for r in range(len(windows)) if gold & set(windows[r].sentences)]
        negative = [r for r in ranked if r not in positive][:NEGATIVES]
        for row in positive + negative:
            yield _example(text, windows[row], gold, unsure, group=f"bank:{number}")


def _gold(known: KnownQuestion) -> tuple[set[Sentence], set[Sentence]]:
    """Return the sentences that answer and those of which that is not known."""
    if known.kind in SHOWN_ANYWAY:
        return set(known.to_show), set()
    return set(known.to_show), set(known.helpful)


def _asked(known: KnownQuestion, bank: Sequence[KnownQuestion], draw: random.Random) -> str:
    history = known.history
    if not history and is_follow_up(known.question) and draw.random() < CHANGED_SUBJECT:
        history = (draw.choice(bank).question,)
    return understand(known.question, history).text


def _example(
    text: str, window: Window, gold: set[Sentence], unsure: set[Sentence], group: str
) -> Example:
    labels = tuple(_label(sentence, gold, unsure) for sentence in window.sentences)
    sentences = tuple(sentence.text for sentence in window.sentences)
    return Example(text, window.headings, sentences, labels, group=group)


def _label(sentence: Sentence, gold: set[Sentence], unsure: set[Sentence]) -> int:
    if sentence in gold:
        return 1
    leads = {other.lead_in for other in gold if other.lead_in}
    of_same_list = sentence.span in leads or any(sentence.lead_in == s.span for s in gold)
    return -1 if sentence in unsure or of_same_list else 0


def main() -> None:
    """Write the examples of one corpus."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("examples", type=Path, help="JSON Lines file to write")
    parser.add_argument("--leave-out", nargs="*", default=[], help="files of the bank, by name")
    parser.add_argument("--seed", type=int, default=20)
    arguments = parser.parse_args()
    hashed = corpus_hash(arguments.corpus)
    encoder = SentenceEncoder()
    retriever, bank = open_index(arguments.index, arguments.corpus, encoder, hashed)
    known = [each for each in bank.questions if each.origin not in arguments.leave_out]
    count = write_examples(arguments.examples, examples_of(known, retriever, arguments.seed))
    log.info("%d questions, %d windows", len(known), count)


if __name__ == "__main__":
    main()
