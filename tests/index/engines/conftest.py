"""The engines that can be run here: always FAISS and tantivy, and whichever Milvus is installed.

``make engines`` runs these tests in an environment for each Milvus, without the other conftests.
"""

import importlib.util
from importlib.metadata import version

import numpy as np
import pytest

from index.engines.address import Address
from index.engines.milvus import Milvus
from tests.index.engines.drivers import Cluster, Collection, Local, make_library, make_vectors
from tests.index.engines.server import running

SERVER = importlib.util.find_spec("milvus") is not None
LITE = importlib.util.find_spec("milvus_lite") is not None
INSTALLED = SERVER or LITE


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Of the Milvus that is installed: a server, which is started and stopped, or a file."""
    pytest.importorskip("pymilvus", reason="needs pymilvus")
    if not INSTALLED:
        pytest.skip("needs milvus-lite, or the server of the package milvus")
    folder = tmp_path_factory.getbasetemp() / "milvus"
    folder.mkdir()
    if SERVER:
        with running(folder) as uri:
            yield Address(uri)
    else:
        yield Address(str(folder / "lite.db"))


@pytest.fixture
def milvus(address, tmp_path):
    """A Milvus where nothing is yet."""
    lite = Address(str(tmp_path / "lite.db"))
    if SERVER:
        driver = Cluster(address, tmp_path, has_words=False)
    elif version("milvus-lite").startswith("2"):
        driver = Collection(lite, tmp_path)
    else:
        driver = Cluster(lite, tmp_path, has_words=True)
    yield driver
    for opened in driver.opened:
        opened.close()
    if SERVER:
        empty(address)


def empty(address):
    with Milvus(address) as milvus:
        for name in milvus.collections():
            for alias in milvus.aliases(name):
                milvus.unname(alias)
            milvus.drop(name)


@pytest.fixture(params=["local", pytest.param("milvus", marks=pytest.mark.slow)])
def driver(request, tmp_path):
    return Local(tmp_path) if request.param == "local" else request.getfixturevalue("milvus")


@pytest.fixture
def cluster(milvus):
    """A Milvus that can give a collection another name."""
    if not isinstance(milvus, Cluster):
        pytest.skip("milvus-lite has no aliases before its version 3")
    return milvus


@pytest.fixture
def wordy(driver):
    """An engine that ranks by words."""
    if not driver.has_words:
        pytest.skip("this server ranks by meaning alone")
    return driver


@pytest.fixture
def library():
    return make_library()


@pytest.fixture
def vectors():
    """Fifty to search for."""
    return make_vectors(np.random.default_rng(7), 50)
