"""What a person sees of a paragraph, every character at its place."""

import pytest

from tests.ingest.parsers.jats.written import draft, dropped, paragraph, references, sec

SEEN = {
    "He <italic>rested</italic> for <bold>two</bold> days.": "He rested for two days.",
    "p &lt; 0.05 &amp; more": "p < 0.05 & more",
    "<![CDATA[p < 0.05]]>": "p < 0.05",
    "two\n      lines\tand  more": "two lines and more",
    "5\u00a0mg,\u20095\u2009ml": "5\u00a0mg,\u20095\u2009ml",
    "10<sup>6</sup> cells, 25 kg/m<sup>2</sup>": "10⁶ cells, 25 kg/m²",
    "min<sup>−1</sup>, Ca<sup>2+</sup>": "min⁻¹, Ca²⁺",
    "Cl<sup>-</sup> and CO<sub>2</sub>": "Cl⁻ and CO2",
    "the 4<sup>th</sup> day, Brand<sup>®</sup>": "the 4th day, Brand®",
    "10<sup> 6 </sup>cells": "10 ⁶ cells",
    "<italic>in</italic><bold>side</bold>": "inside",
    "one<break/>two": "one two",
    'see <xref ref-type="fig" rid="F1">Fig. 1</xref>': "see Fig. 1",
    "word<!-- a comment --> goes on": "word goes on",
    "of <named-content>Mus</named-content>, <sc>l</sc>-arginine": "of Mus, l-arginine",
    "with <unknown>a tag</unknown> of tomorrow": "with a tag of tomorrow",
}


@pytest.mark.parametrize("inside", SEEN)
def test_a_person_sees(inside):
    assert paragraph(inside) == SEEN[inside]


def test_a_link_leads_where_the_file_says():
    made = draft(sec('<p>See <ext-link xlink:href="https://a.example/b">here</ext-link>.</p>'))
    assert [p.url for p in made.blocks[-1].pieces if p.text == "here"] == ["https://a.example/b"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "F1.jpg"])
def test_a_link_leads_nowhere_but_to_the_web(address):
    made = draft(sec(f'<p><ext-link xlink:href="{address}">here</ext-link></p>'))
    assert made.blocks[-1].pieces[0].url is None


@pytest.mark.parametrize("mark", ["a", "*", "†", "<sup>1</sup>"])
def test_the_mark_of_a_footnote_is_no_part_of_a_word(mark):
    made = draft(sec(f'<p>He rested<xref ref-type="fn" rid="f">{mark}</xref> at home.</p>'))
    assert made.blocks[-1].text == "He rested at home."
    assert [reason for reason, _ in dropped(made)] == ["footnote mark"]


def test_the_words_that_lead_to_a_footnote_are_text():
    text = 'as <xref ref-type="fn" rid="f">the first footnote</xref> says'
    assert paragraph(text) == "as the first footnote says"


def test_what_no_page_shows_is_left_out():
    made = draft(sec("<p>Some text<index-term><term>text</term></index-term> here.</p>"))
    assert made.blocks[-1].text == "Some text here."
    assert dropped(made) == [("index entry", "text")]


def test_names_are_kept_apart_where_the_file_only_has_tags():
    names = "<name><surname>Walker</surname><given-names>A</given-names></name>"
    entry = f'<ref id="B1"><mixed-citation>{names}, {names}: Feet.</mixed-citation></ref>'
    made = draft(back=references(entry))
    assert made.blocks[-1].text == "Walker A, Walker A: Feet."


def test_an_empty_tag_for_more_authors_is_read():
    entry = '<ref id="B1"><mixed-citation>Walker A, <etal/>: Feet.</mixed-citation></ref>'
    assert draft(back=references(entry)).blocks[-1].text == "Walker A, et al.: Feet."
