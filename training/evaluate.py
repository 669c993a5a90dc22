"""Measure the reader on papers and articles that were kept out of its training.

    python -m training.evaluate DATA_FOLDER MINILM_FOLDER CHECKPOINT EXAMPLES [--fold 0]

Ranks all the sentences of the right paper; a hit is a sentence that overlaps the answer.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from index.embedding import embed
from index.encoder import Encoder, SentenceEncoder
from index.hits import Scores
from training.batches import group_examples
from training.data.examples import read_examples
from training.data.sources import Source, gold_rows, read_covid_qa
from training.data.text import index_words, rank, word_scores
from training.model import Reader
from training.windows import Window, WindowEncoder, stack

HERE = Path(__file__).parent
WINDOW_TOKENS = 160
"""Length of the windows read, without question and headings; the longest trained on is 165."""
CANDIDATES = 20
"""The reader reads the windows that contain one of this many best sentences of the fused ranking.
Chosen by hand."""
log = logging.getLogger("training.evaluate")


@dataclass(frozen=True, slots=True)
class Ranked:
    """One question and several scores for each sentence of its paper, row by row."""

    paper: str
    gold: frozenset[int]
    scores: dict[str, Scores]


def overlapping_windows(lengths: Sequence[int], max_tokens: int) -> list[range]:
    """Cover sentences with windows up to ``max_tokens``, each starting halfway through the last."""
    windows: list[range] = []
    first = 0
    while first < len(lengths):
        last, total = first + 1, lengths[first]
        while last < len(lengths) and total + lengths[last] <= max_tokens:
            total += lengths[last]
            last += 1
        if not windows or last > windows[-1].stop:
            windows.append(range(first, last))
        first = last if last == first + 1 else first + (last - first + 1) // 2
    return windows


@torch.inference_mode()
def read_windows(
    reader: Reader, windows: Sequence[Window], *, batch_size: int = 16
) -> list[tuple[Scores, float]]:
    """Return the sentence logits and the none logit of each window, in order."""
    results: list[tuple[Scores, float]] = [(np.zeros(0, np.float32), 0.0)] * len(windows)
    order = sorted(range(len(windows)), key=lambda at: len(windows[at].given.ids))
    for first in range(0, len(order), batch_size):
        rows = order[first : first + batch_size]
        inputs = stack([windows[row] for row in rows])
        output = reader(inputs.input_ids, inputs.attention_mask, inputs.token_type_ids)
        for place, row in enumerate(rows):
            logits = output.sentence[place, list(windows[row].given.markers)].numpy()
            results[row] = (logits, float(output.none[place]))
    return results


def reader_scores(
    logits: Sequence[tuple[Scores, float]], windows: Sequence[range], n_sentences: int
) -> Scores:
    """Give each sentence its mean logit over the windows it is in; -1e4 if in none."""
    totals, counts = np.zeros(n_sentences, np.float32), np.zeros(n_sentences, np.float32)
    for (values, _), window in zip(logits, windows, strict=True):
        rows = list(window)[: len(values)]
        totals[rows] += values
        counts[rows] += 1
    return np.where(counts > 0, totals / np.maximum(counts, 1), -1e4).astype(np.float32)


def rank_paper(
    paper: Source, reader: Reader, encoder: WindowEncoder, minilm: Encoder
) -> list[Ranked]:
    """Score every sentence of ``paper`` for each of its questions."""
    texts = [piece.text for piece in paper.sentences]
    lengths = [len(encoder.encode("", (), [text]).given.ids) - 3 for text in texts]
    windows = overlapping_windows(lengths, WINDOW_TOKENS)
    words, vectors = index_words(texts), embed(minilm, texts)
    asked = embed(minilm, [question.text for question in paper.questions])
    results = []
    for question, vector in zip(paper.questions, asked, strict=True):
        gold = gold_rows(paper, question)
        if not gold:
            continue
        scores: dict[str, Scores] = {
            "bm25": word_scores(words, question.text),
            "cosine": vectors @ vector,
        }
        order = rank(words, vectors, question.text, vector)
        scores["fused"] = np.empty(len(texts), np.float32)
        scores["fused"][order] = -np.arange(len(order), dtype=np.float32)
        encoded = [
            encoder.encode(question.text, (paper.title,), [texts[row] for row in window])
            for window in windows
        ]
        logits = read_windows(reader, encoded)
        scores["reader, all windows"] = reader_scores(logits, windows, len(texts))
        best = set(order[:CANDIDATES])
        near = [at for at, window in enumerate(windows) if best & set(window)]
        scores["reader"] = reader_scores(
            [logits[at] for at in near], [windows[at] for at in near], len(texts)
        )
        results.append(Ranked(paper.source_id, frozenset(gold), scores))
    return results


def features(ranked: Ranked) -> torch.Tensor:
    """Return (sentences read, 4): reader, BM25 and cosine scores, and BM25 of the neighbours."""
    read = ranked.scores["reader"] > -1e4
    bm25 = ranked.scores["bm25"] / max(float(ranked.scores["bm25"].max()), 1e-6)
    beside = np.maximum(np.r_[bm25[1:], 0], np.r_[0, bm25[:-1]])
    columns = [ranked.scores["reader"], bm25, ranked.scores["cosine"], beside]
    return torch.tensor(np.stack([column[read] for column in columns], 1), dtype=torch.float32)


def fit_combination(examples: Sequence[Ranked]) -> torch.Tensor:
    """Fit the weights of the features by soft-max over the sentences of each question."""
    weights = torch.tensor([1.0, 0.0, 0.0, 0.0], requires_grad=True)
    data = []
    for ranked in examples:
        read = np.flatnonzero(ranked.scores["reader"] > -1e4)
        gold = torch.tensor([row in ranked.gold for row in read.tolist()])
        if gold.any():
            data.append((features(ranked), gold))
    optimiser = torch.optim.LBFGS([weights], max_iter=50, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        losses = []
        for inputs, gold in data:
            logits = inputs @ weights
            losses.append(logits.logsumexp(0) - logits[gold].logsumexp(0))
        loss: torch.Tensor = torch.stack(losses).mean() + 1e-3 * weights.square().sum()
        torch.autograd.backward(loss)
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return weights.detach()


def add_combination(results: Sequence[Ranked]) -> None:
    """Score with a combination fitted on the other kept-out papers, never on the paper itself.

    Papers of the training folds would not do: the reader has seen their answers, so its scores
    there are better than on a new paper.
    """
    for paper in {ranked.paper for ranked in results}:
        weights = fit_combination([ranked for ranked in results if ranked.paper != paper])
        for ranked in (each for each in results if each.paper == paper):
            scores = np.full_like(ranked.scores["reader"], -1e4)
            scores[ranked.scores["reader"] > -1e4] = (features(ranked) @ weights).numpy()
            ranked.scores["combination"] = scores


def recall(results: Sequence[Ranked], name: str, k: int) -> float:
    """Share of questions with a gold sentence among the first ``k``."""
    hits = [
        bool(ranked.gold & set(np.argsort(-ranked.scores[name], kind="stable")[:k].tolist()))
        for ranked in results
    ]
    return float(np.mean(hits))


def recall_by_paper(results: Sequence[Ranked], name: str, k: int) -> float:
    """Mean of the papers' recall, so that a paper with many questions counts once."""
    papers: dict[str, list[Ranked]] = defaultdict(list)
    for ranked in results:
        papers[ranked.paper].append(ranked)
    return float(np.mean([recall(of_paper, name, k) for of_paper in papers.values()]))


