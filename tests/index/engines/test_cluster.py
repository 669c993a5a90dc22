"""How builds are brought into a cluster, follow one another there, and are found again."""

from dataclasses import replace

import numpy as np
import pytest

import index.engines.cluster as module
from index.engines.cluster import ClusterEngine, Collections
from index.engines.engine import IndexedPassage
from index.engines.milvus import Milvus
from index.engines.places import Places
from index.engines.schema import APPROXIMATE
from index.errors import ClusterError
from index.segments.entries import KEY_BITS
from tests.index.engines.drivers import DIMENSION, ORIGIN, Cluster, make_library, make_vectors

pytestmark = pytest.mark.slow


@pytest.fixture
def library():
    return make_library(documents=6, passages=5)


@pytest.fixture
def here(cluster):
    with Milvus(cluster.address) as milvus:
        yield Collections(milvus, cluster.folder, ORIGIN, words=cluster.has_words)


def collections(cluster):
    with Milvus(cluster.address) as milvus:
        return milvus.collections()


def test_an_index_that_is_not_there_is_refused(cluster, library):
    cluster.publish(library)
    other = make_library(documents=7, passages=5)
    with pytest.raises(ClusterError, match=r"does not hold this index\. Run `quotewell build`\.$"):
        cluster.open(other)


def test_a_collection_that_lost_passages_is_refused_until_the_next_build(cluster, library):
    cluster.publish(library)
    with Milvus(cluster.address) as milvus:
        (name,) = milvus.collections()
        milvus.delete(name, np.array([0, 1]))
    with pytest.raises(ClusterError, match=r"holds 28 of 30 passages of this index\. Run"):
        cluster.open(library)
    assert cluster.publish(library).count() == 30


def test_only_what_changed_is_sent(here, library):
    sent = []

    def passages_of(documents):
        sent.append(set(documents))
        return library.passages(documents)

    before = library.places
    here.put(before, None, passages_of)
    library.withdraw("doc-1")
    library.put("doc-2", [["changed"]], make_vectors(np.random.default_rng(1), 1))
    library.put("new", [["new"]], make_vectors(np.random.default_rng(2), 1))
    here.put(library.places, before, passages_of)
    here.settle(library.places, before)
    here.put(library.places, library.places, passages_of)
    assert sent == [{f"doc-{n}" for n in range(6)}, {"doc-2", "new"}]


def test_readers_go_on_with_one_build_while_the_next_is_put_there(cluster, here, library):
    old = cluster.publish(library)
    held = library.places
    vectors = make_vectors(np.random.default_rng(4), 20)
    wanted = [library.nearest(vector, 5) for vector in vectors]
    library.put("new", [["w1"]] * 3, make_vectors(np.random.default_rng(5), 3))
    here.put(library.places, held, library.passages)
    assert [old.dense(vector, 8).tolist()[:5] for vector in vectors] == wanted
    here.settle(library.places, held)
    assert [old.dense(vector, 8).tolist()[:5] for vector in vectors] == wanted
    assert len(collections(cluster)) == 1


def test_what_a_stopped_build_sent_is_never_found_and_is_gone_after_the_next(
    cluster, here, library
):
    old, held = cluster.publish(library), library.places
    vector = make_vectors(np.random.default_rng(6), 1)
    library.put("stopped", [["w1"], ["w2"]], np.repeat(vector, 2, 0))
    here.put(library.places, held, library.passages)
    library.withdraw("stopped")
    assert (
        old.dense(vector[0], 5).tolist()
        == library.nearest(vector[0], 5)[: len(old.dense(vector[0], 5))]
    )
    assert old.count() == 32
    library.put("next", [["w3"]], make_vectors(np.random.default_rng(8), 1))
    assert cluster.publish(library).count() == 31


def test_a_build_that_fails_half_way_leaves_the_one_in_use_as_it_was(cluster, here, library):
    old, held = cluster.publish(library), library.places
    library.put("new", [["w1"]], make_vectors(np.random.default_rng(5), 1))

    def stopped(documents):
        yield from library.passages(documents)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        here.put(library.places, held, stopped)
    assert old.count() == 30
    with pytest.raises(ClusterError, match="does not hold this index"):
        cluster.open(library)
    assert cluster.publish(library).count() == 31


