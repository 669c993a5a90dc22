"""The four losses that the reader is trained with."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Batch
from training.model import ReaderOutput

NEVER = -1e4
"""A logit low enough to take no part in a soft-max."""


def reader_loss(output: ReaderOutput, batch: Batch, settings: dict[str, Any]) -> dict[str, Tensor]:
    """Return the losses by name, weighted by example, and their weighted ``total``."""
    logits = output.sentence.float().gather(1, batch.markers)
    known, gold = batch.labels >= 0, batch.labels == 1
    share = batch.weights / batch.weights.sum()
    losses = {
        "window": (window_loss(logits, output.none.float(), known, gold) * share).sum(),
        "group": group_loss(logits, known, gold, batch.groups, batch.weights),
        "sentence": (sentence_loss(logits, known, gold) * share).sum(),
        "span": span_loss(output, batch),
    }
    losses["total"] = torch.stack(
        [settings[f"{name}_loss"] * value for name, value in losses.items()]
    ).sum()
    return losses


def window_loss(logits: Tensor, none: Tensor, known: Tensor, gold: Tensor) -> Tensor:
    """Soft-max over a window's sentences and "none of these"; any gold sentence will do."""
    choices = torch.cat([logits.masked_fill(~known, NEVER), none[:, None]], dim=1)
    has_gold = gold.any(1)
    right = torch.where(has_gold, logits.masked_fill(~gold, NEVER).logsumexp(1), choices[:, -1])
    return choices.logsumexp(1) - right


def group_loss(
    logits: Tensor, known: Tensor, gold: Tensor, groups: Tensor, weights: Tensor
) -> Tensor:
    """Soft-max over all the sentences drawn for a question and a logit of 0 for "no answer".

    The logit of "no answer" is the same for every question, so that the best sentence's logit alone
    tells whether a question has an answer.
    """
    n_groups = int(groups.max()) + 1
    same = groups[None, :] == torch.arange(n_groups)[:, None]
    nothing = logits.new_zeros((n_groups, 1))
    everything = logits.masked_fill(~known, NEVER).logsumexp(1).masked_fill(~same, NEVER)
    right = logits.masked_fill(~gold, NEVER).logsumexp(1).masked_fill(~same, NEVER).logsumexp(1)
    answered = (gold.any(1) & same).any(1)
    each = torch.cat([everything, nothing], dim=1).logsumexp(1)
    each = each - torch.where(answered, right, 0.0)
    share = (weights * same).amax(1)
    return (each * share).sum() / share.sum().clamp(min=1e-6)


def sentence_loss(logits: Tensor, known: Tensor, gold: Tensor) -> Tensor:
    """Mean cross-entropy of the sentences of each window, every sentence by itself."""
    each = functional.binary_cross_entropy_with_logits(logits, gold.float(), reduction="none")
    return (each * known).sum(1) / known.sum(1).clamp(min=1)


def span_loss(output: ReaderOutput, batch: Batch) -> Tensor:
    """Cross-entropy of the answering words' first and last token within the window's text."""
    text = (batch.inputs.token_type_ids == 1) & (batch.inputs.attention_mask == 1)
    has_span = batch.spans[:, 0] >= 0
    if not bool(has_span.any()):
        return output.start.float().sum() * 0.0
    total = output.start.new_zeros((), dtype=torch.float32)
    for side, logits in enumerate((output.start, output.end)):
        masked = logits.float().masked_fill(~text, NEVER)[has_span]
        total = total + functional.cross_entropy(masked, batch.spans[has_span, side])
    return total / 2
