"""Which entries of the reference list a sentence cites."""

import pytest

from ingest.references import cited_in
from tests.ingest.parsers.jats.written import document, references, sec


def one(n, text=None):
    return f'<xref ref-type="bibr" rid="B{n}">{text or n}</xref>'


CITED = {
    f"[{one(1)}]": ("[1]", (1,)),
    f"[{one(1)},{one(3)}]": ("[1,3]", (1, 3)),
    f"[{one(2)}–{one(5)}]": ("[2–5]", (2, 3, 4, 5)),
    f"[{one(2)}-{one(4)}, {one(7)}]": ("[2-4, 7]", (2, 3, 4, 7)),
    f"({one(2, 'Walker et al., 2001')})": ("(Walker et al., 2001)", (2,)),
    f"({one(2, 'Walker <italic>et al.</italic>, 2001')})": ("(Walker et al., 2001)", (2,)),
    f"<sup>{one(8)}</sup>": ("⁸", (8,)),
    f"<sup>{one(1)},{one(3)}</sup>": ("¹,³", (1, 3)),
    f"<sup>{one(2)}–{one(5)}</sup>": ("²⁻⁵", (2, 3, 4, 5)),
    one(4, "<sup>4</sup>"): ("⁴", (4,)),
    f"{one(1, '<sup>1</sup>')}<sup>-</sup>{one(3, '<sup>3</sup>')}": ("¹⁻³", (1, 2, 3)),
    one(3): ("³", (3,)),
    one(3, "3–5"): ("³⁻⁵", (3, 4, 5)),
    f"{one(3)} {one(5)}": ("³ ⁵", (3, 5)),
    '<xref ref-type="ref" rid="B2">2</xref>': ("²", (2,)),
    '[<xref ref-type="bibr" rid="B1 B2">1, 2</xref>]': ("[1, 2]", (1, 2)),
}


@pytest.mark.parametrize("mark", CITED)
def test_a_citation_is_shown_and_leads_to_its_entries(mark):
    shown, numbers = CITED[mark]
    space = " " if shown[0] in "([" else ""
    made = document(sec(f"<p>He rested at home{space}{mark} and slept.</p>"), back=references())
    (sentence,) = [s for s in made.sentences if s.kind == "sentence"]
    assert sentence.text == f"He rested at home{space}{shown} and slept."
    assert cited_in(made, sentence.span) == numbers


def test_a_citation_after_a_full_stop_belongs_to_the_sentence_before_it():
    text = f"He rested at home.{one(2)} {one(3)} The rest was good.<sup>{one(4)}</sup> He slept."
    made = document(sec(f"<p>{text}</p>"), back=references())
    prose = [s for s in made.sentences if s.kind == "sentence"]
    assert [s.text for s in prose] == [
        "He rested at home.² ³", "The rest was good.⁴", "He slept."
    ]  # fmt: skip
    assert [cited_in(made, s.span) for s in prose] == [(2, 3), (4,), ()]


def test_a_citation_of_what_is_not_in_the_list_is_text():
    made = document(sec("<p>He rested at home " + one(77, "(Nobody, 1999)") + ".</p>"))
    assert made.cited == ()


def test_numbers_in_brackets_that_are_no_citations_are_none():
    text = f"The interval was [2, 5] in all {one(7, '(Walker, 2001)')}. It was [1, 3]."
    made = document(sec(f"<p>{text}</p>"), back=references())
    prose = [s for s in made.sentences if s.kind == "sentence"]
    assert [cited_in(made, s.span) for s in prose] == [(7,), ()]


def test_entries_have_the_numbers_of_their_labels():
    entries = [
        f'<ref id="B{n}"><label>[{n}]</label><mixed-citation>Feet, {n}.</mixed-citation></ref>'
        for n in (3, 7)
    ]
    made = document(back=references(*entries))
    assert [(r.number, r.text) for r in made.references] == [(3, "Feet, 3."), (7, "Feet, 7.")]


def test_entries_whose_labels_are_no_numbers_are_counted():
    entries = [
        f'<ref id="{n}"><label>{n}</label><mixed-citation>Feet {n}.</mixed-citation></ref>'
        for n in ("Walker01", "Runner02")
    ]
    made = document(back=references(*entries))
    assert [r.number for r in made.references] == [1, 2]


def test_an_entry_leads_to_its_doi_and_to_pubmed():
    ids = '<pub-id pub-id-type="doi">10.1234/a(5)7</pub-id><pub-id pub-id-type="pmid">123</pub-id>'
    made = document(
        back=references(f"<ref id='a'><element-citation>{ids}</element-citation></ref>")
    )
    assert made.references[0].doi == "10.1234/a(5)7"
    assert made.references[0].url == "https://pubmed.ncbi.nlm.nih.gov/123/"


def test_the_parts_of_an_entry_without_punctuation_have_gaps_between_them():
    name = "<name><surname>{}</surname><given-names>A</given-names></name>"
    group = f"<person-group>{name.format('Walker')}{name.format('Runner')}</person-group>"
    entry = f"<ref><element-citation>{group}\n<year>2001</year></element-citation></ref>"
    made = document(back=references(entry))
    assert made.references[0].text == "Walker A\u2003Runner A\u20032001"


def test_a_list_without_a_title_is_a_reference_list():
    made = document(back=references(title=""))
    assert made.sections[-1].headings[-1] == "References"
    assert len(made.references) == 9


def test_a_list_with_another_title_is_one_too():
    made = document(back=references(title="<title>Further reading</title>"))
    assert len(made.references) == 9
    assert {s.kind for s in made.sentences} == {"reference"}
