"""Where things are: what comes with the program is only read, what a person keeps is elsewhere."""

from dataclasses import asdict, replace
from pathlib import Path

import platformdirs
import pytest

from corpus.own.home import home
from ui.errors import CommandError
from ui.settings import CORPUS, PUBLISHED, QUESTIONS, ROOT, Limits, Places, feedback_file

AWAY = {"QUOTEWELL_HOME": "/away"}


def test_what_comes_with_the_program_is_there():
    assert (CORPUS / "sources.json").is_file()
    assert QUESTIONS.is_file()
    assert PUBLISHED.is_file()


def test_what_a_person_keeps_is_in_their_own_data_folder():
    own = platformdirs.user_data_path("quotewell", appauthor=False)
    assert home({}) == own
    assert Places.of(environment={}).index.parent == own / "indexes"
    assert feedback_file({}) == own / "feedback.jsonl"
    assert not own.is_relative_to(ROOT)


def test_one_variable_moves_all_of_it():
    assert home(AWAY) == Path("/away")
    assert Places.of(environment=AWAY).index.parent == Path("/away/indexes")
    assert feedback_file(AWAY) == Path("/away/feedback.jsonl")


def test_each_corpus_has_an_index_of_its_own(tmp_path):
    corpora = [None, tmp_path / "knee", tmp_path / "sub" / "knee", Path("/")]
    indexes = [Places.of(corpus, environment=AWAY).index for corpus in corpora]
    assert len(set(indexes)) == 4
    assert [index.name.rpartition("-")[0] for index in indexes] == ["corpus", "knee", "knee", ""]


def test_a_corpus_has_one_index_however_it_is_named(tmp_path, monkeypatch):
    (tmp_path / "knee").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "knee")
    monkeypatch.chdir(tmp_path)
    named = [Path("knee"), Path("knee/../knee"), tmp_path / "knee", tmp_path / "link"]
    assert len({Places.of(corpus, environment=AWAY).index for corpus in named}) == 1


@pytest.mark.parametrize("name", ["Knie und Fuß", "a" * 200, "é" * 120, "one\ntwo"])
def test_any_folders_name_makes_a_name_for_its_index(tmp_path, name):
    index = Places.of(tmp_path / name, environment={"QUOTEWELL_HOME": str(tmp_path)}).index
    index.mkdir(parents=True)
    assert index.name.isprintable()
    assert " " not in index.name


def test_what_is_named_in_a_command_goes_before_the_environment_and_that_before_the_default():
    environment = {"QUOTEWELL_CORPUS": "C", "QUOTEWELL_INDEX": "I"}
    assert Places.of(environment=environment) == Places(Path("C"), Path("I"))
    named = Places(Path("c"), Path("i"))
    assert Places.of(named.corpus, named.index, environment) == named
    assert Places.of(environment={}).corpus == CORPUS


def test_whoever_runs_the_page_says_where_feedback_is_kept_or_that_it_is_not(tmp_path):
    assert feedback_file({**AWAY, "QUOTEWELL_FEEDBACK": str(tmp_path / "f")}) == tmp_path / "f"
    assert feedback_file({**AWAY, "QUOTEWELL_FEEDBACK": "off"}) is None


def test_a_limit_is_what_its_variable_says_or_its_default():
    environment = {"QUOTEWELL_WAITING": "7", "QUOTEWELL_PER_MINUTE": ""}
    assert Limits.of(environment) == Limits(waiting=7)
    assert Limits.of({}) == Limits()


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "many", "٣", " 3", "9" * 10])
def test_a_limit_that_is_no_number_is_refused_by_its_name(text):
    with pytest.raises(CommandError, match=r"QUOTEWELL_CONNECTIONS is .*: correct or unset it$"):
        Limits.of({"QUOTEWELL_CONNECTIONS": text})


def test_every_limit_has_its_variable_and_its_line_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    for name, default in asdict(Limits()).items():
        variable = f"QUOTEWELL_{name.upper()}"
        assert Limits.of({variable: "77"}) == replace(Limits(), **{name: 77})
        assert f"| `{variable}` | {default} |" in readme
