"""Citations by author and year name the entries of a list that has no numbers."""

import pytest

from ingest.citing.author_year import entry_of
from ingest.pipeline import ingest_bytes
from ingest.references import cited_in

ENTRIES = (
    "Tawbi HA, Burgess M, Bolejack V, et al. Pembrolizumab in sarcoma. Lancet Oncol. 2017;18:1493.",
    "Smith, J. A., & Jones, B. (2010). A title of 1999. Journal, 3(2), 1–2.",
    "Lee K. One. J Med. 2011a;1:1.",
    "Lee K. Two. J Med. 2011b;1:2.",
    "Müller-Schmidt P, van der Berg Q (2005) Thing. J Med 1:1.",
    "Lee K, Park S. (2013). Three. J Med.",
    "Lee K. (2013). Four. J Med.",
)


def document(sentence, entries=ENTRIES, bullet=""):
    listed = "\n\n".join(bullet + entry for entry in entries)
    markdown = f"# T\n\n## Results\n\n{sentence}\n\n## References\n\n{listed}\n"
    return ingest_bytes("d", ".md", markdown.encode(), "d.md")


def cited(sentence, **how):
    read = document(sentence, **how)
    return cited_in(read, read.sentences[0].span)


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("It shrank (Tawbi et al., 2017).", (1,)),
        ("Tawbi et al. (2017) saw it shrink.", (1,)),
        ("It shrank (e.g., Smith & Jones, 2010; Lee, 2011a).", (2, 3)),
        ("It shrank (Smith and Jones 2010).", (2,)),
        ("It shrank (Lee, 2011a,b).", (3, 4)),
        ("It shrank (Muller-Schmidt and van der Berg, 2005).", (5,)),
        ("It shrank (Lee and Park, 2013).", (6,)),
        ("It shrank (Lee, 2013).", (7,)),
        ("It shrank (Lee et al., 2013).", (6,)),
    ],
)
def test_authors_and_year_name_an_entry(sentence, numbers):
    assert cited(sentence) == numbers


@pytest.mark.parametrize(
    "sentence",
    [
        "It shrank (Lee, 2011).",
        "It shrank (Tawbi et al., 2018).",
        "It shrank (Brown et al., 2017).",
        "It shrank in 2017 (n = 2010).",
        "It shrank (Smith and Brown, 2010).",
    ],
)
def test_what_fits_no_entry_or_two_cites_none(sentence):
    assert cited(sentence) == ()


def test_entries_are_numbered_in_order_whether_they_are_items_or_paragraphs():
    for bullet in ("", "- "):
        read = document("Nothing.", bullet=bullet)
        assert [entry.number for entry in read.references] == [1, 2, 3, 4, 5, 6, 7]
        assert [s.kind for s in read.sentences].count("reference") == 7


def test_a_list_with_numbers_in_brackets_is_cited_by_them():
    assert cited("It shrank [2] as Lee (2013) saw.") == (2,)


def test_a_paragraph_that_is_no_entry_stays_text_under_references():
    assert entry_of("The list was last looked through by us in May.") is None
    read = document("Nothing.", entries=("All of these are free to read.", *ENTRIES))
    assert len(read.references) == 7


@pytest.mark.parametrize("dash", "-‐‑–—−")
def test_a_range_in_brackets_may_have_any_dash(dash):
    numbers = "\n".join(f"{n}. Doe J. Title {n}. J Med. 20{n:02};1:1." for n in range(1, 13))
    text = f"# T\n\nIt shrank [8{dash}10, 12].\n\n## References\n\n{numbers}\n"
    read = ingest_bytes("d", ".md", text.encode(), "d.md")
    assert cited_in(read, read.sentences[0].span) == (8, 9, 10, 12)
