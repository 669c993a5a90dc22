"""An index of a few documents, built and opened as the application does."""

import hashlib
import json
from functools import partial
from itertools import pairwise

import numpy as np

from bank.pipeline import FILE, questions_to_embed, write_bank
from index.pipeline import load_build, origin_of
from index.segments.building import shelve, texts_to_embed, write_index
from index.segments.vectors import KnownVectors
from index.store import new_build, open_current, publish


def build_index(documents, passages, encoder, folder, corpus_hash, questions=(), progress=None):
    known = KnownVectors(encoder)
    with new_build(folder) as build:
        new = shelves(documents, passages, known, progress)
        written = write_index(build, [document.doc_id for document in documents], new)
        by_id = {document.doc_id: document for document in documents}
        write_bank(build, questions, by_id, known.embed(questions_to_embed(questions)))
        origin = origin_of(encoder, corpus_hash)
        publish(folder, build, origin, written.counts, written.carried, written.meant)


def shelves(documents, passages, known, progress=None):
    for document in documents:
        own = [passage for passage in passages if passage.doc_id == document.doc_id]
        yield shelve(document, own, known.embed(texts_to_embed(own), progress))


def load_retriever(folder, encoder, corpus_hash, **options):
    load = partial(load_build, encoder=encoder, corpus_hash=corpus_hash, beside={FILE}, **options)
    return open_current(folder, load)


def seal_again(folder, **changed):
    """Make every digest right again, as whoever may write there can; the key is not theirs."""
    (build,) = (folder / "builds").iterdir()
    for segment in (build / "segments").glob("*/entries.npz"):
        digest_again(segment.parent)
    manifest = json.loads((build / "index.json").read_text("utf-8"))
    skipped = ("index.json", "seal")
    files = {
        path.relative_to(build).as_posix(): path
        for path in build.rglob("*")
        if path.is_file() and path.suffix != ".lock" and path.name not in skipped
    }
    manifest["files"] = {name: sha256(path) for name, path in files.items()}
    manifest["sizes"] = {name: path.stat().st_size for name, path in files.items()}
    (build / "index.json").write_text(json.dumps(manifest | changed), "utf-8")
    name_anew(folder)


def digest_again(segment):
    """Make the digests and sizes of the records right again, if the files can be read at all."""
    try:
        with np.load(segment / "entries.npz") as stored:
            columns = dict(stored)
        lengths = columns["passages"].tolist()
    except (ValueError, OSError, EOFError, KeyError):
        return
    documents, passages = (
        (segment / name).read_bytes().splitlines(keepends=True)
        for name in ("documents.jsonl", "passages.jsonl")
    )
    ends = np.cumsum([0, *map(int, lengths)]).tolist()
    records = {
        "documents.jsonl": [documents[n : n + 1] for n in range(len(lengths))],
        "passages.jsonl": [passages[a:b] for a, b in pairwise(ends)],
    }
    for name, held in records.items():
        joined = [b"".join(lines) for lines in held]
        columns[f"{name} sizes"] = np.array([len(one) for one in joined], dtype=np.int64)
        digests = b"".join(hashlib.sha256(one).digest() for one in joined)
        columns[f"{name} digests"] = np.frombuffer(digests, np.uint8).reshape(-1, 32)
    np.savez(segment / "entries.npz", **columns)


def name_anew(folder):
    (build,) = (folder / "builds").iterdir()
    name = sha256(build / "index.json")
    build.rename(build.with_name(name))
    (folder / "CURRENT").write_text(name, "ascii")


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
