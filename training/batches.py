"""Draw windows for each question, vary the questions a little, and make batches."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from training.data.examples import Example
from training.windows import Inputs, Window, WindowEncoder, stack, word_tokens

ABBREVIATION = re.compile(r"((?:[\w-]+ ){1,6})\(([A-Z]{2,6})s?\)")


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs and targets of the windows drawn for a few questions.

    ``S`` is the largest number of sentences in a window of the batch.
    """

    inputs: Inputs
    markers: Tensor
    """Shape ``(B, S)``: token position of each sentence's marker, 0 where there is none."""
    labels: Tensor
    """Shape ``(B, S)``: 1, 0, or -1 for unknown or no sentence."""
    groups: Tensor
    """Shape ``(B,)``: number of the question within the batch, from 0."""
    spans: Tensor
    """Shape ``(B, 2)``: first and last token of the answering words, -1 if unknown."""
    weights: Tensor
    """Shape ``(B,)``."""


def group_examples(examples: Iterable[Example]) -> list[list[Example]]:
    """Group the examples by question; one without a group is a group of its own."""
    groups: dict[object, list[Example]] = defaultdict(list)
    for number, example in enumerate(examples):
        groups[example.group or number].append(example)
    return list(groups.values())


def sample_questions(
    examples: Iterable[Example],
    draw: random.Random,
    n_questions: int | None = None,
    n_documents: int | None = None,
) -> list[Example]:
    """Return the examples of some questions drawn at random, on some documents drawn at random.

    A document is what stands before the colon of ``Example.group``. All count if a number is None.
    """
    groups = group_examples(examples)
    documents = sorted({_document(group) for group in groups})
    kept = set(documents if n_documents is None else draw.sample(documents, n_documents))
    of_kept = [group for group in groups if _document(group) in kept]
    drawn = of_kept if n_questions is None else draw.sample(of_kept, n_questions)
    return [example for group in drawn for example in group]


def _document(group: Sequence[Example]) -> str:
    return group[0].group.partition(":")[0]


def draw_group(
    group: Sequence[Example], rule: dict[str, Any], draw: random.Random
) -> list[Example]:
    """Draw a few windows of one question; earlier negatives, the nearer misses, more often."""
    positives = [example for example in group if example.is_positive]
    negatives = [example for example in group if not example.is_positive]
    wanted = rule["positives"] + rule["negatives"]
    chosen = draw.sample(positives, min(len(positives), rule["positives"]))
    wanted -= len(chosen)
    keys = {at: draw.random() ** (1.0 + at / 2) for at in range(len(negatives))}
    chosen += [negatives[at] for at in sorted(keys, key=lambda at: -keys[at])[:wanted]]
    return [replace(example, weight=example.weight * rule["weight"]) for example in chosen]


def vary_question(
    question: str, sentences: Sequence[str], settings: dict[str, Any], draw: random.Random
) -> str:
    """Vary a question as people type it: an abbreviation, a typing error, no question mark.

    The encoder lower-cases by itself, so case is left alone.
    """
    if draw.random() < settings["swap_abbreviation"]:
        question = _swap_abbreviation(question, sentences)
    if draw.random() < settings["misspell"]:
        question = _misspell(question, draw)
    if draw.random() < settings["drop_question_mark"]:
        question = question.rstrip(" ?")
    return question


def _swap_abbreviation(question: str, sentences: Sequence[str]) -> str:
    """Swap a term and its abbreviation if a sentence introduces it as ``long form (LF)``."""
    for found in (hit for sentence in sentences for hit in ABBREVIATION.finditer(sentence)):
        short = found[2]
        words = found[1].split()[-len(short) :]
        if "".join(word[0] for word in words).lower() != short.lower():
            continue
        full = " ".join(words)
        if re.search(rf"\b{short}\b", question):
            return re.sub(rf"\b{short}\b", full, question, count=1)
        if full.lower() in question.lower():
            return re.sub(re.escape(full), short, question, count=1, flags=re.IGNORECASE)
    return question


