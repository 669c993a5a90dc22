"""An index of a few documents, built and opened as the application does."""

from functools import partial

from bank.pipeline import FILE, questions_to_embed, write_bank
from index.pipeline import load_build, origin_of
from index.retriever import sentences_of
from index.segments.building import shelve, texts_to_embed, write_index
from index.segments.vectors import KnownVectors
from index.store import new_build, open_current, publish


def build_index(documents, passages, encoder, folder, corpus_hash, questions=(), progress=None):
    known = KnownVectors(encoder)
    with new_build(folder) as build:
        new = shelves(documents, passages, known, progress)
        written = write_index(build, [document.doc_id for document in documents], new)
        write_bank(
            build, questions, sentences_of(passages), known.embed(questions_to_embed(questions))
        )
        origin = origin_of(encoder, corpus_hash)
        publish(folder, build, origin, written.counts, written.carried)


def shelves(documents, passages, known, progress=None):
    for document in documents:
        own = [passage for passage in passages if passage.doc_id == document.doc_id]
        yield shelve(document, own, known.embed(texts_to_embed(own), progress))


def load_retriever(folder, encoder, corpus_hash):
    load = partial(load_build, encoder=encoder, corpus_hash=corpus_hash, beside={FILE})
    return open_current(folder, load)
