"""What a collection of Milvus is made of: its fields, and an index for each that is searched."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from index.engines.records import DOCUMENT_DIGITS, ID_DIGITS, TOKENS_BYTES

EXACT, APPROXIMATE = "flat", "sq8"
"""The kinds of dense index, as in the names of collections: nothing else is ever asked for."""
EXACT_PASSAGES = 200_000
"""To this many, every vector is compared. Chosen by hand: 20 ms on one core at most."""
LISTS, PROBED = 2_048, 64
"""Lists of an approximate index, and how many of them a search reads. Measured with FAISS on
10⁶ passages: recall@10 .964 (``docs/scale.md``)."""
INDEXES: dict[str, dict[str, Any]] = {
    EXACT: {"index_type": "FLAT", "params": {}},
    APPROXIMATE: {"index_type": "IVF_SQ8", "params": {"nlist": LISTS}},
}
WORDS: dict[str, Any] = {
    "index_type": "SPARSE_INVERTED_INDEX",
    "params": {"bm25_k1": 1.2, "bm25_b": 0.75},
}
"""BM25 with the constants that tantivy fixes."""


def kind_for(passages: int) -> str:
    """Return the kind of dense index for so many passages."""
    return EXACT if passages <= EXACT_PASSAGES else APPROXIMATE


def collection_of(
    library: ModuleType, dimension: int, kind: str, *, words: bool
) -> tuple[Any, Any]:
    """Return the fields and the indexes of a collection.

    Args:
        library: pymilvus.
        dimension: of the vectors.
        kind: ``EXACT`` or ``APPROXIMATE``. A name that a server does not know is never sent: some
            keep an index that they refused, and cannot load the collection any more.
        words: whether it can be searched by words.

    """
    dense, types = INDEXES[kind], library.DataType
    fields = library.MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    indexes = library.MilvusClient.prepare_index_params()
    fields.add_field("id", types.VARCHAR, is_primary=True, max_length=ID_DIGITS)
    fields.add_field("document", types.VARCHAR, max_length=DOCUMENT_DIGITS)
    fields.add_field("vector", types.FLOAT_VECTOR, dim=dimension)
    indexes.add_index("vector", metric_type="IP", **dense)
    if words:
        fields.add_field(
            "tokens",
            types.VARCHAR,
            max_length=TOKENS_BYTES,
            enable_analyzer=True,
            analyzer_params={"tokenizer": "standard"},
        )
        fields.add_field("words", types.SPARSE_FLOAT_VECTOR)
        fields.add_function(_bm25(library))
        indexes.add_index("words", metric_type="BM25", **WORDS)
        indexes.add_index("document", index_type="INVERTED")
    return fields, indexes


def _bm25(library: ModuleType) -> object:
    return library.Function(
        name="bm25",
        function_type=library.FunctionType.BM25,
        input_field_names=["tokens"],
        output_field_names=["words"],
    )
