"""Train the reader on an examples file.

    python -m training.train EXAMPLES MINILM_FOLDER OUTPUT_FOLDER [--resume] [--start CHECKPOINT]

Writes ``OUTPUT_FOLDER/checkpoint.pt`` every few minutes and at the end.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from index.encoder import SentenceEncoder
from training.batches import Batch, batches_from, draw_all, make_batches, sample_questions
from training.data.examples import Example, read_examples
from training.losses import reader_loss
from training.model import Reader
from training.settings import load_config
from training.windows import WindowEncoder

log = logging.getLogger("training.train")


class Trainer:
    """The reader, its optimiser and the running average of its weights."""

    def __init__(self, reader: Reader, settings: dict[str, Any], n_steps: int) -> None:
        self.reader, self._settings, self.step = reader, settings, 0
        self._optimiser = torch.optim.AdamW(_parameter_groups(reader, settings))
        warmup = max(1, int(settings["warmup"] * n_steps))
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimiser,
            lambda step: min((step + 1) / warmup, (n_steps - step) / max(1, n_steps - warmup)),
        )
        self._average = {name: value.clone() for name, value in reader.state_dict().items()}

    def train_step(self, batch: Batch) -> dict[str, float]:
        """Learn from one batch and return its losses by name."""
        inputs = batch.inputs
        with torch.autocast("cpu", torch.bfloat16):
            output = self.reader(inputs.input_ids, inputs.attention_mask, inputs.token_type_ids)
        losses = reader_loss(output, batch, self._settings)
        torch.autograd.backward(losses["total"])
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), self._settings["clip_norm"])
        self._optimiser.step()
        self._optimiser.zero_grad(set_to_none=True)
        self._schedule.step()
        self.step += 1
        self._update_average()
        return {name: float(value.detach()) for name, value in losses.items()}

    @torch.no_grad()
    def _update_average(self) -> None:
        # The average starts near the newest weights and slows down: early steps are forgotten.
        keep = min(self._settings["average_decay"], self.step / (self.step + 10))
        current = self.reader.state_dict()
        pairs = [
            (old, current[name]) for name, old in self._average.items() if old.is_floating_point()
        ]
        torch._foreach_lerp_([old for old, _ in pairs], [new for _, new in pairs], 1 - keep)

    def save(self, path: Path) -> None:
        """Write a checkpoint beside ``path``, then rename it, so that it is never incomplete."""
        config = self.reader.encoder.config
        aside = path.with_suffix(".partial")
        torch.save(
            {
                "encoder_config": config.to_diff_dict(),
                "head_settings": self._settings["heads"],
                "step": self.step,
                "reader": self.reader.state_dict(),
                "average": self._average,
                "optimiser": self._optimiser.state_dict(),
                "schedule": self._schedule.state_dict(),
                "random": torch.get_rng_state(),
            },
            aside,
        )
        os.replace(aside, path)

    def load(self, path: Path) -> None:
        """Continue from a checkpoint of the same run."""
        saved = torch.load(path, map_location="cpu", weights_only=True)
        self.reader.load_state_dict(saved["reader"])
        self._average = saved["average"]
        self._optimiser.load_state_dict(saved["optimiser"])
        self._schedule.load_state_dict(saved["schedule"])
        torch.set_rng_state(saved["random"])
        self.step = saved["step"]


def _parameter_groups(reader: Reader, settings: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the heads a higher rate, and exempt biases, norms and embeddings from decay."""
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, parameter in reader.named_parameters():
        decays = parameter.ndim > 1 and "embeddings" not in name
        groups.setdefault((name.startswith("encoder."), decays), []).append(parameter)
    return [
        {
            "params": parameters,
            "lr": settings["encoder_rate" if is_encoder else "head_rate"],
            "weight_decay": settings["weight_decay"] if decays else 0.0,
        }
        for (is_encoder, decays), parameters in groups.items()
    ]


def kept_examples(path: Path, held_out_fold: int) -> Iterator[Example]:
    """Read the examples outside the held-out fold."""
    return (example for example in read_examples(path) if example.fold != held_out_fold)


def run(
    trainer: Trainer, batches: Iterator[Batch], n_steps: int, checkpoint: Path, minutes: float
) -> None:
    """Train to the end of the batches, writing a checkpoint every ``minutes`` minutes."""
    began = saved = time.monotonic()
    first_step, seen = trainer.step, 0
    sums: dict[str, float] = {}
    for batch in batches:
        for name, value in trainer.train_step(batch).items():
            sums[name] = sums.get(name, 0.0) + value
        seen += len(batch.weights)
        if trainer.step % 25 == 0:
            now = time.monotonic()
            left = (now - began) / (trainer.step - first_step) * (n_steps - trainer.step) / 60
            means = " ".join(f"{name} {value / 25:.3f}" for name, value in sums.items())
            log.info(
                "step %d/%d, %.1f windows/s, %.0f min left: %s",
                trainer.step,
                n_steps,
                seen / (now - began),
                left,
                means,
            )
            sums = {}
        if time.monotonic() - saved > 60 * minutes:
            trainer.save(checkpoint)
            saved = time.monotonic()
    trainer.save(checkpoint)


def main() -> None:
    """Train from MiniLM or from another checkpoint, or resume a run."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("examples", type=Path)
    parser.add_argument("minilm", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("output", type=Path, help="folder for checkpoint.pt")
    parser.add_argument(
        "--config", type=Path, action="append", default=[], help="changes to config.toml"
    )
    parser.add_argument(
        "--start", type=Path, help="checkpoint whose averaged weights to start from"
    )
    parser.add_argument("--resume", action="store_true", help="continue from OUTPUT's checkpoint")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--questions", type=int, help="learn from so many, drawn at random")
    parser.add_argument("--documents", type=int, help="on so many documents, drawn at random")
    parser.add_argument("--max-steps", type=int, help="stop early, with the schedule of a full run")
    arguments = parser.parse_args()
    config = load_config(arguments.config)
    settings = config["train"] | {"heads": config["model"]}
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(config["seed"])

    draw = random.Random(config["seed"])
    examples = sample_questions(
        kept_examples(arguments.examples, settings["held_out_fold"]),
        draw,
        arguments.questions,
        arguments.documents,
    )
    plan = make_batches(
        draw_all(examples, config["draws"], draw), settings["windows_per_batch"], draw
    )
    n_windows = sum(len(group) for batch in plan for group in batch)
    log.info("%d windows in %d steps", n_windows, len(plan))
    if arguments.start:
        reader = Reader.from_checkpoint(arguments.start)
    else:
        reader = Reader.from_minilm(arguments.minilm, **config["model"])
    trainer = Trainer(reader.train(), settings, len(plan))
    arguments.output.mkdir(parents=True, exist_ok=True)
    checkpoint = arguments.output / "checkpoint.pt"
    if arguments.resume:
        trainer.load(checkpoint)
        log.info("resumed at step %d", trainer.step)
    batches = batches_from(
        plan[: arguments.max_steps],
        trainer.step,
        WindowEncoder(SentenceEncoder(arguments.minilm)),
        config["augment"],
        config["seed"],
    )
    run(trainer, batches, len(plan), checkpoint, settings["checkpoint_minutes"])


if __name__ == "__main__":
    main()
