"""Each file that is made to harm costs one line that says what to do, in a child or here."""

import multiprocessing
import re
import time
from pathlib import PurePath

import pytest

from ingest.errors import IngestError
from ingest.pipeline import ingest_bytes
from tests.ingest.drafting.hostile import BAD, READ

pytestmark = pytest.mark.slow
MAX_SECONDS = 600
"""For one file: as long as a child may take; each takes two on a machine with nothing else to do."""


@pytest.fixture(autouse=True)
def _is_quick_and_leaves_no_process():
    began = time.monotonic()
    yield
    assert time.monotonic() - began < MAX_SECONDS
    assert multiprocessing.active_children() == []


def ingested(name, made):
    return ingest_bytes("doc", PurePath(name).suffix, made(), name)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_that_says_what_to_do(name):
    made, said = BAD[name]
    with pytest.raises(IngestError) as error:
        ingested(name, made)
    message = str(error.value)
    assert re.fullmatch(rf"{re.escape(name)}: [^\n]+; [^\n]+", message)
    assert any(one in message for one in said.split("|")), message
    assert message.isprintable()


@pytest.mark.parametrize("name", READ)
def test_a_file_that_is_only_odd_is_read(name):
    assert ingested(name, READ[name]).sentences
