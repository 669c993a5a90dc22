"""Other names come from the documents; unknown words become the documents' own."""

import pytest

from answer.asking.names import Names
from answer.asking.spelling import Speller
from answer.mining.mined import mine
from ingest.pipeline import ingest_bytes

TEXT = (
    "# T\n\nPembrolizumab (Keytruda) blocks it. Afamitresgene autoleucel (Tecelra, also known as "
    "afami-cel) differs. External radiation (ER) shrank it. It spread (metastasized) then. "
    "Diarrhea came.\n"
)


@pytest.fixture(scope="module")
def documents():
    return [ingest_bytes("t", ".md", TEXT.encode(), name="t.md")]


@pytest.mark.parametrize(
    ("asked", "others"),
    [
        ("how is keytruda given", ("pembrolizumab",)),
        ("Pembrolizumab dose", ("keytruda",)),
        ("afami-cel?", ("afamitresgene autoleucel", "tecelra")),
        ("what is ER", ("external radiation",)),
        ("external radiation dose", ("er",)),
        ("keytruda or pembrolizumab", ()),
        ("her answer", ()),
        ("spread", ()),
    ],
)
def test_a_name_brings_the_other_names_of_the_same_thing(documents, asked, others):
    assert Names(mine(documents)).others(asked) == others


def test_documents_without_other_names_have_none():
    plain = ingest_bytes("p", ".txt", b"Nothing is defined here. At all.", name="p.txt")
    assert Names(mine([plain])).others("anything (X)") == ()


class WholeWords:
    """A tokeniser that knows a few words whole and cuts every other in two."""

    def tokens(self, text):
        class Tokens:
            ids = (1,) if text in {"insurance", "radiator"} else (1, 2)

        return Tokens


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("keytrooda", "keytruda"),
        ("Is diarhea common?", "Is diarrhea common?"),
        ("pembrolizumb cost", "pembrolizumab cost"),
        ("radiator", "radiator"),
        ("insurance", "insurance"),
        ("nivolumab", "nivolumab"),
        ("sprad", "sprad"),
        ("it an", "it an"),
        ("radiations", "radiation"),
        ("complicatons", "complications"),
        ("compilation", "compilation"),
    ],
)
def test_a_slip_is_mended_and_a_real_word_is_not(documents, typed, read):
    expected = "spread" if typed == "sprad" else read
    assert Speller(mine(documents), WholeWords()).correct(typed) == expected


@pytest.mark.parametrize(
    ("text", "is_known"),
    [("Tecelra shrank it", True), ("tecelra (insurance)?", True), ("Teclra shrank it", False)],
)
def test_words_of_the_documents_and_of_the_encoder_are_known(documents, text, is_known):
    assert Speller(mine(documents), WholeWords()).knows(text) is is_known
