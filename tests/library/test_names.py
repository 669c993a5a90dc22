"""Files get names that are the same on every system, and ids that no other file has."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.checks import is_safe_name
from library.names import MAX_BYTES, free_name, stored_name


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("paper.pdf", "paper.pdf"),
        ("Tawbi et al. - 2017 - Sarcoma (final).PDF", "Tawbi_et_al._-_2017_-_Sarcoma_final.pdf"),
        (unicodedata.normalize("NFD", "Müller über Öl.docx"), "Müller_über_Öl.docx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        (".hidden.md", "hidden.md"),
        (".pdf", "document.pdf"),
        ("...", "document"),
        ("no_ending", "no_ending"),
        ("CON.txt", "CON_.txt"),
        ("nul.tar.pdf", "nul.tar_.pdf"),
        ("a\x1b[2J\u202eb.md", "a_2J_b.md"),
        ("論文 1.pdf", "論文_1.pdf"),
        ("x.p d f", "x.pdf"),
    ],
)
def test_the_stored_name_is_plain(name, stored):
    assert stored_name(name) == stored


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_every_name_becomes_a_safe_one_and_stays_so(name):
    stored = stored_name(name)
    assert is_safe_name(stored)
    assert len(stored.rpartition(".")[0].encode()) <= MAX_BYTES + 1
    assert stored_name(stored).casefold() == stored.casefold()


def test_a_taken_id_gets_a_number_whatever_its_case_and_ending():
    assert free_name("Smith.pdf", set()) == "Smith.pdf"
    assert free_name("Smith.pdf", {"smith"}) == "Smith_2.pdf"
    assert free_name("smith.docx", {"smith", "smith_2"}) == "smith_3.docx"
