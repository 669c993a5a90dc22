"""A disk without room: one line says so, the old index stays, and nothing half is left behind."""

import subprocess
import sys

import pytest

from index.errors import UnwritableIndexError
from index.store import new_build, writing
from tests.indexes import build_index, load_retriever

ROOT = __file__.rpartition("/tests/")[0]
# No file may grow past LIMIT bytes, as if the disk were full: every writer meets it in its own way.
BUILD = """
import resource, sys, types
tests = types.ModuleType("tests")
tests.__path__ = ["tests"]
sys.modules["tests"] = tests
from pathlib import Path
from index.errors import PassageIndexError
from ingest.passages import pack_passages
from ingest.pipeline import ingest_bytes
from tests.indexes import build_index
from tests.toys import ToyEncoder
text = b"# A Drug\\n\\n" + b"The drug is given every three weeks to those who need it. " * 40
document = ingest_bytes("drug", ".md", text, name="drug.md")
encoder = ToyEncoder()
passages = pack_passages(document, encoder.count_tokens)
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    build_index([document], passages, encoder, Path(sys.argv[1]), "c2")
except (PassageIndexError, OSError) as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
@pytest.mark.parametrize("limit", [0, 100, 400, 1000, 2000, 4000])
def test_whatever_cannot_be_written_is_told_and_the_old_index_stays(folder, encoder, limit):
    command = [sys.executable, "-c", BUILD, str(folder), str(limit)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    assert done.stdout.startswith(("UnwritableIndexError", "OSError"))
    assert len(list((folder / "builds").iterdir())) == 1
    assert load_retriever(folder, encoder, "c1").passages


@pytest.mark.parametrize("error", [ValueError("a\nb"), RuntimeError("a b"), OSError(28, "a b")])
def test_what_a_library_says_is_told_in_one_line_with_the_room_that_is_left(tmp_path, error):
    told_so = pytest.raises(UnwritableIndexError, match=r"a b; \d+ MiB are free\)\. Make room")
    with told_so as told, writing(tmp_path / "file"):
        raise error
    assert "\n" not in str(told.value)


def test_a_build_that_cannot_be_written_is_removed(folder, corpus, encoder):
    with pytest.raises(UnwritableIndexError), new_build(folder) as build, writing(build / "file"):
        raise OSError(28, "No space left on device")
    assert len(list((folder / "builds").iterdir())) == 1
    build_index(*corpus, encoder, folder, "c2")
