"""Whether figures are of the program as it is."""

import pytest

from evaluation.program import program_digest


@pytest.fixture
def program(tmp_path):
    for name in ("answer/pipeline.py", "answer/models/reader.onnx", "answer/notices/words/a.toml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("as it was")
    return tmp_path


@pytest.mark.parametrize(
    "changed",
    [
        "answer/pipeline.py",
        "answer/models/reader.onnx",
        "answer/notices/words/a.toml",
        "bank/new.py",
    ],
)
def test_any_change_of_code_words_or_models_makes_another_program(program, changed):
    before = program_digest(program)
    (program / changed).parent.mkdir(exist_ok=True)
    (program / changed).write_text("changed")
    assert program_digest(program) != before


@pytest.mark.parametrize(
    "changed", ["answer/models/README.md", "evaluation/published.json", "ui/x.py"]
)
def test_what_no_figure_depends_on_leaves_the_program_the_same(program, changed):
    before = program_digest(program)
    (program / changed).parent.mkdir(exist_ok=True)
    (program / changed).write_text("changed")
    assert program_digest(program) == before


def test_moving_a_module_makes_another_program(program):
    before = program_digest(program)
    (program / "answer/pipeline.py").rename(program / "answer/door.py")
    assert program_digest(program) != before
