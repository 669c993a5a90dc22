"""The questions of the benchmarks are those that somebody waits for a quote of."""

import json

from benchmarks.served import questions


def test_questions_that_a_notice_alone_replies_to_are_not_asked(tmp_path):
    (tmp_path / "questions").mkdir()
    asked = ["What is a sarcoma?", "I want to die", "How often is it given?", "hello there"]
    lines = [json.dumps({"question": one}) for one in asked]
    (tmp_path / "questions" / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    assert sorted(questions(tmp_path, 2)) == ["How often is it given?", "What is a sarcoma?"]
    assert questions(tmp_path, 2) == questions(tmp_path, 2)
