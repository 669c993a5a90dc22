"""A quiz on the documents: a known question, the sentence that answers it, and three that do not.

Every option is a quote like those of an answer, sliced by ``cite``; no option is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from answer.likeness import contained
from answer.quotes import Citation, cite
from bank.questions import KnownQuestion
from ingest.document import Document, Sentence

N_WRONG = 3
PLAUSIBLE = 10
"""Wrong options are drawn from this many sentences, those that share most words with the question.
Chosen by hand."""
ALIKE = 75.0
"""A sentence that shares this much (0 to 100) with one that answers may answer as well. Chosen by
hand."""
SHORTEST, LONGEST = 60, 320
"""Characters of an option: neither a fragment nor a paragraph. Chosen by hand."""
LONGEST_QUESTION = 120
MOST_OTHERS = 20
"""Other documents that are read for wrong options. Chosen by hand: a few have enough."""


@dataclass(frozen=True, slots=True)
class QuizItem:
    """A question and its options; exactly one answers it."""

    question: str
    options: tuple[Citation, ...]
    right: int
    """Position of the option that answers."""


def quiz_questions(bank: Sequence[KnownQuestion]) -> tuple[KnownQuestion, ...]:
    """Return the questions in an educator's voice that one whole sentence answers.

    One per sentence, so that no two items of a quiz have the same answer.
    """
    of_sentence = {
        known.evidence[0].span: known
        for known in bank
        if known.voice == "educator"
        and known.kind in ("fact", "explain")
        and len(known.required) == 1
        and len(known.question) <= LONGEST_QUESTION
        and known.question[0].isupper()
        and known.question.endswith("?")
        and _is_option(known.evidence[0])
    }
    return tuple(of_sentence.values())


def quiz_item(
    known: KnownQuestion,
    documents: Mapping[str, Document],
    random: Random,
    may_be_used: Callable[[str], bool] = lambda doc_id: True,
) -> QuizItem | None:
    """Make a quiz item from a known question; None if there are too few wrong options.

    They are taken from the question's own document, if it has enough, else from the first others.

    Args:
        known: one of ``quiz_questions``.
        documents: by doc_id.
        random: draws and orders the options; the same seed gives the same item.
        may_be_used: whether another document may, by its id.

    """
    right = known.evidence[0]
    others = _wrong(known, documents[right.doc_id])
    if len(others) < N_WRONG:
        usable = (one for one in documents if one != right.doc_id and may_be_used(one))
        some = islice(usable, MOST_OTHERS)
        others += [sentence for doc_id in some for sentence in _wrong(known, documents[doc_id])]
    if len(others) < N_WRONG:
        return None
    chosen = [right, *random.sample(others, N_WRONG)]
    random.shuffle(chosen)
    options = tuple(cite(documents[one.doc_id], one.span, 1.0) for one in chosen)
    return QuizItem(known.question, options, chosen.index(right))


def _wrong(known: KnownQuestion, document: Document) -> list[Sentence]:
    """Return plausible sentences from sections that do not answer, unlike those that do."""
    answers = [*known.evidence, *known.helpful]
    taken = {sentence.section for sentence in answers if sentence.doc_id == document.doc_id}
    others = [s for s in document.sentences if s.section not in taken and _is_option(s)]
    if not others:
        return []
    texts = [sentence.text for sentence in others]
    likeness = contained(texts, [sentence.text for sentence in answers]).max(axis=1)
    shared = contained(texts, [known.question])[:, 0]
    unlike = [row for row in range(len(others)) if likeness[row] < ALIKE]
    return [others[row] for row in sorted(unlike, key=lambda row: -shared[row])[:PLAUSIBLE]]


def _is_option(sentence: Sentence) -> bool:
    return sentence.kind == "sentence" and SHORTEST <= len(sentence.text) <= LONGEST
