"""What nobody asked about is listed by section, the longest first."""

import pytest

from bank.questions import KnownQuestion
from evaluation.bank.check import check_bank
from evaluation.bank.gaps import Gap, gaps
from evaluation.text.bank import MOST_GAPS, bank_text
from ingest.pipeline import ingest_bytes


def known(*sentences, kind="fact", helpful=()):
    groups = tuple((sentence,) for sentence in sentences)
    return KnownQuestion("Why?", kind, "patient", (), groups, tuple(helpful), "one")


def sections(documents, bank=()):
    return [(gap.doc_id, gap.headings, gap.n_units) for gap in gaps(bank, documents)]


def test_without_a_bank_every_section_is_missing_but_references(documents):
    assert sections(documents) == [
        ("lamps", ("Oil",), 3),
        ("kites", (), 4),
        ("lamps", ("Electric",), 2),
    ] or sections(documents)[0] == ("kites", (), 4)
    assert ("lamps", ("References",)) not in [one[:2] for one in sections(documents)]


def test_a_section_with_one_question_is_not_missing(documents):
    oil = documents["lamps"].sentences[1]
    assert ("lamps", ("Oil",), 3) in sections(documents)
    assert ("lamps", ("Oil",), 3) not in sections(documents, [known(oil)])
    beside_a_notice = known(kind="emergency", helpful=[oil])
    assert ("lamps", ("Oil",), 3) not in sections(documents, [beside_a_notice])
    assert ("lamps", ("Oil",), 3) in sections(documents, [known(kind="near_miss", helpful=[oil])])


@pytest.mark.parametrize(
    ("heading", "counts"),
    [
        ("Funding", False),
        ("7. Competing interests", False),
        ("Authors’ contributions:", False),
        ("Conflict of Interest Statement", False),
        ("Data Availability", False),
        ("ACKNOWLEDGEMENTS", False),
        ("Informed consent", True),
        ("Reference values", True),
        ("Disclosure of a diagnosis", True),
        ("Funding of home care", True),
    ],
)
def test_what_surrounds_an_article_is_not_missing(heading, counts):
    text = f"# A\n\n## {heading}\n\nIt is red. It is big.\n\n### Below\n\nIt is old.\n"
    document = ingest_bytes("a", ".md", text.encode(), name="a.md")
    found = [gap.headings for gap in gaps([], {"a": document})]
    assert found == ([(heading,), (heading, "Below")] if counts else [])


def test_the_text_lists_a_screenful_by_document_and_counts_the_rest(documents):
    text = bank_text(check_bank([], documents))
    assert "  lamps\n      3 in Oil\n" in text
    assert "in the opening" in text
    many = "# A\n" + "".join(f"\n## Part {n}\n\nIt is red.\n" for n in range(MOST_GAPS + 5))
    document = ingest_bytes("a", ".md", many.encode(), name="a.md")
    text = bank_text(check_bank([], {"a": document}))
    assert text.count("      1 in Part ") == MOST_GAPS
    assert "  and 5 more, which are shorter" in text
    asked = [known(*document.sentences)]
    assert "Missing: nothing" in bank_text(check_bank(asked, {"a": document}))


def test_a_gap_is_named_without_the_title_of_its_document(documents):
    assert Gap("kites", (), 4) in gaps([], documents)
