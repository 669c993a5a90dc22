"""Headings that the layout of a plain text shows."""

import pytest

from ingest.parsers.layout import numbered_headings, underlined_headings

TEXT = "It is said in a line of prose that is as long as lines are here.\n"
BETWEEN = "\n" + TEXT + "\n"


def numbered(text):
    lines = text.split("\n")
    return [(lines[at].strip(), level) for at, level in numbered_headings(lines).items()]


def test_numbered_lines_that_stand_alone_over_text_are_headings_by_depth():
    assert numbered(f"1. What\n{BETWEEN}2 How\n{BETWEEN}2.1 Dose\n{BETWEEN}2.2. When?\n") == [
        ("1. What", 2),
        ("2 How", 2),
        ("2.1 Dose", 3),
        ("2.2. When?", 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. Rest\n2. Drink\n\n" + TEXT,
        "1. Rest\n\n2. Drink\n\n" + TEXT,
        f"1. Rest\n{BETWEEN}",
        f"2. Rest\n{BETWEEN}3. Drink\n{BETWEEN}",
        f"1. Rest.\n{BETWEEN}2. Drink.\n{BETWEEN}",
        f"1. rest\n{BETWEEN}2. drink\n{BETWEEN}",
        f"1. {'Rest and ' * 12}\n{BETWEEN}2. {'Drink and ' * 12}\n{BETWEEN}",
        f"1. Rest in bed\nAll day\n{BETWEEN}2. Drink\nWater\n{BETWEEN}",
        f"{TEXT}1. Rest\n{BETWEEN}{TEXT}2. Drink\n{BETWEEN}",
        f"2019. It was\n{BETWEEN}2020. It went\n{BETWEEN}",
    ],
    ids=[
        "a list", "a list with empty lines", "one number", "not from 1", "full stops",
        "small letters", "long lines", "lines that were full", "after text", "years",
    ],
)  # fmt: skip
def test_items_and_sentences_are_no_numbered_headings(text):
    assert numbered(text) == []


def test_a_list_within_a_section_does_not_break_the_series():
    text = f"1. What\n{BETWEEN}1. Rest\n\n2. Drink\n{BETWEEN}2. How\n{TEXT}"
    assert numbered(text) == [("1. What", 2), ("2. How", 2)]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Title", "====="], {0: 1}),
        (["", "Part", "---", "Text."], {1: 2}),
        (["Text", "Part", "----"], {}),
        (["It ends.", "--------"], {}),
        (["", "-----"], {}),
        (["Drug   Dose", "----   ----"], {}),
    ],
)
def test_a_line_alone_over_a_rule_is_a_heading(lines, found):
    assert underlined_headings(lines) == found
