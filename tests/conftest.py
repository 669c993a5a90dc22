"""What tests of several stages need: the real index, made once, and a classifier learnt quickly."""

import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from ingest.drafting.processor import cores
from ui.process import prepare
from ui.settings import CORPUS

prepare()  # before a test imports what reads it

HOME = tempfile.TemporaryDirectory(prefix="quotewell-home-")
"""The data folder of the tests: no key and no digest of theirs is put among the user's own."""
os.environ["QUOTEWELL_HOME"] = HOME.name

settings.register_profile("any_machine", deadline=None)  # how fast an example is is not claimed
settings.load_profile("any_machine")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module", autouse=True)
def small_heap():
    """Let the garbage collector pass over what is loaded by now, torch above all."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def few_steps():
    """Let the intent classifier learn in a tenth of its steps: a toy bank has few questions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bank.intents.STEPS", 60)
        yield


@pytest.fixture(scope="session")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built") / "index"
    # In a process of its own, which computes with every core; here one thread a question is set.
    command = [sys.executable, "-m", "ui", "build", "--index", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    return str(folder)


@pytest.fixture(scope="session")
def real_answerer(index):
    """What answers from the two documents; ``answerer`` is a made-up one wherever there is one."""
    from answer.pipeline import load_answerer

    return load_answerer(CORPUS, Path(index), cores())
