"""A library's subject is what the titles of its documents have in common."""

import pytest

from ui.html.subject import subject

SARCOMA = ["Long Pembrolizumab for Soft Tissue Sarcoma", "Immunotherapy for Soft Tissue Sarcoma"]


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (SARCOMA, "soft tissue sarcoma"),
        ([*SARCOMA, "What to Eat"], "soft tissue sarcoma"),
        ([*SARCOMA, "What to Eat", "How to Sleep", "Where to Go"], ""),
        (["Oil Lamps", "The Care of Lamps, and of Wicks"], "lamps"),
        (["What Is It For?", "How Is It Given, and for What?"], ""),
        (["Your New Knee"], ""),
        (["Torn Cuffs: A Meta-Analysis", "Plants: a Systematic Review and Meta-analysis"], ""),
        ([], ""),
    ],
)
def test_it_is_the_longest_run_of_words_that_half_of_the_titles_have(titles, expected):
    assert subject(titles, []) == expected


def test_it_is_written_as_in_the_documents():
    titles = ["Living With Parkinson", "Parkinson and Sleep"]
    assert (
        subject(titles, ["PARKINSON\n\nPeople with Parkinson sleep. Parkinson is."]) == "Parkinson"
    )
    assert subject(SARCOMA, ["Soft Tissue Sarcoma\n\nA soft tissue sarcoma. Soft tissue sarcoma."])
    text = "Soft Tissue Sarcoma\n\nA soft tissue sarcoma is, as any soft tissue sarcoma."
    assert subject(SARCOMA, [text]) == "soft tissue sarcoma"
