"""What Quotewell's own search finds, in a process of its own, as ``peers.py`` does for others.

python -m benchmarks.rivals.ours JOB.json
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from ingest.drafting.processor import cores
from ui.process import prepare

FIRST = 10
"""Passages that are fetched for a question."""


def write_texts(folder: Path, documents: Sequence[str]) -> list[Path]:
    """Write documents as text files, and return them in their order."""
    paths = [folder / f"d{number:06}.txt" for number in range(len(documents))]
    for path, text in zip(paths, documents, strict=True):
        path.write_text(text, "utf-8")
    return paths


def cpu_seconds() -> float:
    """Return the processor time of this process and of its children that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def main() -> None:
    """Index the documents, ask the questions, and print what was found."""
    prepare(threads=cores())
    from answer.asking.names import Names
    from answer.build import build
    from answer.mining.mined import open_mined
    from answer.opening import open_index
    from benchmarks.adding.__main__ import write_corpus
    from corpus.sources import read_corpus
    from index.encoder import open_encoder

    job = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    documents = json.loads(Path(job["documents"]).read_text("utf-8"))
    questions = json.loads(Path(job["questions"]).read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = Path(folder, "corpus"), Path(folder, "index")
        write_corpus(corpus, write_texts(Path(folder), documents))
        wall, cpu = time.perf_counter(), cpu_seconds()
        report = build(corpus, index)
        ingest = {"wall": time.perf_counter() - wall, "cpu": cpu_seconds() - cpu}
        encoder = open_encoder(index)
        retriever, _ = open_index(index, read_corpus(corpus), encoder)
        names = Names(open_mined(retriever.kept))
        found, seconds = [], []
        for question in questions:
            began = time.process_time()
            hits = retriever.search(" ".join([question, *names.others(question)]), FIRST)
            found.append([int(hit.passage.doc_id[1:]) for hit in hits])
            seconds.append(time.process_time() - began)
    ingest["passages"] = report.n_passages
    print(json.dumps({"ingest": ingest, "found": found, "seconds": seconds}))


if __name__ == "__main__":
    main()
