"""What every engine promises, asked of each."""

import numpy as np
import pytest

from index.sparse import SparseIndex
from tests.index.engines.drivers import DIMENSION, make_library

ODD = [
    'dr. "O\'Neil" \\ {x} % _ ; --',
    "日本語の文書",
    "a/b&c=d",
    "ß€𝔄",
    "tab\tnew\nline",
    "%s {0} $x",
]


def unit(axis):
    vector = np.zeros(DIMENSION, np.float32)
    vector[axis] = 1
    return vector


def queries_of(library, n=40, seed=3):
    """Short questions: five words of a passage each."""
    random = np.random.default_rng(seed)
    lists = [passage.tokens for passage in library.passages()]
    return [random.choice(lists[random.integers(len(lists))], 5).tolist() for _ in range(n)]


def local_words(library, folder):
    """Return the index of words of one machine."""
    lists = ((passage.doc_id, passage.tokens) for passage in library.passages())
    return SparseIndex.build(lists, folder)


def overlap(found, wanted):
    """The share of ``wanted`` that was found, over all questions."""
    pairs = list(zip(found, wanted, strict=True))
    return sum(len(set(f) & set(w)) for f, w in pairs) / sum(len(w) for _, w in pairs)


def test_the_ten_nearest_passages_are_those_that_numpy_finds(driver, library, vectors):
    engine = driver.publish(library)
    for vector in vectors:
        assert engine.dense(vector, 10).tolist() == library.nearest(vector, 10)


def test_the_ten_nearest_passages_of_some_documents_are_those_that_numpy_finds(
    driver, library, vectors
):
    engine = driver.publish(library)
    for number, vector in enumerate(vectors):
        some = {f"doc-{n}" for n in range(number % 7, 30, 7)}
        assert engine.dense(vector, 10, some).tolist() == library.nearest(vector, 10, some)


def test_words_find_what_they_find_on_one_machine(wordy, library, tmp_path):
    engine, local = wordy.publish(library), local_words(library, tmp_path / "words")
    asked = queries_of(library)
    wanted = [local.search(query, 10)[1].tolist() for query in asked]
    assert overlap([engine.words(query, 10).tolist() for query in asked], wanted) >= 0.95


def test_words_find_in_some_documents_what_they_find_there_on_one_machine(wordy, library, tmp_path):
    engine, local = wordy.publish(library), local_words(library, tmp_path / "words")
    some, asked = {f"doc-{n}" for n in range(3, 9)}, queries_of(library)
    wanted = [local.search(query, 10, some)[1].tolist() for query in asked]
    found = [engine.words(query, 10, some).tolist() for query in asked]
    assert overlap(found, wanted) >= 0.9  # some weigh words by how rare they are in these documents
    allowed = set(library.rows_of(some).tolist())
    assert all(set(rows) <= allowed for rows in found)


def test_only_passages_that_share_a_word_are_found(wordy, library):
    library.put("one", [["rare", "w5"]], [unit(0)])
    engine = wordy.publish(library)
    assert engine.words(["rare"], 10).tolist() == [len(library.places) - 1]
    assert engine.words(["unheard"], 10).tolist() == []


def test_no_words_find_nothing(wordy, library):
    assert wordy.publish(library).words([], 10).tolist() == []


def test_more_than_there_are_gives_them_all(driver, library, vectors):
    engine = driver.publish(library)
    assert sorted(engine.dense(vectors[0], 20_000).tolist()) == list(range(600))
    if driver.has_words:
        found = engine.words(["w0"], 20_000).tolist()
        holding = [r for r, one in enumerate(library.passages()) if "w0" in one.tokens]
        assert sorted(found) == holding


def test_documents_that_are_not_there_and_no_documents_have_no_passages(driver, library, vectors):
    engine = driver.publish(library)
    for documents in ([], ["unheard"], ['" or "" == "', "x"]):
        assert engine.dense(vectors[0], 5, documents).tolist() == []
        if driver.has_words:
            assert engine.words(["w0"], 5, documents).tolist() == []


@pytest.mark.parametrize("doc_id", ODD)
def test_a_document_of_any_name_is_found_by_it(driver, doc_id):
    library = make_library(documents=3)
    library.put(doc_id, [["word"], ["word", "other"]], [unit(0), unit(1)])
    engine = driver.publish(library)
    assert engine.dense(unit(1), 5, [doc_id]).tolist() == [61, 60]
    if driver.has_words:
        assert engine.words(["other"], 5, [doc_id]).tolist() == [61]


@pytest.mark.parametrize(
    "token", ["3.5", "1.50", "日本", "\u0e01\u0e31", "ß", "or", "not", "and", "x" * 64, "𝔄1"]
)
def test_a_token_of_any_characters_is_one_word(wordy, token):
    library = make_library(documents=3)
    library.put(
        "odd", [[token, "word"], ["35", "3", "5", "1", "50", "日", "本"]], [unit(0), unit(1)]
    )
    assert wordy.publish(library).words([token], 5).tolist() == [60]


def test_a_passage_without_words_and_one_with_too_many_are_taken(driver):
    library = make_library(documents=3)
    library.put("empty", [[]], [unit(0)])
    library.put("long", [["first", *(f"word{n}" for n in range(20_000))]], [unit(1)])
    engine = driver.publish(library)
    assert engine.count() == 62
    assert engine.dense(unit(0), 1).tolist() == [60]
    if driver.has_words:
        assert engine.words(["first"], 5).tolist() == [61]


def test_what_was_withdrawn_is_found_no_more(driver, library, vectors):
    driver.publish(library)
    library.withdraw("doc-4")
    engine = driver.publish(library)
    assert engine.count() == 580
    for vector in vectors:
        assert engine.dense(vector, 10).tolist() == library.nearest(vector, 10)
        assert engine.dense(vector, 5, ["doc-4"]).tolist() == []
    if driver.has_words:
        assert engine.words(["w0"], 20, ["doc-4"]).tolist() == []


def test_a_new_version_of_a_document_is_found_in_the_place_of_the_old(driver, library):
    driver.publish(library)
    library.put("doc-4", [["changed"], ["changed", "again"]], [unit(0), unit(1)])
    engine = driver.publish(library)
    assert engine.count() == 582
    assert engine.dense(unit(0), 5, ["doc-4"]).tolist() == library.nearest(unit(0), 5, ["doc-4"])
    if driver.has_words:
        assert engine.words(["again"], 5).tolist() == [library.rows_of(["doc-4"])[1]]


def test_what_was_added_is_found_beside_the_rest(driver, library, vectors):
    driver.publish(library)
    library.put("new", [["fresh", "w1"]], [vectors[0]])
    engine = driver.publish(library)
    assert engine.count() == 601
    assert engine.dense(vectors[0], 10).tolist() == library.nearest(vectors[0], 10)
    if driver.has_words:
        assert engine.words(["fresh"], 5).tolist() == [600]


def test_publishing_the_same_again_changes_nothing(driver, library, vectors):
    driver.publish(library)
    engine = driver.publish(library)
    assert engine.count() == 600
    assert engine.dense(vectors[0], 10).tolist() == library.nearest(vectors[0], 10)


def test_what_is_opened_again_finds_the_same(driver, library, vectors):
    engine = driver.publish(library)
    found = [engine.dense(vector, 10).tolist() for vector in vectors]
    engine.close()
    again = driver.open(library)
    assert [again.dense(vector, 10).tolist() for vector in vectors] == found
    assert again.count() == 600