def test_a_build_that_takes_nothing_over_gets_a_collection_of_its_own(cluster, here, library):
    old, held = cluster.publish(library), library.places
    anew = make_library(seed=1, documents=6, passages=5)
    here.put(anew.places, None, anew.passages)
    here.settle(anew.places, None)
    assert len(collections(cluster)) == 2
    assert old.count() == cluster.open(anew).count() == 30
    assert not set(old.dense(anew.vectors[0], 3).tolist()) - set(range(len(held)))
    library, before = anew, anew.places
    library.put("next", [["w1"]], make_vectors(np.random.default_rng(9), 1))
    here.put(library.places, before, library.passages)
    assert len(collections(cluster)) == 1
    with pytest.raises(ClusterError, match=r"does not search .* then try again\.$"):
        old.dense(anew.vectors[0], 3)


def test_a_library_that_outgrows_its_index_gets_a_collection_with_another(
    cluster, library, monkeypatch
):
    cluster.publish(library)
    monkeypatch.setattr(module, "kind_for", lambda passages: APPROXIMATE)
    library.put("new", [["w1"]], make_vectors(np.random.default_rng(5), 1))
    engine = cluster.publish(library)
    assert [name.split("_")[2] for name in collections(cluster)] == ["flat", "sq8"]
    assert engine.dense(library.vectors[-1], 1).tolist() == [30]


def test_an_approximate_index_finds_what_is_near_and_every_passage_of_a_document(cluster):
    random = np.random.default_rng(0)
    centres = make_vectors(random, 100)
    vectors = np.repeat(centres, 50, 0) + 0.15 * random.normal(size=(5000, DIMENSION))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    random.shuffle(vectors)
    queries = vectors[random.integers(0, 5000, 40)]
    keys = [(n // 20 << KEY_BITS) + n % 20 for n in range(5000)]
    tokens = [["w1"]] * 5000
    passages = [
        IndexedPassage(key, f"d{n // 20}", words, vector)
        for n, (key, words, vector) in enumerate(zip(keys, tokens, vectors, strict=True))
    ]
    with Milvus(cluster.address) as milvus:
        milvus.create("approximate", DIMENSION, APPROXIMATE, words=cluster.has_words)
        milvus.upsert("approximate", passages, words=cluster.has_words)
        milvus.load("approximate")
        assert milvus.count("approximate") == 5000
        wanted = [set(np.argsort(-(vectors @ query))[:10].tolist()) for query in queries]
        found = [milvus.dense("approximate", query, 10, None).tolist() for query in queries]
        same = [len({keys[n] for n in w} & set(f)) for w, f in zip(wanted, found, strict=True)]
        assert np.mean(same) >= 9.5
        assert sorted(milvus.dense("approximate", queries[0], 30, ["d3"]).tolist()) == keys[60:80]


def test_a_database_of_another_library_is_left_alone(cluster, library, tmp_path):
    cluster.publish(library)
    with (
        Milvus(cluster.address) as milvus,
        pytest.raises(ClusterError, match=r"holds another library .* drop that collection\.$"),
    ):
        Collections(milvus, tmp_path / "other", ORIGIN)
    assert cluster.open(library).count() == 30


def test_another_library_has_a_database_of_its_own(cluster, library, tmp_path):
    if cluster.address.uri.endswith(".db"):
        pytest.skip("a file of milvus-lite is one database")
    import pymilvus

    client = pymilvus.MilvusClient(uri=cluster.address.uri)
    client.create_database("heart")
    client.close()
    other = make_library(seed=1, documents=3, passages=5)
    heart = replace(cluster.address, database="heart")
    engine = Cluster(heart, tmp_path / "other", has_words=cluster.has_words).publish(other)
    assert cluster.publish(library).count() == 30
    assert engine.count() == 15


def test_a_cluster_that_is_gone_is_an_error_and_not_an_empty_answer(cluster, library):
    engine = cluster.publish(library)
    engine.close()
    with pytest.raises(ClusterError, match=r"does not search .* then try again\.$") as told:
        engine.dense(library.vectors[0], 5)
    assert "\n" not in str(told.value)


def test_what_was_asked_is_in_no_message(cluster, library, caplog):
    engine = ClusterEngine(Milvus(cluster.address), "nowhere", Places(()))
    for search in (
        lambda: engine.words(["secretword"], 5, ["secretdocument"]),
        lambda: engine.dense(np.full(DIMENSION, 0.12345, np.float32), 5, ["secretdocument"]),
    ):
        with pytest.raises(ClusterError) as told:
            search()
        assert told.value.__cause__ is None
        assert "secret" not in f"{told.value}{caplog.text}"
        assert "0.1234" not in f"{told.value}{caplog.text}"
