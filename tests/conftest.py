"""The real index of the two documents and what answers from it, made once for all slow tests."""

import os

import pytest

# Read by libraries as they load, so set before any test imports one: threads that wait do not
# spin, which on a busy machine makes torch ten times slower, and no hub is asked for a model.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def index(tmp_path_factory):
    from ui.terminal.cli import main

    folder = tmp_path_factory.mktemp("built") / "index"
    assert main(["build", "--index", str(folder)]) == 0
    return str(folder)


@pytest.fixture(scope="session")
def real_answerer(index):
    """What answers from the two documents; ``answerer`` is a made-up one wherever there is one."""
    from pathlib import Path

    from answer.pipeline import load_answerer
    from ui.settings import Places

    return load_answerer(Places().corpus, Path(index))
