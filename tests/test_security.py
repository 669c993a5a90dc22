"""The threat model names a test for every row, and every test that it names exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| Could")
]


def named(text):
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)


def test_there_is_a_table_for_everybody_who_might_attack():
    tables = re.findall(r"^## (.+)\n\n\| Could", PAGE, re.M)
    assert len(tables) == 7
    assert len(ROWS) > 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_every_row_has_a_protection_and_tests_that_exist(row):
    _, protection, tests = row
    assert protection
    assert named(tests)
    for path, name in named(tests):
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        assert name in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}, name


def test_no_test_is_named_in_another_way():
    assert len(named(PAGE)) == PAGE.count("::")
