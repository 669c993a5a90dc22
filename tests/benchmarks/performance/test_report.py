"""The report says what was measured, what was missed, what failed and what was left out."""

import re
from datetime import date

import pytest

from benchmarks.performance.__main__ import PAGE, PICTURES, publish, sections
from benchmarks.performance.limits import MEMORY, passes, vectors
from benchmarks.performance.page import machine
from benchmarks.performance.parts import ARTICLES, MEDQUAD, PEERS, Given, parts
from benchmarks.performance.rows import Limit, Row, Section, at_least, at_most, chart_of
from benchmarks.performance.running import Outcome

GIVEN = Given({}, (1000,), (100_000, 1_000_000), 300, 10_000)
BY_NAME = {part.name: part for part in parts(GIVEN)}
DAY = date(2026, 11, 22)
MACHINE = {"int8.gflop_s": 200.0, "float32.gflop_s": 80.0, "cores": 2.0, "memory.gb_s": 10.0}


def measured(**figures):
    """Return outcomes of all benchmarks, some with figures."""
    named = {part: Outcome() for part in BY_NAME.values()}
    for name, found in figures.items():
        named[BY_NAME[name]] = Outcome(found, day=DAY)
    return named


def report(tmp_path, outcomes):
    publish(sections(GIVEN), outcomes, tmp_path, "Measured here.")
    return (tmp_path / PAGE).read_text("utf-8")


def line(text, beginning):
    return next(one for one in text.splitlines() if one.startswith(f"| {beginning}"))


def test_a_figure_stands_beside_what_is_wanted_and_what_was_measured_in_the_same_run(tmp_path):
    text = report(tmp_path, measured(cold={"ask.wall_s": 2.0, "torch.wall_s": 8.0}))
    row = line(text, "`ask` ")
    assert "2 s" in row
    assert "≤ 1.5, **missed**" in row
    assert "sentence-transformers 8 (× 0.25)" in row
    assert "**missed**" in line(text, "A question from a shell: `ask` ")


def test_a_figure_stands_beside_its_limit_and_the_reason(tmp_path):
    warm = {"whole answer.p50_ms": 60.0, "reader.gflop": 8.0, "encoder.gflop": 0.4}
    text = report(tmp_path, measured(warm=warm, machine=MACHINE))
    row = line(text, "p50 ")
    assert "50 (× 1.20)" in row
    why = "8 billion operations at 200 billion a second (8-bit integers, all cores)"
    assert f"- p50: the reader's {why}; one pass" in text


def test_limits_are_computed_from_what_was_measured():
    figures = {f"machine/{name}": value for name, value in MACHINE.items()}
    figures |= {"warm/reader.gflop": 20.0, "warm/encoder.gflop": 0.4}
    assert passes(figures).value == pytest.approx(1000 * (20 / 200 + 0.4 / 40))
    figures |= {"scale/100000.compared_mb": 153.6, MEMORY: 10.0}
    assert vectors(100_000)(figures).value == pytest.approx(15.36)


def test_what_was_not_measured_is_neither_kept_nor_missed(tmp_path):
    text = report(tmp_path, measured(cold={"ask.wall_s": 1.0}))
    assert line(text, "A question from a shell: `ask` ").endswith("kept |")
    assert re.search(r"— \|$", line(text, "One warm question: p50"))
    assert "## One warm question" not in text


def test_a_benchmark_that_fails_is_told_and_the_others_stand(tmp_path):
    outcomes = measured(cold={"ask.wall_s": 1.0})
    outcomes[BY_NAME["load"]] = Outcome({"50.wrong": 2.0}, "exit code 1: `wrong` answers", DAY)
    text = report(tmp_path, outcomes)
    assert "- **load failed**: `exit code 1: wrong answers`" in text
    assert "**missed**" in line(text, "50 clients: wrong answers")
    assert "1 s" in line(text, "`ask` ")


def test_what_is_left_out_is_told_with_what_it_needs(tmp_path):
    text = report(tmp_path, {part: Outcome() for part in parts(Given())})
    assert "opening (`--articles` not given)" in text
    assert "scale (`--medquad`, `--passages` not given)" in text
    assert "kills (`--kills` not given)" in text


def test_with_everything_given_nothing_is_left_out(tmp_path):
    places = dict.fromkeys((ARTICLES, MEDQUAD, PEERS), tmp_path)
    given = Given(places, (1000, 10_000), (100_000,), 300, 10_000)
    assert [part.name for part in parts(given) if part.needs] == []


def test_every_picture_of_the_page_is_there_and_has_words(tmp_path):
    old = tmp_path / PICTURES / "old.svg"
    old.parent.mkdir()
    old.touch()
    cold = {"step.imports.s": 0.4, "step.opening.s": 0.2}
    text = report(tmp_path, measured(cold=cold, growth={"all.ratio": 9.0}))
    pictures = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", text)
    assert [address for _, address in pictures] == ["performance/growth.svg"]
    text = report(tmp_path, measured(cold={**cold, "ask.wall_s": 1.0}))
    (words, address), *_ = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", text)
    assert words.startswith("A question from a shell, seconds of each step: imports 0.400")
    assert (tmp_path / address).is_file()
    assert not old.exists()


def test_commands_are_shown_without_places_of_the_machine(tmp_path):
    places = dict.fromkeys((ARTICLES, MEDQUAD, PEERS), tmp_path)
    shown = [part.command for part in parts(Given(places, (1000,), (100_000,), 1, 1))]
    assert not [one for one in shown if str(tmp_path) in one]
    assert "python -m benchmarks.scale MEDQUAD --passages 100000 --folder DIR" in shown


def test_a_try_is_called_one(tmp_path):
    publish([], {}, tmp_path, "Measured here.", is_try=True)
    assert "no figure means anything" in (tmp_path / PAGE).read_text("utf-8")


def test_no_worse_than_others_means_no_worse_than_the_best_of_them():
    others = {"a": 0.9, "b": 0.8}
    row = Row("R@6", "", "ours", at_least("a", "b"))
    assert row.verdict({**others, "ours": 0.85}) == "**missed**"
    assert row.verdict({**others, "ours": 0.9}) == "kept"
    assert row.verdict({"a": 0.9, "ours": 1.0}) == "—"
    assert Row("time", "s", "ours", at_most("a", "b")).verdict({**others, "ours": 0.8}) == "kept"


def test_a_figure_over_another_is_their_ratio():
    row = Row("grown", "", "large", at_most(3), limit=lambda _: Limit(1, "why"), over="small")
    assert row.value({"large": 6.0, "small": 4.0}) == 1.5
    assert row.value({"large": 6.0}) is None
    assert row.value({"large": 6.0, "small": 0.0}) is None


def test_a_column_that_nothing_is_in_is_left_out(tmp_path):
    plain = [Section("Plain", "About it.", [Row("one", "s", "cold/one")])]
    publish(plain, measured(cold={"one": 1.0}), tmp_path, "Measured here.")
    assert "beside it" not in (tmp_path / PAGE).read_text("utf-8")


def test_a_chart_of_what_was_not_measured_is_none():
    assert chart_of("a", "b", {"c": "not/measured"})({}) is None


def test_the_machine_is_told_without_its_name():
    assert re.match(r"\d+ processor cores? \(.+\), \d+ GiB of memory, \w+, Python 3", machine())
