"""An index of a few documents, built and opened as the application does."""

from functools import partial

from bank.pipeline import FILE, questions_to_embed, write_bank
from index.embedding import embed
from index.pipeline import load_build, origin_of, texts_to_embed, write_index
from index.retriever import sentences_of
from index.store import new_build, open_current, publish


def build_index(documents, passages, encoder, folder, corpus_hash, questions=(), progress=None):
    by_id = {document.doc_id: document for document in documents}
    texts = texts_to_embed(by_id, passages)
    with new_build(folder) as build:
        vectors = embed(encoder, [*texts, *questions_to_embed(questions)], progress)
        counts = write_index(build, by_id, passages, vectors[: len(texts)])
        write_bank(build, questions, sentences_of(passages), vectors[len(texts) :])
        publish(folder, build, origin_of(encoder, corpus_hash), counts)


def load_retriever(folder, encoder, corpus_hash):
    load = partial(load_build, encoder=encoder, corpus_hash=corpus_hash, beside={FILE})
    return open_current(folder, load)