def squad_report(
    examples: Path, fold: int, reader: Reader, encoder: WindowEncoder
) -> dict[str, float]:
    """Measure finding the right sentence of a paragraph, and recognising answerable questions."""
    held_out = (e for e in read_examples(examples) if e.origin == "squad2" and e.fold == fold)
    labels, confidences, right = [], [], []
    for group in group_examples(held_out):
        example = next((each for each in group if each.is_positive), group[0])
        window = encoder.encode(example.question, example.headings, example.sentences)
        ((logits, none),) = read_windows(reader, [window])
        confidences.append(float(logits.max()) - none)
        labels.append(example.is_positive)
        if example.is_positive:
            right.append(example.labels[int(logits.argmax())])
    return {
        "questions": len(labels),
        "right sentence": float(np.mean(right)),
        "answerable AUC": float(roc_auc_score(labels, confidences)),
    }


def main() -> None:
    """Log a table of figures and, if asked, write it as JSON."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--report", type=Path, help="JSON file to write")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    folds = json.loads((HERE / "data" / "folds.json").read_text(encoding="utf-8"))["covid_qa"]
    minilm = SentenceEncoder(arguments.minilm)
    encoder, reader = WindowEncoder(minilm), Reader.from_checkpoint(arguments.checkpoint)

    results: list[Ranked] = []
    for paper in read_covid_qa(arguments.data):
        if folds[paper.source_id] == arguments.fold:
            results += rank_paper(paper, reader, encoder, minilm)
            log.info("paper %s: %d questions so far", paper.source_id, len(results))
    add_combination(results)
    report: dict[str, Any] = {"questions": len(results), "fold": arguments.fold}
    for name in results[0].scores:
        report[name] = {f"R@{k}": recall(results, name, k) for k in (1, 3)}
        report[name]["R@1, mean of papers"] = recall_by_paper(results, name, 1)
    report["squad2"] = squad_report(arguments.examples, arguments.fold, reader, encoder)
    report["combination weights"] = fit_combination(results).tolist()
    for name, figures in report.items():
        log.info("%s: %s", name, figures)
    if arguments.report:
        arguments.report.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
