"""Files of ordinary kinds in tests/data/parsers: what becomes of each stands beside it.

``NAME.expected`` has a line for each block, ``kind | text`` with the level of a heading or nested
item, and one for each stretch that was dropped, ``dropped REASON | text``; "⏎" is a line end.
"""

from collections import Counter
from pathlib import Path

import pytest

from ingest.drafting.steps import draft_bytes
from ingest.parsers import PARSERS, UNTRUSTED

FOLDER = Path(__file__).parents[1] / "data" / "parsers"
FIXTURES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")


def described(draft):
    for block in draft.blocks:
        is_deep = block.kind == "heading" or block.level > 1
        yield f"{block.kind}{f' {block.level}' if is_deep else ''} | {block.text}"
    for dropped in sorted(draft.dropped, key=lambda d: d.source):
        yield f"dropped {dropped.reason} | {dropped.text}"


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_file_becomes_the_blocks_that_stand_beside_it(path):
    draft = draft_bytes(path.suffix, path.read_bytes(), path.name)
    expected = path.with_name(path.name + ".expected").read_text("utf-8").splitlines()
    assert [line.replace("\n", "⏎") for line in described(draft)] == expected


def test_there_are_ten_fixtures_for_each_parser():
    counts = Counter(PARSERS[path.suffix] for path in FIXTURES)
    assert all(counts[PARSERS[suffix]] >= 10 for suffix in PARSERS.keys() - UNTRUSTED)