def _misspell(question: str, draw: random.Random) -> str:
    """Drop, double or swap a letter inside one longer word."""
    words = list(re.finditer(r"[A-Za-z]{6,}", question))
    if not words:
        return question
    word = draw.choice(words)
    at = draw.randint(word.start() + 1, word.end() - 3)
    pair = question[at : at + 2]
    changed = draw.choice([pair[0], pair[::-1], pair[0] + pair])
    return question[:at] + changed + question[at + 2 :]


def draw_all(
    examples: Iterable[Example], rules: dict[str, dict[str, Any]], draw: random.Random
) -> list[list[Example]]:
    """Make every draw of the run; examples with an unknown origin follow ``rules["default"]``.

    A rule's ``times`` may be a fraction: 0.2 draws one question in five.
    """
    drawn = []
    for group in group_examples(examples):
        rule = rules.get(group[0].origin) or rules["default"]
        whole, part = divmod(rule["times"], 1)
        times = int(whole)
        if part > 0 and draw.random() < part:
            times += 1
        drawn += [draw_group(group, rule, draw) for _ in range(times)]
    return drawn


def make_batches(
    drawn: Sequence[list[Example]], windows_per_batch: int, draw: random.Random
) -> list[list[list[Example]]]:
    """Batch draws of similar length, in random order, without splitting a question."""
    order = list(drawn)
    draw.shuffle(order)
    size = 40 * windows_per_batch // 2
    batches = []
    for first in range(0, len(order), size):
        pool = sorted(order[first : first + size], key=_longest)
        batch: list[list[Example]] = []
        count = 0
        for group in pool:
            if batch and count + len(group) > windows_per_batch:
                batches.append(batch)
                batch, count = [], 0
            batch.append(group)
            count += len(group)
        batches.append(batch)
    draw.shuffle(batches)
    return batches


def _longest(group: Sequence[Example]) -> int:
    """Length in characters of the longest window of a draw."""
    return max(sum(map(len, example.sentences)) for example in group)


def encode_batch(
    groups: Sequence[Sequence[Example]],
    encoder: WindowEncoder,
    settings: dict[str, Any],
    draw: random.Random,
) -> Batch:
    """Vary the questions a little and turn a batch into tensors."""
    windows: list[Window] = []
    examples: list[tuple[int, Example]] = []
    for number, group in enumerate(groups):
        sentences = [sentence for example in group for sentence in example.sentences]
        question = vary_question(group[0].question, sentences, settings, draw)
        drops_headings = draw.random() < settings["drop_headings"]
        for example in group:
            headings = () if drops_headings else example.headings
            windows.append(encoder.encode(question, headings, example.sentences))
            examples.append((number, example))
    widest = max(len(window.given.markers) for window in windows)
    markers = torch.zeros(len(windows), widest, dtype=torch.long)
    labels = torch.full((len(windows), widest), -1, dtype=torch.long)
    spans = torch.full((len(windows), 2), -1, dtype=torch.long)
    for row, (window, (_, example)) in enumerate(zip(windows, examples, strict=True)):
        count = len(window.given.markers)
        markers[row, :count] = torch.tensor(window.given.markers)
        labels[row, :count] = torch.tensor(example.labels[:count])
        tokens = word_tokens(window, example.span) if example.span else None
        if tokens is not None:
            spans[row] = torch.tensor(tokens)
    return Batch(
        stack(windows),
        markers,
        labels,
        torch.tensor([number for number, _ in examples]),
        spans,
        torch.tensor([example.weight for _, example in examples]),
    )


def batches_from(
    plan: Sequence[list[list[Example]]],
    first: int,
    encoder: WindowEncoder,
    settings: dict[str, Any],
    seed: int,
) -> Iterator[Batch]:
    """Encode the batches of a plan from number ``first`` on, each with its own random state."""
    for number in range(first, len(plan)):
        yield encode_batch(plan[number], encoder, settings, random.Random(f"{seed}:{number}"))
