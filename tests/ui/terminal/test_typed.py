"""A command that a message names is one that its reader can type."""

import sys

import pytest

from ui.settings import ROOT
from ui.terminal.typed import as_typed, typed


@pytest.fixture
def called(monkeypatch):
    def called(program, path="/usr/bin"):
        monkeypatch.setattr(sys, "argv", [str(program), "ask"])
        monkeypatch.setenv("PATH", str(path))
        return typed("build")

    return called


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "bin" / "quotewell"
    path.parent.mkdir()
    path.touch(0o755)
    return path


def test_a_program_on_the_path_is_named(called, program):
    assert called(program, program.parent) == "quotewell build"


def test_a_program_that_is_not_on_the_path_is_named_as_it_was_called(called, program, monkeypatch):
    assert called(program) == f"{program} build"
    monkeypatch.chdir(program.parents[1])
    assert called("bin/quotewell") == "bin/quotewell build"


def test_another_program_of_that_name_on_the_path_is_not_taken_for_it(called, program, tmp_path):
    other = tmp_path / "other" / "quotewell"
    other.parent.mkdir()
    other.touch(0o755)
    assert called(program, other.parent) == f"{program} build"


def test_a_module_is_named_with_its_python(called):
    assert called(ROOT / "ui" / "__main__.py") == f"{sys.executable} -m ui build"
    assert called("/pytest/__main__.py") == "quotewell build"


def test_what_was_named_is_named_again():
    places = ["--corpus", "my texts", "--index", "i"]
    assert typed("build", places) == "quotewell build --corpus 'my texts' --index i"


def test_every_command_in_a_message_is_made_typable():
    message = "Run `quotewell build`, `quotewell list --pin`, `quotewell bank check`; see quotewell"
    assert as_typed(message, ["--corpus", "c"]) == (
        "Run `quotewell build --corpus c`, `quotewell list --pin --corpus c`, "
        "`quotewell bank check --corpus c`; see quotewell"
    )
