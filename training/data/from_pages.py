"""Make examples from texts that are an answer as a whole: MedQuAD and PubMedQA."""

from __future__ import annotations

import gzip
import json
import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from training.data.cut import WindowMaker
from training.data.examples import Example, tagged
from training.data.sources import read_gzip
from training.data.text import index_words, pieces_of, rank_by_words

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Page:
    """A MedQuAD page: the answers to its pairs as one run of sentences."""

    topic: str
    sentences: tuple[str, ...]
    owners: tuple[int, ...]
    """The pair each sentence answers."""
    lengths: tuple[int, ...]


def medquad_page(record: dict[str, Any], maker: WindowMaker) -> Page:
    """Put the answers of a page one after another."""
    sentences: list[str] = []
    owners: list[int] = []
    for number, pair in enumerate(record["pairs"]):
        pieces = pieces_of(pair["answer"])
        sentences += [" ".join(piece.text.split()) for piece in pieces]
        owners += [number] * len(pieces)
    return Page(record["focus"], tuple(sentences), tuple(owners), tuple(maker.lengths(sentences)))


def choose_pairs(
    records: Sequence[dict[str, Any]], settings: dict[str, Any], draw: random.Random
) -> dict[int, list[int]]:
    """Draw pairs, limited per question type: row of a record → numbers of its pairs."""
    by_type: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, record in enumerate(records):
        for number, pair in enumerate(record["pairs"]):
            by_type[pair["qtype"]].append((row, number))
    pool = []
    for qtype in sorted(by_type):
        pairs = by_type[qtype]
        pool += draw.sample(pairs, min(len(pairs), settings["medquad_pairs_per_type"]))
    chosen: dict[int, list[int]] = defaultdict(list)
    for row, number in draw.sample(pool, min(len(pool), settings["medquad_pairs"])):
        chosen[row].append(number)
    return chosen


class Rewording:
    """Puts MedQuAD's template questions in the words of ``paraphrases.toml``."""

    def __init__(self, settings: dict[str, Any], draw: random.Random) -> None:
        self._templates: dict[str, list[str]] = tomllib.loads(
            (HERE / "paraphrases.toml").read_text(encoding="utf-8")
        )
        self._paraphrased: float = settings["medquad_paraphrased"]
        self._pronoun: float = settings["medquad_pronoun"]
        self._draw = draw

    def reword(self, pair: dict[str, str], topic: str) -> str:
        """Return the question as it is, in other words, or even without its topic."""
        templates = self._templates.get(pair["qtype"], [])
        if self._draw.random() < self._pronoun and templates:
            wording = self._draw.choice(templates)
            return wording.format(self._draw.choice(["it", "this", "this condition"]))
        if self._draw.random() < self._paraphrased and templates:
            return self._draw.choice(templates).format(topic) + "?"
        return pair["question"]


def medquad_examples(
    folder: Path, maker: WindowMaker, settings: dict[str, Any]
) -> Iterator[Example]:
    """Yield windows that begin an answer, and windows of the same page and of another one."""
    with gzip.open(folder / "medquad.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    rewording = Rewording(settings, maker.draw)
    elsewhere: Example | None = None
    for row, numbers in sorted(choose_pairs(records, settings, maker.draw).items()):
        page = medquad_page(records[row], maker)
        for number in (each for each in numbers if each in page.owners):
            question = rewording.reword(records[row]["pairs"][number], page.topic)
            examples = pair_examples(page, number, question, maker, settings)
            positive = [example for example in examples if example.is_positive][-1]
            if elsewhere is not None and elsewhere.headings != positive.headings:
                labels = (0,) * len(elsewhere.labels)
                examples.append(replace(elsewhere, question=question, labels=labels))
            yield from tagged(examples, group=f"medquad:{row}:{number}", origin="medquad")
            elsewhere = positive


def pair_examples(
    page: Page, number: int, question: str, maker: WindowMaker, settings: dict[str, Any]
) -> list[Example]:
    """Make the windows of one pair; the later sentences of a long answer count as unknown."""
    rows = [at for at, owner in enumerate(page.owners) if owner == number]
    label = dict.fromkeys(rows, -1)
    label.update(dict.fromkeys(rows[: settings["medquad_first_sentences"]], 1))
    return [
        Example(
            question,
            (page.topic,),
            tuple(page.sentences[at] for at in window),
            tuple(label.get(at, 0) for at in window),
        )
        for window in _medquad_windows(page, rows, maker, settings)
    ]


def _medquad_windows(
    page: Page, rows: Sequence[int], maker: WindowMaker, settings: dict[str, Any]
) -> list[range]:
    """Draw two windows with the start of an answer and some windows without any of it."""
    windows = [maker.around(rows[0], page.lengths) for _ in range(2)]
    outside = [at for at in range(len(page.sentences)) if at not in set(rows)]
    if not outside:
        return windows
    for _ in range(settings["medquad_negative_windows"]):
        window = maker.around(maker.draw.choice(outside), page.lengths)
        if not set(window) & set(rows):
            windows.append(window)
    return windows


def pubmedqa_examples(
    folder: Path, maker: WindowMaker, settings: dict[str, Any]
) -> Iterator[Example]:
    """An abstract's conclusion answers its question; what its results do is left open."""
    records = read_gzip(folder / "pubmedqa_labelled.json.gz")
    names = sorted(records)
    words = index_words(" ".join(records[name]["CONTEXTS"]) for name in names)
    pages = [_abstract(records[name]) for name in names]
    lengths = [maker.lengths(sentences) for sentences, _ in pages]
    for number, name in enumerate(names):
        question = records[name]["QUESTION"]
        ranked = [row for row in rank_by_words(words, question) if row != number]
        examples = []
        for row in [number, number, *ranked[: settings["pubmedqa_negative_windows"]]]:
            sentences, labels = pages[row]
            window = maker.around(labels.index(1), lengths[row])
            examples.append(
                Example(
                    question,
                    (),
                    tuple(sentences[at] for at in window),
                    tuple(labels[at] if row == number else 0 for at in window),
                )
            )
        yield from tagged(examples, group=f"pubmedqa:{name}", origin="pubmedqa")


def _abstract(record: dict[str, Any]) -> tuple[list[str], list[int]]:
    """Return the sentences of an abstract, conclusion last, and their labels."""
    sentences: list[str] = []
    labels: list[int] = []
    for name, context in zip(record["LABELS"], record["CONTEXTS"], strict=True):
        pieces = pieces_of(context)
        sentences += [piece.text for piece in pieces]
        labels += [-1 if name.startswith(("RESULT", "CONCL", "FINDING")) else 0] * len(pieces)
    pieces = pieces_of(record["LONG_ANSWER"])
    return sentences + [piece.text for piece in pieces], labels + [1] * len(pieces)
