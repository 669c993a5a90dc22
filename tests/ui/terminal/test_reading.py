"""`quotewell read` shows what is read from one file."""

import json
from dataclasses import replace

import pytest

from ingest.assemble import assemble
from ingest.blocks import Block, Draft, Piece
from ingest.document import Span
from tests.ingest.parsers.jats.written import TITLE, article, sec
from ui.errors import CommandError
from ui.terminal.reading import paged, read

TEXT = "# Title\n\nSome words are here. More of them follow.\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_canonical_text_is_printed(file):
    assert (
        "".join(read(file, as_json=False)) == "Title\n\nSome words are here. More of them follow.\n"
    )


def test_the_structure_is_printed_as_json(file):
    record = json.loads("".join(read(file, as_json=True)))
    assert record["title"] == "Title"
    assert len(record["sentences"]) == 2
    assert record["facts"] == []


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be opened \(.*\); name a file$"):
        list(read(tmp_path / "none.pdf", as_json=False))


def test_a_form_feed_stands_where_a_page_begins():
    pieces = Piece("One ", Span(0, 4)), Piece("two", Span(4, 7))
    draft = Draft("One two", (Block("paragraph", pieces[:1]), Block("paragraph", pieces[1:])))
    document = assemble("doc", replace(draft, page_starts=(0, 4)), "")
    assert paged(document) == "One \n\n\ftwo"


@pytest.mark.slow
def test_an_article_is_read_with_its_facts(tmp_path):
    path = tmp_path / "feet.nxml"
    path.write_bytes(article(sec("<p>He rested.</p>"), meta="<volume>12</volume>"))
    record = json.loads("".join(read(path, as_json=True)))
    assert record["title"] == TITLE
    assert {"name": "volume", "value": "12", "origin": "front matter"} in record["facts"]
