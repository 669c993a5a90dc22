"""What benchmarks write is read back, and nothing else is taken for it."""

import argparse
import json
import math

import pytest

from benchmarks import figures


def test_figures_are_read_as_they_were_written(tmp_path):
    path = tmp_path / "figures.json"
    figures.write(path, {"ask.wall_s": 1.25, "serve.ready_s": 2})
    assert figures.read(path) == {"ask.wall_s": 1.25, "serve.ready_s": 2.0}


def test_what_has_no_end_is_not_there(tmp_path):
    path = tmp_path / "figures.json"
    figures.write(path, {"healthz_s": math.inf, "p95_s": math.nan, "errors": 1})
    assert json.loads(path.read_text("utf-8")) == {"errors": 1.0}


def test_nothing_is_written_without_a_place(tmp_path):
    figures.write(None, {"errors": 1})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "[]", '{"p50": "fast"}', '{"p50": null}'])
def test_what_holds_no_figures_is_refused(tmp_path, text):
    path = tmp_path / "figures.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"run the benchmark again|Expecting value"):
        figures.read(path)


def test_the_option_names_the_file(tmp_path):
    parser = argparse.ArgumentParser()
    figures.add_option(parser)
    assert parser.parse_args([]).json is None
    assert parser.parse_args(["--json", str(tmp_path)]).json == tmp_path
