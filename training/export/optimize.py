"""Take out of a quantized reader file what costs time and changes nothing.

    python -m training.export.optimize quantized.onnx reader.onnx

Each GELU becomes one operation, which ONNX Runtime does not do by itself with what torch's exporter
writes. A window is computed alone, so there is nothing to mask: the mask goes, and what is made of
it in every layer. The file that is written holds operations and small numbers. The weights stay in
the quantized file, each named by its place there: both files belong in one folder. The result is a
new reader: run ``training.calibrate``.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import onnx
from onnx import GraphProto, TensorProto
from onnxscript.rewriter import rewrite
from onnxscript.rewriter.ort_fusions.erfgelu import rules as gelu
from onnxscript.rewriter.pattern import RewriteRule

MASK = "attention_mask"
LARGE = 2**16
"""Bytes from which a tensor stays where it is."""


def optimize(quantized: Path, out: Path, large: int = LARGE) -> None:
    """Write the operations of ``quantized`` to ``out`` in the same folder."""
    model = rewrite(onnx.load(quantized), [*gelu.rules, RewriteRule(_masked, _unmasked)])
    for given in [given for given in model.graph.input if given.name == MASK]:
        model.graph.input.remove(given)
    _refer(model.graph, quantized, large)
    out.write_bytes(model.SerializeToString(deterministic=True))


def _masked(op: Any, scores: Any, mask: Any) -> Any:  # noqa: ANN401
    return op.Softmax(op.Add(scores, mask), axis=-1)


def _unmasked(op: Any, scores: Any, **_: Any) -> Any:  # noqa: ANN401
    return op.Softmax(scores, axis=-1)


def _refer(graph: GraphProto, quantized: Path, large: int) -> None:
    """Replace large tensors by their places in the file that they come from."""
    held = quantized.read_bytes()
    for tensor in graph.initializer:
        length = len(tensor.raw_data)
        if length < large:
            continue
        place = {"offset": held.index(tensor.raw_data), "length": length}
        for key, value in {"location": quantized.name, **place}.items():
            tensor.external_data.add(key=key, value=str(value))
        tensor.data_location = TensorProto.EXTERNAL
        tensor.ClearField("raw_data")


def main() -> None:
    """Write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("quantized", type=Path, help="what training.export.quantize wrote")
    parser.add_argument("out", type=Path, help="ONNX file to write, in the same folder")
    arguments = parser.parse_args()
    if arguments.quantized.resolve().parent != arguments.out.resolve().parent:
        parser.error(f"{arguments.out} has to be in the folder of {arguments.quantized}")
    optimize(arguments.quantized, arguments.out)


if __name__ == "__main__":
    main()
