"""Write a checkpoint as an ONNX file whose weights are stored in half precision.

    python -m training.export.checkpoint CHECKPOINT MODEL.onnx

Every large weight is stored as float16 and cast to float32 when the file is loaded: the
computation is in float32 throughout. The file is checked against the checkpoint.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.model import Reader

OPSET = 18
TOLERANCE = 1e-2
"""Largest difference allowed between a logit of the file and of the rounded checkpoint."""
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
OUTPUTS = ["sentence", "none", "start", "end"]
log = logging.getLogger("training.export.checkpoint")


class ExportError(Exception):
    """The ONNX file does not compute what the checkpoint computes."""


class _Outputs(nn.Module):
    """The reader with a plain tuple as its output, as the exporter expects."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, ...]:
        return tuple(self.reader(input_ids, attention_mask, token_type_ids))


@torch.no_grad()
def round_weights(reader: Reader) -> None:
    """Round every weight to half precision, in place, keeping float32."""
    for parameter in reader.parameters():
        parameter.copy_(parameter.half().float())


def sample_inputs(n_windows: int, length: int, *, vocabulary: int) -> tuple[Tensor, ...]:
    """Return random ids with padded ends, shape ``(n_windows, length)`` each."""
    random = torch.Generator().manual_seed(n_windows * 1000 + length)
    ids = torch.randint(1, vocabulary, (n_windows, length), generator=random)
    mask = torch.ones_like(ids)
    for row in range(1, n_windows):
        mask[row, length - min(row, length // 2) :] = 0
    types = torch.zeros_like(ids)
    types[:, length // 4 :] = 1
    return ids * mask, mask, types * mask


def export_reader(reader: Reader, path: Path) -> float:
    """Write ``reader`` to ``path``, its weights rounded in place, and check the file.

    Returns:
        The largest difference of a logit between the file and the rounded weights.

    Raises:
        ExportError: if that is more than ``TOLERANCE``.

    """
    reader.eval()
    round_weights(reader)
    vocabulary = reader.encoder.config.vocab_size
    sample = sample_inputs(3, 40, vocabulary=vocabulary)
    axes = {0: torch.export.Dim("windows"), 1: torch.export.Dim("tokens", max=512)}
    program = torch.onnx.export(
        _Outputs(reader).eval(),
        sample,
        dynamo=True,
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_shapes=(axes, axes, axes),
        opset_version=OPSET,
        verbose=False,
    )
    if program is None:
        raise ExportError("the exporter returned no program")
    model = program.model_proto
    store_as_half(model)
    strip_traces(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    difference = largest_difference(reader, path)
    if difference > TOLERANCE:
        raise ExportError(
            f"{path.name}: a logit differs by {difference:.4f} from the checkpoint's, "
            f"at most {TOLERANCE} is allowed. Export again with another opset."
        )
    return difference


def store_as_half(model: onnx.ModelProto, *, smallest: int = 1024) -> None:
    """Store float32 weights of ``smallest`` numbers or more as float16, cast when loaded."""
    casts = []
    for tensor in list(model.graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < smallest:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        casts.append(
            helper.make_node(
                "Cast", [f"{name}.half"], [name], name=f"{name}.cast", to=TensorProto.FLOAT
            )
        )
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    # Shapes recorded for the old initialisers would contradict the new ones.
    del model.graph.value_info[:]


def strip_traces(model: onnx.ModelProto) -> None:
    """Remove what the exporter records about the source code and the machine it ran on."""
    del model.metadata_props[:]
    del model.graph.metadata_props[:]
    graph = model.graph
    for part in (*graph.node, *graph.initializer, *graph.input, *graph.output):
        del part.metadata_props[:]
        part.doc_string = ""


def largest_difference(reader: Reader, path: Path) -> float:
    """Compare the file with the checkpoint on a few shapes, at tokens that are not padding."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    vocabulary = reader.encoder.config.vocab_size
    longest = reader.encoder.config.max_position_embeddings
    worst = 0.0
    for n_windows, length in ((1, 12), (2, 33), (8, min(224, longest))):
        inputs = sample_inputs(n_windows, length, vocabulary=vocabulary)
        with torch.inference_mode():
            expected = reader(*inputs)
        feed = {name: value.numpy() for name, value in zip(INPUTS, inputs, strict=True)}
        found = session.run(OUTPUTS, feed)
        keep = inputs[1].numpy().astype(bool)
        for ours, theirs in zip(expected, found, strict=True):
            difference = np.abs(ours.numpy() - np.asarray(theirs))
            worst = max(
                worst, float((difference[keep] if difference.ndim > 1 else difference).max())
            )
    return worst


def main() -> None:
    """Export one checkpoint."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("model", type=Path, help="ONNX file to write")
    arguments = parser.parse_args()
    difference = export_reader(Reader.from_checkpoint(arguments.checkpoint), arguments.model)
    log.info(
        "%s: %.1f MB, largest difference of a logit %.6f",
        arguments.model.name,
        arguments.model.stat().st_size / 1e6,
        difference,
    )


if __name__ == "__main__":
    main()
