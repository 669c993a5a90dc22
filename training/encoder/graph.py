"""Write ``index/encoding/minilm.onnx``: how all-MiniLM-L6-v2 computes the vector of one text.

The file holds operations alone, 40 kB of them. Its weights are those of the published
``model.safetensors``, each named by its place there, so that ONNX Runtime maps them into memory and
what is loaded is what was published. One text is computed at a time: without padding there is no
mask, and a vector never depends on other texts.

    python -m training.encoder.graph
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

import onnx
from onnx import TensorProto, helper

from index.encoder import GRAPH
from index.weights import WEIGHTS, installed_model

LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
OPSET, IR = 17, 8
"""Old enough for every ONNX Runtime of the last years."""


class _Graph:
    """Nodes and weights as they are added; every method returns the name of an output."""

    def __init__(self, weights: Path) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.tensors: dict[str, onnx.TensorProto] = {}
        with weights.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            self._header = json.loads(file.read(length))
        self._start = 8 + length

    def weight(self, name: str) -> str:
        """Return the name of a published weight, which stays where it is."""
        entry = self._header[name]
        assert entry["dtype"] == "F32"
        first, end = entry["data_offsets"]
        place = {"location": WEIGHTS, "offset": self._start + first, "length": end - first}
        tensor = TensorProto(
            name=name,
            data_type=TensorProto.FLOAT,
            dims=entry["shape"],
            data_location=TensorProto.EXTERNAL,
        )
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
        self.tensors[name] = tensor
        return name

    def constant(self, name: str, kind: int, shape: list[int], values: list[float]) -> str:
        """Return the name of a small constant."""
        self.tensors[name] = helper.make_tensor(name, kind, shape, values)
        return name

    def add(self, kind: str, inputs: list[str], name: str, **attributes: float | list[int]) -> str:
        """Add an operation and return its output."""
        node = helper.make_node(kind, inputs, [name], name=name)
        node.attribute.extend(helper.make_attribute(*one) for one in sorted(attributes.items()))
        self.nodes.append(node)
        return name

    def linear(self, given: str, layer: str) -> str:
        """Add ``given @ weight.T + bias``; torch stores weights as (out, in)."""
        weights = [self.weight(f"{layer}.weight"), self.weight(f"{layer}.bias")]
        return self.add("Gemm", [given, *weights], f"{layer}.out", transB=1)

    def normal(self, given: str, layer: str) -> str:
        """Add a layer normalisation."""
        weights = [self.weight(f"{layer}.weight"), self.weight(f"{layer}.bias")]
        options = {"axis": -1, "epsilon": EPSILON}
        return self.add("LayerNormalization", [given, *weights], f"{layer}.out", **options)

    def heads(self, given: str, perm: list[int]) -> str:
        """Split the columns of ``given`` (tokens, width) among the heads."""
        split = self.add("Reshape", [given, "by_head"], f"{given}.split")
        return self.add("Transpose", [split], f"{given}.heads", perm=perm)


def _embedded(graph: _Graph) -> str:
    """Return the sum of the embeddings of each token, its place and the one type, normalised."""
    at, tables = "embeddings", {}
    for table in ("word", "position", "token_type"):
        tables[table] = graph.weight(f"{at}.{table}_embeddings.weight")
    words = graph.add("Gather", [tables["word"], "input_ids"], f"{at}.words")
    count = graph.add("Shape", ["input_ids"], f"{at}.count")
    places = graph.add("Slice", [tables["position"], "zero", count, "zero"], f"{at}.places")
    kind = graph.add("Slice", [tables["token_type"], "zero", "one", "zero"], f"{at}.type")
    sums = graph.add("Add", [graph.add("Add", [words, places], f"{at}.sum"), kind], f"{at}.all")
    return graph.normal(sums, f"{at}.LayerNorm")


def _attended(graph: _Graph, given: str, at: str) -> str:
    """Return what each token takes over from the others, in one layer."""
    query, key, value = (
        graph.linear(given, f"{at}.attention.self.{which}") for which in ("query", "key", "value")
    )
    scaled = graph.add("Mul", [graph.heads(query, [1, 0, 2]), "scale"], f"{at}.scaled")
    products = graph.add("MatMul", [scaled, graph.heads(key, [1, 2, 0])], f"{at}.products")
    shares = graph.add("Softmax", [products], f"{at}.shares", axis=-1)
    mixed = graph.add("MatMul", [shares, graph.heads(value, [1, 0, 2])], f"{at}.mixed")
    back = graph.add("Transpose", [mixed], f"{at}.back", perm=[1, 0, 2])
    joined = graph.add("Reshape", [back, "by_token"], f"{at}.joined")
    out = graph.linear(joined, f"{at}.attention.output.dense")
    sums = graph.add("Add", [out, given], f"{at}.attention.sum")
    return graph.normal(sums, f"{at}.attention.output.LayerNorm")


def _gelu(graph: _Graph, given: str) -> str:
    """Return x/2 · (1 + erf(x/√2))."""
    curve = graph.add("Erf", [graph.add("Div", [given, "root"], f"{given}.a")], f"{given}.b")
    whole = graph.add("Mul", [given, graph.add("Add", [curve, "unit"], f"{given}.c")], f"{given}.d")
    return graph.add("Mul", [whole, "half"], f"{given}.gelu")


def encoder_graph(weights: Path) -> onnx.ModelProto:
    """Return the model of one text: ``input_ids`` (tokens) → ``vector`` (384), of length 1.

    Args:
        weights: the published ``model.safetensors``, of which only the table of places is read.

    """
    graph = _Graph(weights)
    for name, number in (("zero", 0), ("one", 1)):
        graph.constant(name, TensorProto.INT64, [1], [number])
    graph.constant("by_head", TensorProto.INT64, [3], [0, HEADS, WIDTH // HEADS])
    graph.constant("by_token", TensorProto.INT64, [2], [-1, WIDTH])
    numbers = {"scale": (WIDTH / HEADS) ** -0.5, "root": 2**0.5, "unit": 1.0, "half": 0.5}
    for name, number in numbers.items():
        graph.constant(name, TensorProto.FLOAT, [], [number])
    hidden = _embedded(graph)
    for number in range(LAYERS):
        at = f"encoder.layer.{number}"
        attended = _attended(graph, hidden, at)
        wide = _gelu(graph, graph.linear(attended, f"{at}.intermediate.dense"))
        sums = graph.add("Add", [graph.linear(wide, f"{at}.output.dense"), attended], f"{at}.sum")
        hidden = graph.normal(sums, f"{at}.output.LayerNorm")
    mean = graph.add("ReduceMean", [hidden], "mean", axes=[0], keepdims=0)
    graph.add("LpNormalization", [mean], "vector", axis=-1, p=2)
    given = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["tokens"])
    made = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [WIDTH])
    named = helper.make_graph(
        graph.nodes, "all-MiniLM-L6-v2", [given], [made], list(graph.tensors.values())
    )
    opset = helper.make_opsetid("", OPSET)
    return helper.make_model(named, opset_imports=[opset], ir_version=IR)


def main() -> None:
    """Write the file."""
    model = encoder_graph(installed_model() / WEIGHTS)
    GRAPH.write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
