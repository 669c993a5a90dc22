"""Measure how fast texts are embedded at build, beside sentence-transformers' default.

    OMP_NUM_THREADS=2 python -m benchmarks.encoder.embedding [--rounds 5] [--corpus DIR]
                                                           [--json FILE]

The texts are the corpus's passages, and as many questions of its bank. In every round each way
embeds all of them, one after another, so that all meet the same load of the machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from bank.questions import BANK, read_bank
from benchmarks import figures
from benchmarks.encoder.reference import ReferenceEncoder
from benchmarks.encoder.work import flop
from corpus.sources import read_corpus
from index.embedding import embed
from index.encoder import SentenceEncoder
from index.encoding.bulk import FEW, BulkEncoder
from index.texts import index_text
from ingest.drafting.processor import has_bfloat16, threads
from ingest.library import ingest_sources
from ingest.passages import pack_passages
from ui.settings import Places


def main() -> int:
    """Measure, and print one figure per line."""
    parser = argparse.ArgumentParser(description="Measure how fast texts are embedded.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    figures.add_option(parser)
    arguments = parser.parse_args()
    places = Places.of(arguments.corpus, None)
    many = BulkEncoder()
    ways = {
        "sentence-transformers": ReferenceEncoder(),
        "many texts (bfloat16)": many,
        "few texts (ONNX Runtime)": SentenceEncoder(),
    }
    many.encode([""] * (FEW + 1))  # from now on these are many
    knows = "multiplies bfloat16 itself" if has_bfloat16() else "has no bfloat16 of its own"
    print(f"The processor {knows}; {threads()} threads.")
    found: dict[str, float] = {}
    for kind, texts in _texts(places, many).items():
        tokens = [min(many.count_tokens(text), many.max_tokens) for text in texts]
        found |= {f"{kind}.count": len(texts), f"{kind}.gflop": sum(map(flop, tokens)) / 1e9}
        wanted = ways["sentence-transformers"].encode(texts)
        rates: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(arguments.rounds):
            for way, encoder in ways.items():
                began = time.perf_counter()
                embed(encoder, texts)
                rates[way].append(len(texts) / (time.perf_counter() - began))
        base = statistics.median(rates["sentence-transformers"])
        for way, encoder in ways.items():
            rate = statistics.median(rates[way])
            least = float((encoder.encode(texts) * wanted).sum(axis=1).min())
            print(
                f"{kind:10} {way:26}{rate:8.1f} a second, ratio {rate / base:5.2f}, "
                f"least cosine {least:.5f}"
            )
            found |= {f"{kind}.{way}.a_second": rate, f"{kind}.{way}.ratio": rate / base}
            found[f"{kind}.{way}.least_cosine"] = least
    figures.write(arguments.json, found)
    return 0


def _texts(places: Places, encoder: SentenceEncoder) -> dict[str, list[str]]:
    """Return the passages of a corpus, and as many questions of its bank."""
    documents, _ = ingest_sources(read_corpus(places.corpus).sources)
    passages = [
        index_text(passage)
        for document in documents.values()
        for passage in pack_passages(document, encoder.count_tokens)
    ]
    known = read_bank(places.corpus / BANK, documents)
    step = max(1, len(known) // len(passages))
    questions = [one.question for one in known[::step]][: len(passages)]
    return {"passages": passages, "questions": questions} if questions else {"passages": passages}


if __name__ == "__main__":
    sys.exit(main())
