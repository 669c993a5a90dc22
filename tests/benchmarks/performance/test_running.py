"""A benchmark runs in a process of its own; if it fails, that is all that happens."""

from pathlib import Path

import pytest

import benchmarks
from benchmarks.performance.parts import Part
from benchmarks.performance.running import SECONDS, outcome_of, without_places

FIGURES = """
import json, sys
words, path = sys.argv[1:-2], sys.argv[-1]
json.dump({"words": float(len(words)), "found": 1.5}, open(path, "w"))
"""
FAILS = 'import sys; sys.exit("/some/where/of/mine/index: is not there; build it")'
NO_FIGURES = "pass"


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Return a benchmark that is a script in a package of that name."""
    package = tmp_path / "benchmarks"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def make(script, *words):
        (package / "made.py").write_text(script, "utf-8")
        return Part("made", "made", words)

    return make


def test_the_figures_of_a_benchmark_are_kept_and_not_measured_again(made, tmp_path):
    part = made(FIGURES, "DIR", "--small")
    found = outcome_of(part, {"DIR": tmp_path}, tmp_path)
    assert (found.figures["words"], found.figures["found"], found.fault) == (2.0, 1.5, "")
    assert found.figures[SECONDS] > 0
    made(FAILS)
    assert outcome_of(part, {}, tmp_path) == found


def test_a_failure_is_told_without_the_folders_of_the_machine_and_not_kept(made, tmp_path, capsys):
    found = outcome_of(made(FAILS), {}, tmp_path)
    assert found.figures == {}
    assert found.fault == "exit code 1: …/index: is not there; build it"
    assert "/some/where/of/mine/index" in capsys.readouterr().err
    assert outcome_of(made(FIGURES), {}, tmp_path).fault == ""


def test_a_benchmark_that_misses_its_own_limit_has_figures_and_is_not_kept(made, tmp_path):
    part = made(FIGURES + "sys.exit(1)")
    found = outcome_of(part, {}, tmp_path)
    assert (found.figures["found"], found.fault) == (1.5, "exit code 1")
    assert not (tmp_path / "made.json").exists()


def test_a_benchmark_that_writes_no_figures_failed(made, tmp_path):
    assert outcome_of(made(NO_FIGURES), {}, tmp_path).fault == "wrote no figures"


def test_figures_of_an_earlier_run_are_not_taken_for_those_of_one_that_failed(made, tmp_path):
    outcome_of(made(FIGURES + "sys.exit(1)"), {}, tmp_path)
    assert outcome_of(made(FAILS), {}, tmp_path).figures == {}


def test_a_line_keeps_names_but_no_folders():
    assert without_places("/a/b-c/d.txt: gone (see /e/f)") == "…/d.txt: gone (see …/f)"


def test_every_module_of_the_report_is_there():
    from benchmarks.performance.parts import Given, parts

    folder = Path(benchmarks.__file__).parent
    for part in parts(Given(documents=(1,))):
        at = folder.joinpath(*part.module.split("."))
        assert at.with_suffix(".py").is_file() or (at / "__main__.py").is_file(), part.module
