"""Rewrite a reader file with matrix products in integers, so that a question takes less time.

    python -m training.export.quantize exact.onnx quantized.onnx

Weights of matrix products become integers of 7 bits, one scale per column; activations get their
scale from each input, so a window must be computed alone, as ``answer.weighing.reader`` does.
8 bits would overflow on processors without VNNI, and scores would depend on the machine. Everything
else stays as ``training.export.checkpoint`` wrote it. ``training.export.join`` comes next.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.export.checkpoint import store_as_half, strip_traces

EMBEDDINGS = 100_000
"""Only tables with this many numbers, the embeddings, are stored in half precision; the scales of
the integers stay exact."""
log = logging.getLogger("training.export.quantize")


def quantize(model: Path, out: Path) -> None:
    """Write ``model`` to ``out`` with matrix products in integers."""
    loaded = onnx.load(model)
    store_as_single(loaded)
    with TemporaryDirectory() as folder:
        single, integer = Path(folder) / "single.onnx", Path(folder) / "integer.onnx"
        onnx.save(loaded, single)
        quantize_dynamic(
            single,
            integer,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )
        quantized = onnx.load(integer)
    store_as_half(quantized, smallest=EMBEDDINGS)
    strip_traces(quantized)
    onnx.checker.check_model(quantized)
    onnx.save(quantized, out)


def store_as_single(model: onnx.ModelProto) -> None:
    """Undo ``store_as_half``: weights in single precision, without casts."""
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in list(model.graph.node):
        if node.op_type != "Cast" or node.input[0] not in stored:
            continue
        half = stored[node.input[0]]
        values = numpy_helper.to_array(half).astype(np.float32)
        model.graph.initializer.remove(half)
        model.graph.initializer.append(numpy_helper.from_array(values, node.output[0]))
        model.graph.node.remove(node)


def main() -> None:
    """Quantize one file."""
    # The quantiser logs one message per node to the root logger.
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    log.setLevel(logging.INFO)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="what training.export.checkpoint wrote")
    parser.add_argument("out", type=Path, help="ONNX file to write")
    arguments = parser.parse_args()
    quantize(arguments.model, arguments.out)
    log.info("%s: %.1f MB", arguments.out.name, arguments.out.stat().st_size / 1e6)


if __name__ == "__main__":
    main()
