"""Measure what a conversation does to the known questions of a corpus's bank.

    python -m benchmarks.conversation CORPUS INDEX [--pairs 1000] [--without-bank]

Questions without a history are asked after another one, drawn at random, and compared with how they
are answered alone: those that name a subject, and all. Follow-ups are asked after their history,
and alone. The pairs are the same every time.
"""

from __future__ import annotations

import argparse
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from answer.asking.names import Names
from answer.asking.question import understand_parts
from answer.mining.mined import mine
from answer.pipeline import Answerer, load_answerer
from answer.quotes import Answer
from bank.questions import BANK, KnownQuestion, read_bank
from index.encoder import SentenceEncoder, Tokenizer
from ingest.document import Document
from ingest.drafting.processor import cores

SEED = 20
WORD = re.compile(r"[^\W\d_]{4,}")
Pair = tuple[str, str]
"""A question, and the one asked before it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of some questions are answered after another one as they are alone."""

    n_pairs: int
    n_read_back: int
    """Read with the question before them."""
    n_same: int
    """With the same status and the same first quote."""

    @property
    def share(self) -> float:
        """Of the pairs, those answered the same."""
        return self.n_same / self.n_pairs


class Subjects:
    """Tells whether a question names a subject, by other means than ``index.query``.

    It does if it has one of the names in the documents (short forms, brands), or a word of at least
    four letters so rare in general English that the encoder has no token for it.
    """

    def __init__(self, documents: Mapping[str, Document], tokenizer: Tokenizer) -> None:
        self._names, self._tokenizer = Names(mine(documents.values())), tokenizer

    def named_in(self, question: str) -> bool:
        """Whether a question names a subject."""
        return bool(self._names.others(question)) or any(
            len(self._tokenizer.tokens(word.lower()).ids) > 1 for word in WORD.findall(question)
        )


def drawn_pairs(asked: Sequence[str], others: Sequence[str], number: int) -> list[Pair]:
    """Draw different questions, each with another one to be asked before it."""
    random = Random(SEED)
    pairs = []
    for question in random.sample(asked, min(number, len(asked))):
        before = random.choice(others)
        while before == question:
            before = random.choice(others)
        pairs.append((question, before))
    return pairs


def kept(answerer: Answerer, pairs: Iterable[Pair]) -> Kept:
    """Ask questions after others; one that is read alone is answered as if it was asked alone."""
    read_back = same = total = 0
    for question, before in pairs:
        total += 1
        if understand_parts(question, [before]) == understand_parts(question):
            same += 1
            continue
        read_back += 1
        same += _first(answerer.answer(question, [before])) == _first(answerer.answer(question))
    return Kept(total, read_back, same)


def standing_alone(questions: Iterable[KnownQuestion]) -> list[str]:
    """Return the questions without a history, each once."""
    return sorted({known.question for known in questions if not known.history})


def _first(answer: Answer) -> object:
    return answer.is_found and (answer.citations[0].doc_id, answer.citations[0].span)


def _is_right(answer: Answer, known: KnownQuestion) -> bool:
    """Whether the first quote holds a sentence that is right to show."""
    return answer.is_found and any(
        answer.citations[0].doc_id == sentence.doc_id
        and answer.citations[0].span.covers(sentence.span)
        for sentence in (*known.to_show, *known.helpful)
    )


def main() -> None:
    """Ask, and print two tables."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("index", type=Path, help="what `quotewell build` wrote")
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--without-bank", action="store_true", help="answer without the bank")
    arguments = parser.parse_args()
    answerer = load_answerer(
        arguments.corpus, arguments.index, cores(), with_bank=not arguments.without_bank
    )
    questions = read_bank(arguments.corpus / BANK, answerer.documents)
    alone = standing_alone(questions)
    subjects = Subjects(answerer.documents, SentenceEncoder())
    naming = [question for question in alone if subjects.named_in(question)]
    print(
        "| questions | pairs | read with the one before | answered as alone |\n|---|---:|---:|---:|"
    )
    for name, asked in {"that name a subject": naming, "all": alone}.items():
        row = kept(answerer, drawn_pairs(asked, alone, arguments.pairs))
        print(f"| {name} | {row.n_pairs} | {row.n_read_back} | {row.share:.3f} |", flush=True)
    follow_ups = [known for known in questions if known.history and known.is_answerable]
    print("\n| follow-ups | first quote right |\n|---|---:|")
    for name, uses_history in {"after their history": True, "alone": False}.items():
        answers = (
            (answerer.answer(known.question, known.history if uses_history else ()), known)
            for known in follow_ups
        )
        right = sum(_is_right(*each) for each in answers)
        print(f"| {name} | {right / len(follow_ups):.3f} |", flush=True)


if __name__ == "__main__":
    main()
