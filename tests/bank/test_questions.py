"""A line of a bank names its evidence exactly, or is refused."""

import json

import pytest

from bank.errors import BankError
from bank.questions import evidence, read_bank
from ingest.pipeline import ingest_bytes

LINE = """{"question": "how often do I get the drip", "kind": "lay", "voice": "patient", "required": [[{"doc": "drug", "quote": "The drug is given every 3 weeks [1, 3-4]."}]]}"""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "fix the line"),
        ('{"question": "q", "kind": "fact", "voice": "patient"}', "does not fit a question"),
        ('{"question": "q", "kind": "odd", "voice": "patient"}', "'odd'"),
        (LINE.replace("3 weeks", "4 weeks"), "has no sentence"),
        (LINE.replace('"drug"', '"cure"'), "there is no document 'cure'"),
        (LINE.replace('"lay"', '"lay", "history": [1]'), "must be a text"),
        ('{"question": "q", "voice": "patient"}', "'kind' is missing"),
        ("3", "not a JSON object"),
    ],
)
def test_a_line_of_the_bank_without_its_evidence_is_refused(document, tmp_path, line, message):
    (tmp_path / "bank.jsonl").write_text(f"{line}\n", "utf-8")
    with pytest.raises(BankError, match=f"line 1: .*{message}"):
        read_bank(tmp_path, {"drug": document})


def test_a_file_as_editors_save_it_is_read(document, tmp_path):
    (tmp_path / "bank.jsonl").write_bytes(b"\xef\xbb\xbf" + LINE.encode() + b"\r\n\r\n")
    (known,) = read_bank(tmp_path, {"drug": document})
    assert known.in_context == "how often do I get the drip"


def test_a_file_that_is_not_utf_8_is_refused(document, tmp_path):
    (tmp_path / "bank.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(BankError, match=r"bank\.jsonl: not UTF-8 .*; save it as UTF-8"):
        read_bank(tmp_path, {"drug": document})


def test_every_sentence_can_be_named_as_evidence_also_the_second_of_two(tmp_path):
    twice = ingest_bytes(
        "drug", ".md", b"# A\n\nIt is red. It is big. It is red.\n", name="drug.md"
    )
    for sentence in twice.sentences:
        record = {"question": "q", "kind": "fact", "voice": "patient"}
        record["required"] = [[evidence(twice, sentence)]]
        (tmp_path / "bank.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
        (known,) = read_bank(tmp_path, {"drug": twice})
        assert known.evidence == (sentence,)
