"""The reader: MiniLM with a marker before every sentence, and four small heads."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel


class ReaderOutput(NamedTuple):
    """Logits of a batch of windows; ``T`` is the padded length of the input in tokens."""

    sentence: Tensor
    """Shape ``(B, T)``: at a marker, how well the sentence after it answers; noise elsewhere."""
    none: Tensor
    """Shape ``(B,)``: no sentence of the window answers."""
    start: Tensor
    """Shape ``(B, T)``: the answering words start at this token."""
    end: Tensor
    """Shape ``(B, T)``: the answering words end with this token, which they include."""


class Reader(nn.Module):
    """Scores every sentence of a window in one pass."""

    def __init__(self, encoder: BertModel, *, head_size: int, head_dropout: float) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.sentence = nn.Sequential(
            nn.Linear(2 * size, head_size),
            nn.GELU(),
            nn.Dropout(head_dropout),
            nn.Linear(head_size, 1),
        )
        self.none = nn.Sequential(
            nn.Linear(size, head_size),
            nn.GELU(),
            nn.Dropout(head_dropout),
            nn.Linear(head_size, 1),
        )
        self.words = nn.Linear(size, 2)

    @classmethod
    def from_minilm(cls, folder: Path, *, head_size: int, head_dropout: float) -> Reader:
        """Start from the weights of all-MiniLM-L6-v2 in ``folder``, with new heads."""
        # Without dropout a step takes a fifth less time on a CPU, without that of the attention a
        # third; a question is seen a few times only, so that there is little to learn by heart.
        encoder = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
            attn_implementation="eager",
        )
        return cls(encoder, head_size=head_size, head_dropout=head_dropout)

    @classmethod
    def from_checkpoint(cls, path: Path) -> Reader:
        """Load the averaged weights of a checkpoint that ``train.py`` wrote."""
        saved = torch.load(path, map_location="cpu", weights_only=True)
        config = BertConfig(**saved["encoder_config"] | {"attn_implementation": "eager"})
        encoder = BertModel(config, add_pooling_layer=False)
        reader = cls(encoder, **saved["head_settings"])
        reader.load_state_dict(saved["average"])
        return reader.eval()

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> ReaderOutput:
        """Score a batch; all three inputs have shape ``(B, T)``."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        first = hidden[:, :1]
        with_first = torch.cat([hidden, first.expand_as(hidden)], dim=-1)
        words = self.words(hidden)
        return ReaderOutput(
            self.sentence(with_first).squeeze(-1),
            self.none(first).squeeze(-1).squeeze(-1),
            words[..., 0],
            words[..., 1],
        )
