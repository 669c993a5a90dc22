import numpy as np
import pytest

from index.encoder import SentenceEncoder
from index.errors import IndexMismatchError
from index.retriever import DAMPING, WEIGHTS
from index.texts import index_text
from tests.indexes import build_index, load_retriever


def texts(hits):
    return [hit.passage.text for hit in hits]


def test_documents_and_passages_come_back_as_they_were(retriever, corpus, encoder):
    documents, passages = corpus
    assert retriever.documents == {document.doc_id: document for document in documents}
    assert retriever.passages == tuple(passages)
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


def test_a_text_with_every_kind_of_line_end_comes_back(tmp_path, make_document, encoder):
    document, passages = make_document("odd", [((), ["One\ftwo\x0b three\x1c four 𝒳."])])
    build_index([document], passages, encoder, tmp_path / "index", "c1")
    retriever = load_retriever(tmp_path / "index", encoder, "c1")
    assert retriever.passages == tuple(passages)


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
