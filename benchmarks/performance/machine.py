"""What this machine can do at best: the limits that no program on it goes beyond.

    python -m benchmarks.performance.machine [--rounds 20] [--json FILE]

Prints how fast memory is read, by the product of a large matrix with a vector, as a search by
meaning does; how fast a file in the page cache is read; and how fast matrices are multiplied, of
the shape of a model's largest: numbers in float32 and integers of 8 bits by ONNX Runtime, and
bfloat16 by PyTorch where the processor knows it. The best of the rounds counts, on all cores.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from benchmarks import figures
from ingest.drafting.processor import cores, has_bfloat16

TOKENS, WIDTH, INNER = 224, 384, 1536
"""Of a window that the reader reads, and of its largest matrix."""
TEXTS = 16
"""Of so many tokens at once, in bfloat16: a build multiplies batches."""
BYTES = 2**28
TIMES = 20
"""Products in a round: with one, starting the threads would count."""

Work = Callable[[], object]


def main() -> int:
    """Measure, and print one figure per line."""
    parser = argparse.ArgumentParser(description="Measure what the machine can do at best.")
    parser.add_argument("--rounds", type=int, default=20)
    figures.add_option(parser)
    arguments = parser.parse_args()
    flop = 2e-9 * TOKENS * WIDTH * INNER * TIMES * cores()
    found = {
        "cores": cores(),
        "memory.gb_s": BYTES / 1e9 / best(_scans(), arguments.rounds),
        "float32.gflop_s": flop / best(_products("MatMul"), arguments.rounds),
        "int8.gflop_s": flop / best(_products("MatMulInteger"), arguments.rounds),
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(bytes(BYTES))
        file.flush()
        read = partial(_read, Path(file.name), bytearray(BYTES))
        found["page cache.gb_s"] = BYTES / 1e9 / best([read], arguments.rounds)
    if has_bfloat16():
        one = 2e-9 * TEXTS * TOKENS * WIDTH * INNER
        found["bfloat16.gflop_s"] = one / best([_bfloat16()], arguments.rounds)
    for name, value in found.items():
        print(f"{name:24}{value:8.1f}")
    figures.write(arguments.json, found)
    return 0


def best(works: list[Work], rounds: int) -> float:
    """Return the fewest seconds in which all works are done at the same time, a thread each."""
    with ThreadPoolExecutor(len(works)) as threads:
        list(threads.map(lambda work: work(), works))
        took = []
        for _ in range(rounds):
            began = time.perf_counter()
            list(threads.map(lambda work: work(), works))
            took.append(time.perf_counter() - began)
    return min(took)


def _scans() -> list[Work]:
    """Return the products of a matrix with a vector, a part of its rows for each core."""
    rows = np.ones((BYTES // 4 // WIDTH, WIDTH), dtype=np.float32)
    vector = np.ones(WIDTH, dtype=np.float32)
    return [partial(np.matmul, part, vector) for part in np.array_split(rows, cores())]


def _read(path: Path, into: bytearray) -> None:
    with path.open("rb", buffering=0) as file:
        file.readinto(into)


def _products(operator: str) -> list[Work]:
    """Return products by ONNX Runtime, for each core its own, ``TIMES`` of them."""
    return [_repeated(_product(operator)) for _ in range(cores())]


def _product(operator: str) -> Work:
    """Return the product of a window's tokens with a matrix of weights, by one thread."""
    is_whole = operator == "MatMulInteger"
    kinds = (np.uint8, np.int8) if is_whole else (np.float32, np.float32)
    chance = np.random.default_rng(0)
    weights = chance.integers(-64, 64, (WIDTH, INNER)).astype(kinds[1])
    tokens = chance.integers(0, 128, (TOKENS, WIDTH)).astype(kinds[0])
    given, made = (TensorProto.UINT8, TensorProto.INT32) if is_whole else (TensorProto.FLOAT,) * 2
    graph = helper.make_graph(
        [helper.make_node(operator, ["tokens", "weights"], ["product"])],
        "product",
        [helper.make_tensor_value_info("tokens", given, [TOKENS, WIDTH])],
        [helper.make_tensor_value_info("product", made, [TOKENS, INNER])],
        [numpy_helper.from_array(weights, "weights")],
    )
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return partial(session.run, ["product"], {"tokens": tokens})


def _repeated(work: Work) -> Work:
    def several() -> None:
        for _ in range(TIMES):
            work()

    return several


def _bfloat16() -> Work:
    """Return the product of the tokens of a batch with a matrix, by all cores together."""
    import torch

    torch.set_num_threads(cores())
    tokens = torch.ones((TEXTS * TOKENS, WIDTH), dtype=torch.bfloat16)
    weights = torch.ones((WIDTH, INNER), dtype=torch.bfloat16)
    return partial(torch.matmul, tokens, weights)


if __name__ == "__main__":
    raise SystemExit(main())
