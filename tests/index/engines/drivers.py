"""Each engine behind the same verbs: put, withdraw, open again. And what both must say: NumPy's."""

import hashlib
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np

from index.engines.cluster import ClusterEngine, Collections
from index.engines.engine import IndexedPassage
from index.engines.local import LocalEngine
from index.engines.milvus import Milvus
from index.engines.places import Places
from index.engines.schema import EXACT
from index.manifest import Origin
from index.parts.part import Part
from index.parts.runs import Runs
from index.parts.search import DenseParts
from index.parts.writing import PartWriter
from index.segments.entries import Entry
from index.sparse import SparseIndex, SparseWriter

DIMENSION = 32
ORIGIN = Origin("toy", "0" * 64, DIMENSION, "c1")
VOCABULARY = [f"w{n}" for n in range(3000)]
ZIPF = 1 / np.arange(3, 3003)


@dataclass
class Library:
    """Documents by id, each with the tokens and the vectors of its passages, in the order of rows."""

    documents: dict = field(default_factory=dict)
    numbers: dict = field(default_factory=dict)
    next: int = 0

    def put(self, doc_id, tokens, vectors):
        self.documents[doc_id] = list(tokens), np.asarray(vectors, dtype=np.float32)
        self.numbers[doc_id], self.next = self.next, self.next + 1

    def withdraw(self, doc_id):
        del self.documents[doc_id], self.numbers[doc_id]

    @property
    def entries(self):
        return tuple(
            entry_of(d, self.numbers[d], digest(t), len(t)) for d, (t, _) in self.documents.items()
        )

    @property
    def places(self):
        return Places(self.entries)

    def passages(self, doc_ids=None):
        for entry in self.entries:
            tokens, vectors = self.documents[entry.doc_id]
            if doc_ids is None or entry.doc_id in doc_ids:
                for key, *one in zip(
                    entry.keys(entry.passages).tolist(), tokens, vectors, strict=True
                ):
                    yield IndexedPassage(key, entry.doc_id, *one)

    @property
    def vectors(self):
        empty = np.zeros((0, DIMENSION), np.float32)
        return np.concatenate([empty, *(vectors for _, vectors in self.documents.values())])

    def rows_of(self, documents):
        owners = [entry.doc_id for entry in self.entries for _ in range(entry.passages)]
        return np.array([row for row, doc_id in enumerate(owners) if doc_id in documents], np.int64)

    def nearest(self, vector, k, documents=None):
        """Rows by inner product, without any engine."""
        rows = np.arange(len(self.places)) if documents is None else self.rows_of(documents)
        return rows[np.argsort(-(self.vectors[rows] @ vector), kind="stable")][:k].tolist()


def entry_of(doc_id, number, sha256, passages, reading="1"):
    """What a build notes of a document, as far as engines look at it."""
    known = {"doc_id": doc_id, "number": number, "sha256": sha256, "suffix": ".md"}
    counts = {one.name: 0 for one in fields(Entry)}
    return Entry(**counts | known | {"passages": passages, "reading": reading})


def digest(tokens):
    return hashlib.sha256(repr(tokens).encode()).hexdigest()


def make_library(seed=0, documents=30, passages=20):
    """Documents of random words, drawn as often as in a text, and random vectors."""
    random, library = np.random.default_rng(seed), Library()
    for number in range(documents):
        lengths = random.integers(20, 120, passages)
        tokens = [random.choice(VOCABULARY, n, p=ZIPF / ZIPF.sum()).tolist() for n in lengths]
        library.put(f"doc-{number}", tokens, make_vectors(random, passages))
    return library


def make_vectors(random, n):
    rows = random.normal(size=(n, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Local:
    """FAISS and tantivy, as a build writes and opens them."""

    has_words = True

    def __init__(self, folder):
        self._folder, self._parts = Path(folder, "sparse"), Path(folder, "parts")
        self._held = None

    def publish(self, library):
        """Let readers find this library from now on; return how they search it."""
        writer = SparseWriter(self._folder)
        for entry in self._held.without(library.places) if self._held else ():
            writer.remove(entry.doc_id)
        before = self._held or Places(())
        for entry in library.places.without(before):
            keys = entry.keys(entry.passages).tolist()
            tokens = library.documents[entry.doc_id][0]
            writer.add(entry.doc_id, zip(keys, tokens, strict=True))
        writer.commit()
        self._held = library.places
        return self.open(library)

    def open(self, library):
        keys = np.array([passage.key for passage in library.passages()], dtype=np.int64)
        words = SparseIndex.load(self._folder, Runs.of(keys))
        part = self._parts / str(len(list(self._parts.glob("*"))))
        with PartWriter(part) as writer:
            writer.add(library.vectors)
        rows = Runs.of(np.arange(len(keys)))
        vectors = DenseParts([(Part(part, DIMENSION), rows)], DIMENSION)
        return LocalEngine(vectors, words, library.rows_of)


class Cluster:
    """A Milvus, as builds fill it and open it."""

    def __init__(self, address, folder, *, has_words):
        self.address, self.has_words = address, has_words
        self.folder, self._held, self.opened = Path(folder), None, []

    def publish(self, library):
        with Milvus(self.address) as milvus:
            collections = Collections(milvus, self.folder, ORIGIN, words=self.has_words)
            collections.put(library.places, self._held, library.passages)
            collections.settle(library.places, self._held)
        self._held = library.places
        return self.open(library)

    def open(self, library):
        self.opened.append(Milvus(self.address))
        return ClusterEngine.open(self.opened[-1], library.places, ORIGIN)


class Collection:
    """A Milvus without aliases, which milvus-lite lacked before its version 3."""

    has_words = True

    def __init__(self, address, folder):
        self.address, self._name, self._held = address, f"quotewell_{Path(folder).name}", None
        self.opened = []

    def publish(self, library):
        held = self._held or Places(())
        with Milvus(self.address) as milvus:
            if not self._held:
                milvus.create(self._name, DIMENSION, EXACT)
            new = {entry.doc_id for entry in library.places.without(held)}
            milvus.upsert(self._name, library.passages(new))
            for entry in held.without(library.places):
                milvus.delete(self._name, entry.keys(entry.passages))
        self._held = library.places
        return self.open(library)

    def open(self, library):
        self.opened.append(Milvus(self.address))
        self.opened[-1].load(self._name)
        return ClusterEngine(self.opened[-1], self._name, library.places)
