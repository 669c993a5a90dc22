"""Builds that a cluster holds, from the files to the hits; a toy encoder, and milvus-lite."""

import sys

import pytest
from pyarrow import parquet

from answer import build as building
from answer.opening import open_index
from corpus.sources import read_corpus
from index.engines.address import Address
from index.engines.builds import write_imports
from index.engines.milvus import Milvus
from index.errors import ClusterError
from tests.answer.test_rebuilding import Library
from tests.toys import ToyEncoder

NOBODY = Address("http://127.0.0.1:1")


@pytest.fixture
def library(tmp_path):
    made = Library(tmp_path)
    made.put(*range(8))
    return made


@pytest.fixture
def lite(tmp_path):
    pytest.importorskip("milvus_lite")
    return Address(str(tmp_path / "lite.db"))


def opened(library, cluster=None):
    return open_index(library.index, read_corpus(library.folder), ToyEncoder(), cluster)[0]


def found(retriever, query, documents=None):
    return [hit.passage.span for hit in retriever.search(query, 5, documents)]


@pytest.mark.slow
def test_a_cluster_finds_what_this_machine_finds(library, lite):
    library.build(cluster=lite)
    here, there = opened(library), opened(library, lite)
    (vector,) = ToyEncoder().encode(["fever and pain"])
    for documents in (None, ["d1", "d2"]):
        (dense, words, *_), (near, worded, *_) = (
            one.rankings("fever and pain", vector, 10, documents) for one in (here, there)
        )
        cosines = here.cosines(vector, range(16))  # those of some passages are equal
        wanted = [cosines[row] for row in dense]
        assert [cosines[row] for row in near] == pytest.approx(wanted, abs=1e-6)
        assert set(worded) == set(words)
    assert there.cosines(vector, [0, 3]) == here.cosines(vector, [0, 3])


@pytest.mark.slow
def test_what_was_withdrawn_or_changed_is_so_in_the_cluster(library, lite):
    library.build(cluster=lite)
    before = opened(library, lite)
    library.withdraw(3)
    library.put(4, more="\n\nA zebra came.\n")
    library.build(cluster=lite)
    after = opened(library, lite)
    assert {hit.passage.doc_id for hit in after.search("zebra", 1)} == {"d4"}
    assert "d3" not in {hit.passage.doc_id for hit in after.search("About 3", 50)}
    assert "d3" not in {hit.passage.doc_id for hit in before.search("About 3", 3, ["d1"])}


@pytest.mark.slow
def test_a_cluster_that_was_never_filled_is_refused_and_filled_by_the_next_build(library, lite):
    library.build()
    with pytest.raises(ClusterError, match=r"does not hold this index\. Run `quotewell build`\.$"):
        opened(library, lite)
    library.build(cluster=lite)
    assert found(opened(library, lite), "fever") != []


@pytest.mark.slow
def test_nothing_is_published_that_the_cluster_does_not_hold(library):
    pytest.importorskip("pymilvus")
    library.build()
    current = library.current
    library.put(9)
    with pytest.raises(ClusterError, match=r"cannot be reached .* then try again\.$"):
        library.build(cluster=NOBODY)
    assert library.current == current
    library.withdraw(9)
    assert found(opened(library), "fever") != []


def test_without_the_setting_nothing_of_a_cluster_is_loaded(library, monkeypatch):
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    building.build(library.folder, library.index, encoder=ToyEncoder(), cluster=Address.of({}))
    assert found(opened(library), "fever") != []


@pytest.mark.slow
def test_the_passages_of_an_index_are_written_for_a_cluster_to_import(library, lite, tmp_path):
    report = library.build()
    name, count, files = write_imports(library.index, lite, tmp_path / "out")
    keys = [row["id"] for path in files for row in parquet.read_table(path).to_pylist()]
    assert count == len(set(keys)) == sum(document.passages for document in report.documents)
    with Milvus(lite) as milvus:
        assert milvus.collections() == [name]
        assert milvus.count(name) == 0
