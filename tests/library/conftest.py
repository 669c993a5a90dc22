"""Libraries and files made in a moment; the corpora are those of the tests of ``corpus``."""

import json

import pytest

from library.adding import add
from library.candidates import look_through
from library.outcomes import Refused
from tests.corpus.conftest import corpus, item, make_item

__all__ = ["corpus", "item", "make_item"]

NOTES = """# A trial of rest in gout of the toe

Rest helped most of the people who had gout of the toe for a week. Nobody was harmed by resting.
"""


@pytest.fixture
def write(tmp_path):
    """Write a file into a folder of its own; return its path."""

    def file(name, data=NOTES):
        path = tmp_path / "given" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return file


@pytest.fixture
def library(tmp_path):
    """A folder in which nothing is yet."""
    return tmp_path / "library"


@pytest.fixture
def added(library):
    """Add files to the library; return what became of each."""

    def run(*paths, asking=None, **how):
        return list(add(library, look_through(paths, **how), asking))

    return run


@pytest.fixture
def items(library):
    """Return the items of the library, by id."""

    def read():
        found = json.loads((library / "sources.json").read_text("utf-8"))
        return {one["id"]: one for one in found}

    return read


def reasons(outcomes):
    return [one.reason for one in outcomes if isinstance(one, Refused)]
