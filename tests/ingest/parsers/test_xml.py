"""XML is parsed from its own characters alone."""

import pytest

from ingest.errors import UnreadableFileError
from ingest.parsers.xml import first_entity, parse_xml, steps


def test_a_dtd_that_a_file_names_is_not_opened(tmp_path):
    dtd = tmp_path / "a.dtd"
    dtd.write_text("<!ENTITY alpha 'read'> <!ELEM which ends the parser", encoding="utf-8")
    root = parse_xml(f"<!DOCTYPE a SYSTEM '{dtd.as_uri()}'><a>x</a>".encode(), "leave it out")
    assert root.text == "x"


def test_an_entity_is_left_as_it_is():
    source = b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>x&b;</a>"
    root = parse_xml(source, "leave it out")
    assert first_entity(root) == "&b;"
    assert "".join(root.itertext("a")) == "x"
    assert first_entity(parse_xml(b"<a>&amp;</a>", "")) == ""


@pytest.mark.parametrize("source", [b"", b"x", b"<a>", b"<a></b>", b"<a>" * 300 + b"</a>" * 300])
def test_what_is_not_well_formed_is_refused_with_advice(source):
    with pytest.raises(UnreadableFileError, match=r"^is damaged: [^\n]*; leave it out$"):
        parse_xml(source, "leave it out")


def test_a_walk_can_pass_over_an_element():
    walk = steps(parse_xml(b"<a><b><c/></b><d/></a>", ""))
    seen = []
    for event, element in walk:
        seen.append(f"{event} {element.tag}")
        if event == "start" and element.tag == "b":
            walk.skip_subtree()
    assert seen == ["start a", "start b", "end b", "start d", "end d", "end a"]


def test_bytes_are_in_the_charset_that_is_given_whatever_they_declare():
    source = "<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>".encode()
    assert parse_xml(source, "", "utf-8").text == "é"
    assert parse_xml(source, "").text == "Ã©"
