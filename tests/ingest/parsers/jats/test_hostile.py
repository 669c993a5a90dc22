"""A file that is broken or made to do harm costs one line that ends with what to do."""

import pytest

from ingest.drafting.child import read_in_child
from ingest.drafting.reading import read_here
from ingest.drafting.steps import draft_bytes
from ingest.errors import UnreadableFileError
from ingest.parsers import UNTRUSTED
from tests.ingest.parsers.jats.hostile import REFUSED, WHOLE, laughs, many_tags


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("suffix", [".nxml", ".xml"])
def test_it_is_refused_in_one_line(name, suffix):
    data, said = REFUSED[name]
    with pytest.raises(UnreadableFileError) as error:
        draft_bytes(suffix, data, "a.xml")
    message = str(error.value)
    assert message.startswith(f"a.xml: {said}")
    assert "\n" not in message
    assert "; " in message
    assert len(message) < 250


def test_articles_are_read_in_a_process_of_their_own():
    assert {".nxml", ".xml"} <= UNTRUSTED


@pytest.mark.slow
def test_a_reading_comes_back_from_there_as_it_was_made():
    there = read_in_child("a", ".xml", WHOLE, "a.xml")
    assert there == read_here("a", ".xml", WHOLE, "a.xml")


@pytest.mark.slow
@pytest.mark.parametrize("data", [laughs(), many_tags()])
def test_what_is_refused_there_is_said_in_its_words(data):
    with pytest.raises(UnreadableFileError, match=r"^a\.xml: [^\n]+; [^\n]+$"):
        read_in_child("a", ".xml", data, "a.xml")


def test_xinclude_stays_what_it_is():
    name = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
    draft = draft_bytes(".xml", WHOLE.replace(b"He ", name + b"He "), "a.xml")
    assert [b.text for b in draft.blocks][-1] == "He recovered from it all."
