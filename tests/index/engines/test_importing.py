"""What is written for Milvus to import, read back; and imported by the real server, if there is one."""

import time

import numpy as np
import pytest

from index.engines import importing
from index.engines.cluster import Collections
from index.engines.importing import write_files
from index.engines.milvus import Milvus
from index.engines.records import keys_of, record_of
from index.errors import ClusterError, ForeignFolderError, UnwritableIndexError
from tests.index.engines.conftest import SERVER
from tests.index.engines.drivers import DIMENSION, ORIGIN, make_library

parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture
def library():
    return make_library(documents=6, passages=5)


def read(files):
    return [row for path in files for row in parquet.read_table(path).to_pylist()]


def test_every_passage_is_written_once_as_it_would_be_sent(library, tmp_path):
    count, files = write_files(library.passages(), tmp_path / "out")
    rows = read(files)
    assert count == len(rows) == 30
    for row, passage in zip(rows, library.passages(), strict=True):
        sent = record_of(passage)
        assert np.array_equal(np.array(row.pop("vector"), np.float32), sent.pop("vector"))
        assert row == sent


def test_files_are_filled_one_after_another(library, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "GROUP_PASSAGES", 4)
    monkeypatch.setattr(importing, "FILE_PASSAGES", 12)
    count, files = write_files(library.passages(), tmp_path)
    assert [len(read([path])) for path in files] == [12, 12, 6]
    assert [path.name for path in files] == [f"passages-00000{n}.parquet" for n in (1, 2, 3)]
    assert keys_of(read(files)).tolist() == [passage.key for passage in library.passages()]
    assert count == 30


def test_nothing_gives_no_files(tmp_path):
    assert write_files([], tmp_path) == (0, [])


def test_a_folder_that_holds_something_is_left_alone(library, tmp_path):
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(ForeignFolderError, match=r"Name a new one\.$"):
        write_files(library.passages(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_folder_that_cannot_be_made_is_told(library, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableIndexError, match="cannot be written"):
        write_files(library.passages(), tmp_path / "file" / "out")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*ORM-style")  # the only way to import into a server of 2.3
def test_what_was_imported_is_found_and_the_next_build_goes_on_with_it(
    cluster, library, tmp_path, tmp_path_factory
):
    before, sent = library.places, []
    with Milvus(cluster.address) as milvus:
        here = Collections(milvus, cluster.folder, ORIGIN, words=cluster.has_words)
        name = here.prepared(before)
        _, files = write_files(library.passages(), tmp_path / "out", words=cluster.has_words)
        with pytest.raises(ClusterError, match=r"holds 0 of 30 passages\. Wait until .* build`\.$"):
            here.put(library.places, before, library.passages)
        if SERVER:
            import_files(cluster.address, name, files, tmp_path_factory.getbasetemp() / "milvus")
        else:  # milvus-lite imports no files
            milvus.upsert(name, library.passages())
        library.put("new", [["new"]], np.eye(1, DIMENSION, dtype=np.float32))
        here.put(
            library.places, before, lambda ids: (sent.append(set(ids)), library.passages(ids))[1]
        )
    assert sent == [{"new"}]
    engine = cluster.open(library)
    assert engine.count() == 31
    for vector in library.vectors:
        assert engine.dense(vector, 5).tolist() == library.nearest(vector, 5)


def import_files(address, name, files, folder):
    from pymilvus import BulkInsertState, connections, utility

    from tests.index.engines.server import stored

    connections.connect("import", uri=address.uri, db_name=address.database)
    for path in files:
        task = utility.do_bulk_insert(name, [stored(path, folder)], using="import")
        while (state := utility.get_bulk_insert_state(task, using="import")).state != (
            BulkInsertState.ImportCompleted
        ):
            assert state.state not in (
                BulkInsertState.ImportFailed,
                BulkInsertState.ImportFailedAndCleaned,
            ), state
            time.sleep(0.5)
    connections.disconnect("import")
