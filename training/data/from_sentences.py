"""Make examples from sets that mark whole sentences: SelQA, ClapNQ and Evidence Inference."""

from __future__ import annotations

import gzip
import json
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence and the heading trail it is under."""

    headings: tuple[str, ...]
    text: str


def selqa_examples(folder: Path, maker: WindowMaker, settings: dict[str, Any]) -> Iterator[Example]:
    """Yield windows of the section of Wikipedia that a question was written on."""
    for part in ("dev", "test"):
        for number, record in enumerate(read_gzip(folder / f"selqa_{part}.json.gz")):
            headings = (record["article"].replace("_", " "), record["section"])
            pieces = [Piece(headings, " ".join(text.split())) for text in record["candidates"]]
            question, gold = record["question"], set(record["answers"])
            yield from tagged(
                windows(question, pieces, range(len(pieces)), gold, set(), maker, settings),
                group=f"selqa:{part}:{number}",
                origin="selqa",
            )


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
            yield from tagged(
                windows(record["input"], pieces, range(len(pieces)), gold, set(), maker, settings),
                group=f"clapnq:{record['id']}",
                origin="clapnq",
            )


def evidence_inference_examples(
    folder: Path, literature: Path, maker: WindowMaker, settings: dict[str, Any]
) -> Iterator[Example]:
    """Yield windows of a trial for a question that compares two of its arms.

    What doctors marked is positive. Another sentence with most words of the outcome is left open:
    an article reports a result more than once, and they marked one place or two.
    """
    prompts: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in _lines(folder / "evidence_inference.jsonl.gz"):
        prompts[record["article"]].append(record)
    for name, markdown in _articles(literature / "articles.tar.xz", prompts):
        pieces = pieces_with_headings(markdown)
        words = index_words(piece.text for piece in pieces)
        for number, prompt in enumerate(prompts[name]):
            gold = {row for row, p in enumerate(pieces) if _is_marked(p.text, prompt["evidence"])}
            if gold:
                question = maker.draw.choice(TRIAL_QUESTIONS).format_map(_phrases(prompt))
                unsure = _on_outcome(prompt["outcome"], pieces) - gold
                yield from tagged(
                    windows(
                        question,
                        pieces,
                        rank_by_words(words, question),
                        gold,
                        unsure,
                        maker,
                        settings,
                    ),
                    group=f"evidence_inference:{name}:{number}",
                    origin="evidence_inference",
                    fold=fold_of(name),
                )


def windows(
    question: str,
    pieces: Sequence[Piece],
    ranked: Sequence[int],
    gold: set[int],
    unsure: set[int],
    maker: WindowMaker,
    settings: dict[str, Any],
) -> list[Example]:
    """Return two windows with an answer, then those around the best-ranked rows without one."""
    lengths = maker.lengths([piece.text for piece in pieces])
    rows = [maker.draw.choice(sorted(gold)) for _ in range(2)] if gold else []
    nearest = [row for row in ranked if row not in gold | unsure]
    rows += nearest[: settings["sentences_negative_windows"]]
    cut = dict.fromkeys(_within(maker.around(row, lengths), row, pieces) for row in rows)
    examples = [_example(question, pieces, window, gold, unsure) for window in cut]
    return sorted(examples, key=lambda example: not example.is_positive)


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


def _within(window: range, row: int, pieces: Sequence[Piece]) -> range:
    """Cut a window to the section of one of its sentences."""
    same = [at for at in window if pieces[at].headings == pieces[row].headings]
    return range(min(same), max(same) + 1)


def _example(
    question: str, pieces: Sequence[Piece], window: range, gold: set[int], unsure: set[int]
) -> Example:
    return Example(
        question,
        pieces[window.start].headings,
        tuple(pieces[row].text for row in window),
        tuple(1 if row in gold else -1 if row in unsure else 0 for row in window),
    )


def _is_marked(text: str, evidence: Sequence[str]) -> bool:
    words = " ".join(text.split())
    marked = (" ".join(each.split()) for each in evidence)
    return len(words) >= 20 and any(words in each or each in words for each in marked)


def _on_outcome(outcome: str, pieces: Sequence[Piece]) -> set[int]:
    asked = set(tokenize(outcome))
    return {
        row
        for row, piece in enumerate(pieces)
        if len(asked & set(tokenize(piece.text))) >= 0.6 * len(asked)
    }


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
