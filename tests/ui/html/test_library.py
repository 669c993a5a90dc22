"""Documents on the first screen: cards with kind and date, or kinds and years of many."""

from dataclasses import replace

from ui.html.library import MOST_CARDS, MOST_KINDS, library_html


def test_a_few_documents_are_cards_that_lead_to_their_place(answerer):
    cards = library_html(answerer.sources.values())
    assert cards.count("<li>") == len(answerer.sources)
    assert '<a href="./sources#patient_guide">Patient guide</a>' in cards
    assert "<span>Patient information page</span> · <span>1 January 2019</span>" in cards


def test_what_is_not_known_is_left_out_and_titles_are_not_trusted(answerer):
    source = replace(
        answerer.sources["hostile"], doc_id='"><b>', title="<b>x</b>", issued="", evidence="<i>"
    )
    card = library_html([source])
    assert "<b>" not in card
    assert "<i>" not in card
    assert "sources#%22%3E%3Cb%3E" in card
    assert "·" not in card


def test_many_documents_are_counted_by_kind_with_their_years(answerer):
    one = answerer.sources["case_report"]
    years = ("1998", "2024-06", "2010")
    reports = [replace(one, doc_id=f"r{n}", issued=years[n % 3]) for n in range(MOST_CARDS)]
    guide = replace(one, doc_id="guide", evidence="guide", issued="2020")
    rows = library_html([*reports, guide])
    assert f"Single-patient case report</a><p>{MOST_CARDS} documents, 1998 to 2024</p>" in rows
    assert "Guide</a><p>1 document, 2020</p>" in rows
    assert "n = 1" not in rows


def test_of_many_kinds_the_rest_is_one_line(answerer):
    one = replace(answerer.sources["case_report"], issued="")
    kinds = [replace(one, doc_id=str(n), evidence=f"kind {n}") for n in range(MOST_KINDS + 3)]
    rows = library_html(kinds)
    assert rows.count("<li>") == MOST_KINDS + 1
    assert "Others</a><p>3 documents</p>" in rows
