"""A source without a label gets one of its authors, journal and year."""

import pytest

from corpus.labels import label_of

TAWBI, BURGESS, BOLEJACK = ({"family": name} for name in ("Tawbi", "Burgess", "Bolejack"))
TITLE = "Pembrolizumab in advanced soft-tissue sarcoma and bone sarcoma (SARC028)"
IN_2017 = {"container-title": "The Lancet Oncology", "issued": {"date-parts": [[2017, 11]]}}


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"author": [TAWBI, BURGESS, BOLEJACK], **IN_2017}, "Tawbi et al., Lancet Oncology 2017"),
        ({"author": [TAWBI, BURGESS], **IN_2017}, "Tawbi and Burgess, Lancet Oncology 2017"),
        (
            {"author": [{"family": "Berg", "non-dropping-particle": "van den"}], **IN_2017},
            "van den Berg, Lancet Oncology 2017",
        ),
        ({"author": [{"literal": "A Society"}], "publisher": "A Press"}, "A Society, A Press"),
        ({"author": [TAWBI], "container-title-short": "LO", **IN_2017}, "Tawbi, LO 2017"),
        (
            {"title": TITLE, **IN_2017},
            "Pembrolizumab in advanced soft-tissue sarcoma and bone …, Lancet Oncology 2017",
        ),
        ({"author": [TAWBI], "title": "On rest"}, "Tawbi, On rest"),
        ({"author": [], "title": "On rest"}, "On rest"),
        ({}, "smith_2020"),
        ({"author": [TAWBI], "custom": {"label": "Guide", "file": "x.md"}}, "Guide"),
    ],
)
def test_the_label_is_made_of_what_is_known(facts, label):
    assert label_of({"custom": {"file": "smith_2020.pdf"}, **facts}) == label
