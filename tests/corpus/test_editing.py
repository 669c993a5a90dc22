"""Items of a listing are changed, taken out and added; the others stay as they were written."""

import json

from corpus.editing import with_changes

TEXT = """[
 {"id": "one",   "title": "Ö", "custom": {"file": "one.md"}},
 {"id": "two", "custom": {"file": "two.md"}}
]
"""


def test_other_items_stay_as_they_were_written():
    text = with_changes(TEXT, {"two": {"id": "two", "title": "Two"}}, [{"id": "three"}])
    assert '{"id": "one",   "title": "Ö", "custom": {"file": "one.md"}}' in text
    assert [item["id"] for item in json.loads(text)] == ["one", "two", "three"]
    assert json.loads(text)[1] == {"id": "two", "title": "Two"}


def test_items_are_taken_out_and_an_empty_listing_is_one():
    left = with_changes(TEXT, {"one": None})
    assert [item["id"] for item in json.loads(left)] == ["two"]
    assert with_changes(left, {"two": None}) == "[]\n"
    assert json.loads(with_changes("[]", {}, [{"id": "new"}])) == [{"id": "new"}]
