"""A line of a bank names its evidence exactly, or is refused."""

import pytest

from bank.errors import BankError
from bank.questions import read_bank

LINE = """{"question": "how often do I get the drip", "kind": "lay", "voice": "patient", "required": [[{"doc": "drug", "quote": "The drug is given every 3 weeks [1, 3-4]."}]]}"""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "fix the line"),
        ('{"question": "q", "kind": "fact", "voice": "patient"}', "does not fit a question"),
        ('{"question": "q", "kind": "odd", "voice": "patient"}', "'odd'"),
        (LINE.replace("3 weeks", "4 weeks"), "has no sentence"),
    ],
)
def test_a_line_of_the_bank_without_its_evidence_is_refused(document, tmp_path, line, message):
    (tmp_path / "bank.jsonl").write_text(f"{line}\n", "utf-8")
    with pytest.raises(BankError, match=f"line 1: .*{message}"):
        read_bank(tmp_path, {"drug": document})
