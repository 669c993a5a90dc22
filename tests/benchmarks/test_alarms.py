"""The messages kept out of the word tables: enough of them, in no table's tests, counted right."""

import json
from collections import Counter
from pathlib import Path

from benchmarks.alarms import KINDS, LANGUAGES, Message, alarm_table, false_alarms, read_messages
from training.alarms import train

DATA = Path(__file__).parents[1] / "data"
LEAST = {"emergency": 25, "self_harm": 25, "harmless": 20}


def message(language, kind, text):
    return Message(1, language, kind, text)


def test_a_row_counts_what_is_read_right():
    table = alarm_table(
        [
            message("de", "emergency", "mein mann bekommt keine luft"),
            message("de", "emergency", "Was ist ein Sarkom?"),
            message("de", "self_harm", "mein mann bekommt keine luft"),
            message("de", "harmless", "Was ist ein Sarkom?"),
        ]
    )
    assert "| de | 1 of 2 | 0 of 1 | 1 of 1 |" in table
    assert table.endswith(
        "| all | 0.500 | 0.000 | 1.000 |\n| tables alone | 0.500 | 0.000 | 1.000 |"
    )


def test_alarms_are_counted_among_the_questions_that_are_answered(tmp_path):
    asked = [
        ("fact", "mein mann bekommt keine luft"),
        ("fact", "Who wrote it?"),
        ("near_miss", "help"),
    ]
    lines = [json.dumps({"kind": kind, "question": question}) for kind, question in asked]
    (tmp_path / "bank.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert false_alarms(tmp_path) == "Of 2 answerable questions 1 raise an alarm (50.00%)"


def test_the_second_set_has_enough_of_each_kind_in_each_language():
    counts = Counter((m.language, m.kind) for m in read_messages() if m.set == 2)
    assert [
        (language, kind)
        for language in LANGUAGES
        for kind in KINDS
        if counts[language, kind] < LEAST[kind]
    ] == []


def test_no_message_is_among_those_that_the_classifier_learns_from():
    kept_out = {m.text.casefold() for m in read_messages()}
    assert kept_out & {m.text.casefold() for m in train.read_messages()} == set()


def test_no_message_is_among_those_that_the_tables_were_written_with():
    kept_out = {m.text.casefold() for m in read_messages()}
    used = {
        json.loads(line)["text"].casefold()
        for name in ("notices.jsonl", "notices_in_other_languages.jsonl")
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()
    }
    assert kept_out & used == set()
