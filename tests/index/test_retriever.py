from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.encoder import SentenceEncoder
from index.errors import IndexMismatchError
from index.retriever import DAMPING, WEIGHTS
from index.segments.segment import Segment
from index.texts import index_text, sentence_text
from index.tokens import tokenize
from tests.indexes import build_index, load_retriever


def texts(hits):
    return [hit.passage.text for hit in hits]


def test_documents_and_passages_come_back_as_they_were(retriever, corpus, encoder):
    documents, passages = corpus
    assert retriever.documents == {document.doc_id: document for document in documents}
    assert tuple(retriever.passages) == tuple(passages)
    assert retriever.encoder is encoder


def test_sentences_are_in_passage_order(retriever):
    expected = [sentence for passage in retriever.passages for sentence in passage.sentences]
    assert list(retriever.sentences) == expected


def test_only_passages_are_embedded(retriever, make_encoder):
    embedded = make_encoder().encode([index_text(passage) for passage in retriever.passages])
    found = [retriever.vector_of(row).tolist() for row in range(len(retriever.passages))]
    assert found == embedded.tolist()
    assert len(retriever.sentences) > len(found)


def test_cosines_are_those_of_the_passages_asked_for(retriever, encoder):
    vector = encoder.encode(["malaria"])[0]
    cosines = retriever.cosines(vector, [2, 0])
    assert cosines == {row: pytest.approx(retriever.vector_of(row) @ vector) for row in (2, 0)}
    nearest = retriever.nearest(vector, len(retriever.passages))
    everywhere = retriever.cosines(vector, nearest)
    assert [*everywhere.values()] == sorted(everywhere.values(), reverse=True)


def test_each_row_is_found_again_from_the_other_side(retriever):
    assert retriever.passages_of("melanoma") == range(2, 4)
    assert [retriever.doc_id_of(row) for row in range(4)] == ["malaria"] * 2 + ["melanoma"] * 2
    for row, passage in enumerate(retriever.passages):
        rows = retriever.sentences_of(row)
        assert retriever.sentences[rows.start : rows.stop] == passage.sentences
        assert {retriever.passage_of(sentence) for sentence in rows} == {row}
    assert retriever.sentences[-1] == retriever.passages[-1].sentences[-1]
    with pytest.raises(IndexError, match="no row 7 among 7"):
        retriever.sentences[7]


def test_a_token_is_in_as_many_sentences_as_hold_it(retriever):
    held = [
        set(tokenize(sentence_text(retriever.documents[sentence.doc_id], sentence)))
        for sentence in retriever.sentences
    ]
    for token in tokenize("malaria mosquitoes bite"):
        assert retriever.frequency(token) == sum(token in one for one in held) > 0
    assert retriever.frequency("zebra") == 0


def test_a_document_and_a_passage_are_read_once_while_they_are_asked_for(retriever, monkeypatch):
    read = []
    record = Segment.record
    monkeypatch.setattr(
        Segment, "record", lambda self, *place: read.append(place) or record(self, *place)
    )
    for _ in range(3):
        assert retriever.documents["melanoma"].doc_id == "melanoma"
        assert retriever.passages[2].doc_id == retriever.passages[3].doc_id == "melanoma"
    assert read == [("documents.jsonl", 1), ("passages.jsonl", 1)]


def test_what_is_kept_in_memory_does_not_grow(folder, encoder, monkeypatch):
    monkeypatch.setattr("index.segments.views.DOCUMENTS_KEPT", 10)
    retriever = load_retriever(folder, encoder, "c1")
    first = retriever.documents["malaria"]
    assert retriever.documents["malaria"] is first
    assert retriever.documents["melanoma"]
    assert retriever.documents["malaria"] is not first
    assert retriever.documents["malaria"] == first


def test_many_threads_read_the_same(retriever, corpus):
    rows = [*range(4)] * 50
    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(retriever.passages.__getitem__, rows)] == [corpus[1][n] for n in rows]


def test_a_text_with_every_kind_of_line_end_comes_back(tmp_path, make_document, encoder):
    document, passages = make_document("odd", [((), ["One\ftwo\x0b three\x1c four 𝒳."])])
    build_index([document], passages, encoder, tmp_path / "index", "c1")
    retriever = load_retriever(tmp_path / "index", encoder, "c1")
    assert tuple(retriever.passages) == tuple(passages)


def test_hits_have_ranks_from_one_and_falling_scores(retriever):
    hits = retriever.search("What cures malaria?", k=3)
    assert texts(hits)[0] == "Artemisinin cures malaria. Give 3,900 mg a day."
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_passage_first_in_all_three_rankings_has_the_highest_score(retriever):
    hit = retriever.search("malaria artemisinin", k=1)[0]
    assert hit.score == pytest.approx(sum(WEIGHTS) / (DAMPING + 1))


@pytest.mark.parametrize("query", ["PD1", "pd-1 blockade", "tumour"])
def test_words_are_found_in_another_spelling(retriever, query):
    assert texts(retriever.search(query, k=1)) == [
        "PD-1 blockade shrinks tumours. Side effects occur."
    ]


def test_a_heading_counts_as_part_of_its_passage(retriever):
    found = retriever.search("treatment", k=2)
    assert {hit.passage.headings[-1] for hit in found} == {"Treatment"}


def test_more_hits_than_passages_gives_every_passage_once(retriever):
    hits = retriever.search("malaria", k=100)
    assert sorted(texts(hits)) == sorted(passage.text for passage in retriever.passages)


def test_a_smaller_k_gives_the_first_of_the_same_hits(tmp_path, make_document, encoder):
    rng = np.random.default_rng(7)
    words = [f"word{n}" for n in range(25)]
    lines = [" ".join(rng.choice(words, 6)) + "." for _ in range(60)]
    document, passages = make_document("d", [((), [line]) for line in lines])
    build_index([document], passages, encoder, tmp_path, "c1")
    retriever = load_retriever(tmp_path, encoder, "c1")
    for query in lines:
        assert retriever.search(query[:17], k=2) == retriever.search(query[:17], k=60)[:2]


def test_only_the_named_documents_are_searched(retriever):
    hits = retriever.search("malaria treatment", k=10, documents=["melanoma"])
    assert [hit.passage.doc_id for hit in hits] == ["melanoma", "melanoma"]
    assert retriever.search("malaria", k=10, documents=[]) == []


def test_an_unknown_document_is_refused(retriever):
    with pytest.raises(IndexMismatchError, match=r"no document 'gout'.*`quotewell build`\.$"):
        retriever.search("malaria", k=1, documents=["gout"])


@pytest.mark.parametrize("query", ["", " \n\u00a0"])
def test_a_query_without_a_visible_character_finds_nothing(retriever, query):
    assert retriever.search(query, k=5) == []


@pytest.mark.parametrize("query", ['"', "a:b AND (", "\x00", "\ud800", "😀" * 500, "(" * 5000])
def test_any_characters_may_be_asked(retriever, query):
    assert len(retriever.search(query, k=2)) == 2


@pytest.mark.slow
def test_the_real_encoder_finds_what_shares_no_word_with_the_question(tmp_path, corpus):
    encoder = SentenceEncoder()
    build_index(*corpus, encoder, tmp_path / "index", "c1")
    retriever = load_retriever(tmp_path / "index", encoder, "c1")
    assert texts(retriever.search("Which drug heals infected patients?", k=1)) == [
        "Artemisinin cures malaria. Give 3,900 mg a day."
    ]
