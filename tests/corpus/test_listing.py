"""A sources.json that is not what it should be is refused in a line, however it is broken."""

import json
import os

import pytest

from corpus.sources import CorpusError, read_corpus


def fault(folder):
    with pytest.raises(CorpusError) as caught:
        read_corpus(folder)
    (told,) = caught.value.faults
    assert told.startswith(f"{folder / 'sources.json'}: ")
    return told


def test_a_folder_without_a_listing_is_refused(tmp_path):
    assert fault(tmp_path).endswith("give a folder with sources.json and files/ to --corpus")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON (Expecting value"),
        ("[{", "fix the file"),
        ("[NaN]", "NaN is not a value of JSON"),
        ("[" * 100_000, "not JSON (maximum recursion depth exceeded"),
        ('{"a":' * 100_000, "not JSON (maximum recursion depth exceeded"),
        ("9" * 5000, "not JSON ("),
        ("{}", "holds an object, not a list of items; put [ and ] around it"),
        ('{"id": "one"}', "holds an object, not a list of items"),
        ("null", "holds null, not a list of items"),
    ],
)
def test_what_holds_no_items_is_refused(corpus, text, message):
    assert message in fault(corpus(text))


def test_a_listing_that_is_not_utf_8_or_not_a_file_is_refused(corpus):
    listing = corpus("[]") / "sources.json"
    listing.write_bytes(b'["caf\xe9"]')
    assert fault(listing.parent).endswith("save it as UTF-8")
    listing.unlink()
    os.mkfifo(listing)
    assert "a pipe, not a regular file" in fault(listing.parent)


def test_a_byte_order_mark_is_no_fault(corpus, item):
    text = "\ufeff" + json.dumps([item()])
    assert read_corpus(corpus(text, **{"one.md": b"text"})).sources


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"title": "One"', '"title": "One", "title": "Two"', "has the key 'title' twice"),
        ('"label": "One"', '"label": "One", "label": "Two"', "has the key 'label' twice"),
        ('"title": "One"', r'"title": "\ud800"', "holds half a character"),
        ('"title": "One"', '"title": "One", "x": ' + "[" * 30 + "]" * 30, "20 levels deep"),
    ],
)
def test_what_json_allows_and_we_do_not_is_a_fault_of_its_item(corpus, item, old, new, message):
    text = json.dumps([item()]).replace(old, new)
    told = fault(corpus(text, **{"one.md": b"text"}))
    assert "item 1 ('one'): " in told
    assert message in told
