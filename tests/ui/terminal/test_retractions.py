"""The command says what a list of retractions changed, and what it found of the references."""

import json

import pytest

from library.log import HISTORY
from tests.corpus.conftest import make_item
from tests.library.test_retractions import event, listed
from ui.terminal import cli

__all__ = ["listed"]


@pytest.fixture
def places(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "one.md").write_text("# One\n\nWords.\n")
    (folder / "sources.json").write_text(json.dumps([make_item(DOI="10.1000/one")]))
    return ["--corpus", str(folder), "--index", str(tmp_path / "index")]


def test_it_says_what_changed_and_the_second_time_that_nothing_did(places, listed, capsys):
    path = str(listed(event()))
    assert cli.main(["check-retractions", path, *places]) == 0
    assert capsys.readouterr().out == (
        "Looked for 1 document among 1 entry.\n"
        "one: Retracted on 4 May 2024: do not rely on it. https://doi.org/10.1000/r\n"
        "References were not looked at: there is no index of these documents yet.\n"
        "Written to sources.json; a server that is running shows it within seconds.\n"
    )
    assert cli.main(["check-retractions", path, *places]) == 0
    assert capsys.readouterr().out.endswith("Nothing new about the documents themselves.\n")


def test_the_change_is_noted_in_the_history(places, listed, tmp_path):
    cli.main(["check-retractions", str(listed(event())), *places])
    (line,) = (tmp_path / "corpus" / HISTORY / "versions.jsonl").read_text().splitlines()
    assert '"retracted"' in line


def test_the_library_of_the_program_is_not_changed(listed, capsys):
    assert cli.main(["check-retractions", str(listed(event()))]) == 1
    assert "stay as they are" in capsys.readouterr().err


def test_another_file_is_one_line(places, tmp_path, capsys):
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    assert cli.main(["check-retractions", str(other), *places]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "has no column RetractionDate" in told
