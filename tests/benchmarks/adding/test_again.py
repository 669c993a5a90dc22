"""What is added to a bank is a new question that can be used, and nothing else changes."""

import json

from benchmarks.adding.again import add_question


def test_a_question_is_added_in_other_words(tmp_path):
    (tmp_path / "questions").mkdir()
    bank = tmp_path / "questions" / "a.jsonl"
    lines = [
        {"question": "And then?", "history": ["Who?"]},
        {"question": "What is it?", "kind": "fact"},
    ]
    bank.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    for number in range(2):
        add_question(tmp_path, number)
    found = [json.loads(line) for line in bank.read_text("utf-8").splitlines()]
    assert found[:2] == lines
    assert len({one["question"] for one in found}) == 4
    assert [one["kind"] for one in found[2:]] == ["fact", "fact"]
