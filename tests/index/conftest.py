"""Tiny hand-made documents and a toy encoder: no model, no network."""

import pytest

from index.manifest import Counts, Origin, verify
from index.store import new_build, open_current, publish
from ingest.document import Document, Passage, Section, Sentence, Span
from tests.indexes import build_index, load_retriever
from tests.toys import ToyEncoder


def build_document(doc_id, sections):
    """Make a document of ``(headings, sentences)`` pairs, one paragraph and passage each."""
    text, spans, sentences, passages = "", [], [], []
    for number, (headings, lines) in enumerate(sections):
        start = len(text)
        text += "".join(f"{heading}\n" for heading in headings[-1:])
        own = []
        for line in lines:
            span = Span(len(text), len(text) + len(line))
            own.append(Sentence(doc_id, span, line, "sentence", number, 1))
            text += line + " "
        text += "\n"
        spans.append(Section(doc_id, headings, Span(start, len(text))))
        sentences += own
        whole = Span(own[0].span.start, own[-1].span.end)
        words = len(text[whole.start : whole.end].split())
        passages.append(
            Passage(doc_id, headings, whole, text[whole.start : whole.end], tuple(own), words)
        )
    document = Document(
        doc_id=doc_id,
        title=doc_id.title(),
        text=text,
        source=text,
        sha256="f" * 64,
        runs=(),
        seams=(),
        sections=tuple(spans),
        sentences=tuple(sentences),
    )
    return document, passages


@pytest.fixture
def make_document():
    return build_document


@pytest.fixture
def make_encoder():
    return ToyEncoder


@pytest.fixture
def encoder():
    return ToyEncoder()


@pytest.fixture
def corpus():
    """Two documents with two passages each, as ``(documents, passages)``."""
    malaria, first = build_document(
        "malaria",
        [
            (("Malaria",), ["Malaria is spread by mosquitoes.", "They bite at night."]),
            (("Malaria", "Treatment"), ["Artemisinin cures malaria.", "Give 3,900 mg a day."]),
        ],
    )
    melanoma, second = build_document(
        "melanoma",
        [
            (("Melanoma",), ["Melanoma is a cancer of the skin."]),
            (("Melanoma", "Treatment"), ["PD-1 blockade shrinks tumours.", "Side effects occur."]),
        ],
    )
    return [malaria, melanoma], [*first, *second]


@pytest.fixture
def folder(tmp_path, corpus, encoder):
    """An index of ``corpus``."""
    build_index(*corpus, encoder, tmp_path / "index", "c1")
    return tmp_path / "index"


@pytest.fixture
def retriever(folder, encoder):
    return load_retriever(folder, encoder, "c1")


class TextStore:
    """An index folder whose only content is one file with a text."""

    origin = Origin(encoder="toy", encoder_sha256="0" * 64, dimension=2, corpus_hash="c1")
    counts = Counts(documents=1, passages=2, sentences=3)

    def __init__(self, folder):
        self.folder = folder

    @property
    def build(self):
        return self.folder / "builds" / (self.folder / "CURRENT").read_text().strip()

    @property
    def n_builds(self):
        return len(list((self.folder / "builds").iterdir()))

    def put(self, text):
        with new_build(self.folder) as build:
            (build / "sub").mkdir()
            (build / "sub" / "data.txt").write_text(text)
            publish(self.folder, build, self.origin, self.counts)

    def get(self, origin=origin):
        def load(build):
            verify(build, origin)
            return (build / "sub" / "data.txt").read_text()

        return open_current(self.folder, load)


@pytest.fixture
def new_store(tmp_path):
    return TextStore(tmp_path / "index")


@pytest.fixture
def store(new_store):
    """A folder that holds "old"."""
    new_store.put("old")
    return new_store
