"""The real index of the two documents, built once for all tests that need it."""

import pytest

from ui.terminal.cli import main


@pytest.fixture(scope="session")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built") / "index"
    assert main(["build", "--index", str(folder)]) == 0
    return str(folder)
