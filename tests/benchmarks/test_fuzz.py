"""Damaged files, indexes and requests are refused or answered rightly; what is wrong is seen."""

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.fuzz.index import _wrong as wrong_index
from benchmarks.fuzz.mutation import damaged
from benchmarks.fuzz.parsers import Parsers, _wrong, at_most
from benchmarks.growth import ToyEncoder, write_corpus
from corpus.sources import read_corpus
from ingest.drafting.reading import read_here

ROOT = Path(__file__).parents[2]
TEXT = b"# A drug\n\nThe drug is given every three weeks. Nobody was harmed by it.\n"


def test_the_same_seed_makes_the_same_damages_and_another_others():
    made = [[damaged(TEXT, [TEXT], random.Random(seed)) for _ in range(5)] for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]
    assert TEXT not in made[0]


def test_a_sentence_that_is_not_in_the_file_is_seen():
    document = read_here("case", ".md", TEXT, "case.md").document
    assert _wrong(document, ".md", TEXT) == ""
    assert "not in the file" in _wrong(document, ".md", TEXT.replace(b"three", b"four"))
    first = replace(document.sentences[0], text="It is given daily.")
    altered = replace(document, sentences=(first, *document.sentences[1:]))
    assert "not its text" in _wrong(altered, ".md", TEXT)


def test_a_parser_that_fails_or_hangs_is_seen(monkeypatch, tmp_path):
    cases = Parsers(1, tmp_path)
    cases._seeds = {".md": [TEXT]}
    monkeypatch.setattr("benchmarks.fuzz.parsers.SECONDS", 0.05)

    def fail(*given):
        raise KeyError("a bug")

    def hang(*given):
        while True:
            pass

    monkeypatch.setattr("benchmarks.fuzz.parsers.read_here", fail)
    assert cases.case().startswith(".md raises KeyError('a bug')")
    monkeypatch.setattr("benchmarks.fuzz.parsers.read_here", hang)
    assert cases.case().startswith(".md hangs for more than")
    cases.end()
    with at_most(5):
        pass


def test_an_index_that_says_something_else_is_seen(tmp_path):
    from answer.build import build
    from bank.pipeline import open_index

    write_corpus(tmp_path / "corpus", 2)
    build(tmp_path / "corpus", tmp_path / "index", encoder=ToyEncoder())
    corpus = read_corpus(tmp_path / "corpus")
    retriever, _ = open_index(tmp_path / "index", corpus, ToyEncoder())
    assert wrong_index(retriever, corpus, random.Random(1)) == ""
    for source in corpus.sources:
        source.path.write_text("Something else.\n", "utf-8")
    assert wrong_index(retriever, corpus, random.Random(1)).startswith("wrong quote of leaflet_")


@pytest.mark.slow
@pytest.mark.parametrize("what", ["parsers", "index", "api"])
def test_two_hundred_cases_find_nothing(what):
    given = ["--what", what, "--cases", "200", "--seed", "20260101"]
    command = [sys.executable, "-m", "benchmarks.fuzz", *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert f"{what}: 200 cases, " in done.stdout
