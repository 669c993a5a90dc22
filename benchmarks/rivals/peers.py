"""What other retrieval libraries find, run by a Python that has them (see ``__main__.py``).

    python peers.py txtai|langchain|bare JOB.json

JOB.json names a file of documents and one of questions (a JSON list of strings each) and the folder
of the encoder's weights. Prints one JSON object: the seconds of ingest, for each question the
numbers of the documents that its first chunks are of, and how long it took. It imports nothing of
this project, whose packages that Python does not have.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

CHUNK, OVERLAP = 1000, 200
"""Characters, for both: what LangChain's own documentation begins with."""
FIRST = 10
"""Chunks that are fetched for a question."""

Search = Callable[[str], list[int]]
"""From a question to the numbers of the documents that its first chunks are of."""


def chunks_of(documents: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the chunks of all documents, and for each the number of its document."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    pairs = [(part, n) for n, text in enumerate(documents) for part in splitter.split_text(text)]
    return [part for part, _ in pairs], [n for _, n in pairs]


def txtai(documents: Sequence[str], model: str) -> Search:
    """Index with txtai's hybrid of vectors and BM25, as its documentation does."""
    from txtai import Embeddings

    chunks, owners = chunks_of(documents)
    embeddings: Any = Embeddings(path=model, hybrid=True, content=False)
    embeddings.index((n, chunk, None) for n, chunk in enumerate(chunks))
    return lambda question: [owners[n] for n, _ in embeddings.search(question, FIRST)]


def langchain(documents: Sequence[str], model: str) -> Search:
    """Index with LangChain's FAISS store, as its documentation does."""
    from langchain_community.vectorstores import FAISS
    from langchain_huggingface import HuggingFaceEmbeddings

    chunks, owners = chunks_of(documents)
    store: Any = FAISS.from_texts(
        chunks, HuggingFaceEmbeddings(model_name=model), [{"document": n} for n in owners]
    )
    return lambda question: [
        found.metadata["document"] for found in store.similarity_search(question, FIRST)
    ]


def bare(documents: Sequence[str], model: str) -> Search:
    """Embed with sentence-transformers, and compare all vectors with one product of matrices."""
    import numpy as np
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(model, device="cpu")
    chunks, owners = chunks_of(documents)
    vectors = encoder.encode(chunks, normalize_embeddings=True, show_progress_bar=False)

    def search(question: str) -> list[int]:
        asked = encoder.encode(question, normalize_embeddings=True, show_progress_bar=False)
        return [owners[n] for n in np.argsort(-(vectors @ asked))[:FIRST]]

    return search


def main() -> None:
    """Index the documents, ask the questions, and print what was found."""
    name, job = sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8"))
    documents = json.loads(Path(job["documents"]).read_text("utf-8"))
    questions = json.loads(Path(job["questions"]).read_text("utf-8"))
    make = {"txtai": txtai, "langchain": langchain, "bare": bare}[name]
    make(documents[:2], job["model"])("The first question loads what is loaded late.")
    wall, cpu = time.perf_counter(), time.process_time()
    search = make(documents, job["model"])
    ingest = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    found, seconds = [], []
    for question in questions:
        began = time.process_time()
        found.append(search(question))
        seconds.append(time.process_time() - began)
    print(json.dumps({"ingest": ingest, "found": found, "seconds": seconds}))


if __name__ == "__main__":
    main()
