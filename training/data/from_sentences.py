"""Make examples from sets that mark whole sentences: SelQA, ClapNQ and Evidence Inference."""

from __future__ import annotations

import gzip
import json
import random
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from index.tokens import tokenize
from training.data.articles import markdown_of
from training.data.cut import WindowMaker
from training.data.examples import Example, tagged
from training.data.folds import fold_of
from training.data.sources import read_gzip
from training.data.text import index_words, pieces_of, rank_by_words

TRIAL_QUESTIONS = (
    "What was the effect of {intervention} on {outcome} compared with {comparator}?",
    "How did {intervention} and {comparator} compare for {outcome}?",
    "Did {intervention} change {outcome} more than {comparator}?",
    "Was {outcome} different with {intervention} than with {comparator}?",
    "{outcome} with {intervention} vs {comparator}",
    "Was there a difference in {outcome} between {intervention} and {comparator}?",
)
"""How a prompt of Evidence Inference, which is three phrases, becomes a question."""

SAME_OUTCOME = 0.6
"""Share of an outcome's words that make a sentence one on this outcome. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence and the heading trail it is under."""

    headings: tuple[str, ...]
    text: str


class Cutter:
    """Cuts windows of a text for questions on it.

    Args:
        pieces: its sentences.
        maker: draws the windows.
        settings: of ``[prepare]``.

    """

    def __init__(
        self, pieces: Sequence[Piece], maker: WindowMaker, settings: dict[str, Any]
    ) -> None:
        self.pieces = pieces
        self._lengths = maker.lengths([piece.text for piece in pieces])
        self._maker, self._n_negative = maker, settings["sentences_negative_windows"]

    def windows(
        self,
        question: str,
        gold: Set[int],
        unsure: Set[int] = frozenset(),
        ranked: Sequence[int] | None = None,
    ) -> list[Example]:
        """Return two windows with an answer, then those around the best rows without one.

        Args:
            question: as asked.
            gold: rows of the sentences that answer it.
            unsure: rows of those that may.
            ranked: all rows, best first; in reading order if None.

        """
        rows = [self._maker.draw.choice(sorted(gold)) for _ in range(2)] if gold else []
        order = range(len(self.pieces)) if ranked is None else ranked
        rows += [row for row in order if row not in gold | unsure][: self._n_negative]
        examples = [
            Example(
                question,
                self.pieces[window.start].headings,
                tuple(self.pieces[row].text for row in window),
                tuple(1 if row in gold else -1 if row in unsure else 0 for row in window),
            )
            for window in dict.fromkeys(map(self._around, rows))
        ]
        return sorted(examples, key=lambda example: not example.is_positive)

    def _around(self, row: int) -> range:
        """Draw a window with a row, within its section."""
        headings = self.pieces[row].headings
        window = self._maker.around(row, self._lengths)
        same = [at for at in window if self.pieces[at].headings == headings]
        return range(min(same), max(same) + 1)


def selqa_examples(folder: Path, maker: WindowMaker, settings: dict[str, Any]) -> Iterator[Example]:
    """Yield windows of the section of Wikipedia that a question was written on."""
    for part in ("dev", "test"):
        for number, record in enumerate(read_gzip(folder / f"selqa_{part}.json.gz")):
            headings = (record["article"].replace("_", " "), record["section"])
            pieces = [Piece(headings, " ".join(text.split())) for text in record["candidates"]]
            windows = Cutter(pieces, maker, settings).windows(
                record["question"], set(record["answers"])
            )
            yield from tagged(windows, group=f"selqa:{part}:{number}", origin="selqa")


def clapnq_examples(
    folder: Path, maker: WindowMaker, settings: dict[str, Any]
) -> Iterator[Example]:
    """Yield windows of the passage that a question of Natural Questions was asked of."""
    for name in ("answerable", "unanswerable"):
        for record in _lines(folder / f"clapnq_{name}.jsonl.gz"):
            (passage,) = record["passages"]
            texts = [" ".join(text.split()) for text in passage["sentences"]]
            pieces = [Piece((passage["title"],), text) for text in texts if text]
            chosen = {
                " ".join(text.split())
                for answer in record["output"]
                for text in answer.get("selected_sentences") or []
            }
            gold = {row for row, piece in enumerate(pieces) if piece.text in chosen}
            windows = Cutter(pieces, maker, settings).windows(record["input"], gold)
            yield from tagged(windows, group=f"clapnq:{record['id']}", origin="clapnq")


def evidence_inference_examples(
    folder: Path, literature: Path, maker: WindowMaker, settings: dict[str, Any]
) -> Iterator[Example]:
    """Yield windows of a trial for a question that compares two of its arms."""
    prompts: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in _lines(folder / "evidence_inference.jsonl.gz"):
        prompts[record["article"]].append(record)
    for name, markdown in _articles(literature / "articles.tar.xz", prompts):
        cutter = Cutter(pieces_with_headings(markdown), maker, settings)
        for number, windows in enumerate(_trial_windows(cutter, prompts[name], maker.draw)):
            yield from tagged(
                windows,
                group=f"evidence_inference:{name}:{number}",
                origin="evidence_inference",
                fold=fold_of(name),
            )


def _trial_windows(
    cutter: Cutter, prompts: Sequence[Mapping[str, Any]], draw: random.Random
) -> Iterator[list[Example]]:
    """Yield the windows of each prompt of a trial.

    What doctors marked is positive. Another sentence with most words of the outcome is left open:
    an article reports a result more than once, and they marked one place or two.
    """
    texts = [piece.text for piece in cutter.pieces]
    index, words = index_words(texts), [set(tokenize(text)) for text in texts]
    for prompt in prompts:
        question = draw.choice(TRIAL_QUESTIONS).format_map(_phrases(prompt))
        outcome = set(tokenize(prompt["outcome"]))
        gold = {row for row, text in enumerate(texts) if _is_marked(text, prompt["evidence"])}
        on_outcome = {
            row
            for row, held in enumerate(words)
            if len(outcome & held) >= SAME_OUTCOME * len(outcome)
        }
        if gold:
            ranked = rank_by_words(index, question)
            yield cutter.windows(question, gold, on_outcome - gold, ranked)


def pieces_with_headings(markdown: str) -> list[Piece]:
    """Return the sentences of an article before its references."""
    trail: list[str] = []
    pieces = []
    for block in markdown.split("\n\n"):
        level = len(block) - len(block.lstrip("#"))
        if level:
            trail = [*trail[: level - 1], block[level:].strip()]
            if trail[-1] == "References":
                break
        else:
            pieces += [Piece(tuple(trail[1:]), piece.text) for piece in pieces_of(block)]
    return pieces


def _is_marked(text: str, evidence: Sequence[str]) -> bool:
    words = " ".join(text.split())
    marked = (" ".join(each.split()) for each in evidence)
    return len(words) >= 20 and any(words in each or each in words for each in marked)


def _phrases(prompt: Mapping[str, Any]) -> dict[str, str]:
    fields = ("intervention", "comparator", "outcome")
    return {field: " ".join(prompt[field].split()).strip(" .;") for field in fields}


def _articles(archive: Path, wanted: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield name and Markdown of the wanted articles, in the order of their names."""
    found = {}
    with tarfile.open(archive) as members:
        for member in members:
            name = Path(member.name).stem
            file = members.extractfile(member) if name in wanted else None
            if file is not None:
                found[name] = markdown_of(etree.parse(file).getroot())
    yield from sorted(found.items())


def _lines(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
