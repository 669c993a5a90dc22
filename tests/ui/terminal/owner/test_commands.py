"""``quotewell add``, ``replace`` and ``withdraw`` as a librarian types them."""

import json
from types import SimpleNamespace

import pytest

from tests.library.conftest import NOTES
from ui.settings import CORPUS
from ui.terminal import cli, commands


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Type a command; the index is not really built. Return exit code, output, messages."""
    (tmp_path / "notes.md").write_text(NOTES, "utf-8")
    report = SimpleNamespace(record=lambda: {"documents": 1})
    monkeypatch.setattr(commands, "build", lambda places: iter(["Built.\n"]))
    monkeypatch.setattr(commands, "built", lambda places: report)
    monkeypatch.chdir(tmp_path)

    def type_in(command, *words):
        code = cli.main([command, "--corpus", "library", "--index", "index", *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return type_in


def test_add_shows_what_was_found_and_where(run):
    code, out, err = run("add", "notes.md")
    assert (code, err) == (0, "")
    assert out == (
        "Added notes: A trial of rest in gout of …\n"
        "    title        A trial of rest in gout of the toe (first heading)\n"
        "    not given    authors, published, journal, written for, kind, rights\n"
        "    text         2 sentences\n"
        "\n"
        "Added 1 document.\n"
        "Built.\n"
    )
    assert run("add", "notes.md")[1] == (
        "notes.md is notes already: nothing done.\nAdded 0 documents, 1 known already.\n"
    )


def test_a_file_that_cannot_be_added_is_one_line_and_exit_code_1(run):
    code, out, err = run("add", "none.pdf", "notes.md", "--no-build")
    assert code == 1
    assert "Added notes" in out
    assert out.splitlines()[-1].startswith("Not built. Before the next question: ")
    assert err.splitlines() == [
        "quotewell: none.pdf: cannot be opened (No such file or directory); name a file",
        "quotewell: 1 file not added: see above why, and what to do",
    ]


def test_json_is_one_object(run):
    code, out, _ = run("add", "notes.md", "none.pdf", "--json")
    record = json.loads(out)
    assert code == 1
    (added,) = record["added"]
    assert (added["id"], added["sentences"], added["origins"]) == (
        "notes",
        2,
        {"title": "first heading"},
    )
    assert len(record["version"]) == 12
    assert record["refused"][0]["path"] == "none.pdf"
    assert record["build"] == {"documents": 1}


def test_replace_and_withdraw(run, tmp_path):
    run("add", "notes.md")
    (tmp_path / "notes.md").write_text(NOTES + "\nMore was found.\n", "utf-8")
    code, out, _ = run("replace", "notes", "notes.md")
    assert code == 0
    assert out.startswith("Replaced notes: ")
    assert out.endswith("Built.\n")
    code, out, _ = run("withdraw", "notes")
    assert code == 0
    assert out.startswith("Withdrew notes.\nThe library is empty now. Add to it: ")
    code, _, err = run("withdraw", "notes")
    assert code == 1
    assert "there is no document 'notes'; `quotewell list" in err


def test_the_supplied_documents_stay_as_they_are(run, tmp_path):
    for words in (["add", "notes.md"], ["replace", "case_report", "notes.md"], ["withdraw", "x"]):
        code, out, err = run(words[0], "--corpus", str(CORPUS), *words[1:])
        assert (code, out) == (1, "")
        assert "--corpus DIR" in err
