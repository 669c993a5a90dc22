"""Addresses that lead to a quote, as browsers read them."""

import pytest

from answer.locating.links import is_pdf, page_link, text_link

PAGE = "https://a.example/page"


@pytest.mark.parametrize(
    ("quote", "fragment"),
    [
        ("Pain is common here.", "Pain%20is%20common%20here."),
        (
            "One two three four five six seven eight nine.",
            "One%20two%20three%20four,six%20seven%20eight%20nine.",
        ),
        ("Low-dose, R&D and so on", "Low%2Ddose%2C%20R%26D%20and%20so%20on"),
        ("The 100 % sure/likely case?", "The%20100%20%25%20sure%2Flikely%20case%3F"),
        ("It fell in most patients.¹²", "It%20fell%20in%20most"),
        ("Größe und Gewicht der Kinder", "Gr%C3%B6%C3%9Fe%20und%20Gewicht%20der%20Kinder"),
    ],
)
def test_the_words_to_scroll_to_are_encoded(quote, fragment):
    assert text_link(PAGE, quote) == f"{PAGE}#:~:text={fragment}"


def test_too_few_words_name_nothing():
    assert text_link(PAGE, "Two words") == PAGE


def test_a_fragment_that_the_address_had_gives_way():
    assert (
        text_link(f"{PAGE}#top", "Pain is common here.")
        == f"{PAGE}#:~:text=Pain%20is%20common%20here."
    )


def test_a_beginning_that_stands_elsewhere_too_is_named_with_the_words_before_it():
    before = "Title\nIn the second, larger group"
    link = text_link(PAGE, "pain was very common then.", before, "pain was very common once.")
    assert link.endswith(
        "#:~:text=second%2C%20larger%20group-,pain%20was%20very%20common%20then."
    ) is ("pain was very common then." in "pain was very common once.")
    long = "pain was very common in all of the groups then."
    assert text_link(PAGE, long, before, "pain was very common once.").endswith(
        "#:~:text=second%2C%20larger%20group-,pain%20was%20very%20common,of%20the%20groups%20then."
    )


def test_words_of_another_paragraph_are_not_named():
    long = "pain was very common in all of the groups then."
    link = text_link(PAGE, long, "A heading\n", "pain was very common once.")
    assert link.endswith("#:~:text=pain%20was%20very%20common,of%20the%20groups%20then.")


def test_a_sequence_of_letters_makes_no_endless_address():
    link = text_link(PAGE, f"The gene begins with {'ACGT' * 1000} and ends with another one")
    assert len(link) < 200


def test_a_pdf_opens_at_the_page():
    assert is_pdf("https://a.example/Paper.PDF?x=1")
    assert not is_pdf("https://a.example/paper.pdf.html")
    assert page_link("https://a.example/paper.pdf#view", 3) == "https://a.example/paper.pdf#page=3"
