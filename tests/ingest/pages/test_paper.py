"""Text from one file is found on the pages of another by its letters, or not at all."""

import numpy as np

from ingest.document import Span
from ingest.pages.paper import Letters, Paper
from ingest.parsers.pdf.placed import make_boxes
from ingest.pipeline import ingest_bytes


def paper(ours, printed):
    """A document, its PDF of one line, whose characters are equally wide, and both together."""
    document, pdf = (ingest_bytes("a", ".txt", text.encode(), "a") for text in (ours, printed))
    n = len(pdf.source)
    left = np.arange(n) / 200
    edges = np.stack([left, np.full(n, 0.1), left + 0.005, np.full(n, 0.11)], axis=1)
    return document, Paper(document, pdf, make_boxes(edges, [0], [(600, 800)])), pdf


def covered(paper, pdf, span):
    """What of the PDF's text lies under the marks."""
    marks = paper.marks(span)
    return [pdf.source[round(m.left * 200) : round(m.right * 200)] for m in marks]


def whole(document, words):
    start = document.text.index(words)
    return Span(start, start + len(words))


def test_accents_case_hyphens_and_spaces_make_no_difference():
    document, found, pdf = paper(
        "The naïve coöperation was seen.", "THE naive co-operation was seen."
    )
    assert covered(found, pdf, whole(document, "The naïve coöperation was seen.")) == [
        "THE naive co-operation was seen."
    ]


def test_numbers_and_signs_at_its_ends_are_marked_with_it():
    said = "Before it. In all 12 of the patients pain fell (p < 0.05). After it."
    document, found, pdf = paper(said, said)
    quote = "In all 12 of the patients pain fell (p < 0.05)."
    assert covered(found, pdf, whole(document, quote)) == [quote]


def test_words_that_stand_in_several_places_are_told_apart_by_what_is_around_them():
    said = "Aim. The pain was lower then. Result of all this. The pain was lower then. End of it."
    document, found, pdf = paper(said, said)
    second = document.text.rindex("The pain")
    (mark,) = found.marks(Span(second, second + len("The pain was lower then.")))
    assert round(mark.left * 200) == pdf.source.rindex("The pain")


def test_words_that_nothing_tells_apart_are_not_marked():
    document, found, _ = paper("The pain was lower then.", "The pain was lower then. " * 2)
    assert found.marks(whole(document, "The pain was lower then.")) == ()


def test_words_that_are_not_there_are_not_marked():
    document, found, _ = paper("The pain was higher then.", "The pain was lower then.")
    assert found.marks(whole(document, "The pain was higher then.")) == ()


def test_too_few_letters_are_not_looked_for():
    document, found, _ = paper("It was OR 1.2 (0.9-1.4) then.", "It was OR 1.2 (0.9-1.4) then.")
    assert found.marks(whole(document, "OR 1.2 (0.9-1.4)")) == ()


def test_a_ligature_is_its_letters():
    assert Letters("ﬁnal Ä1").line == "finala"
    assert Letters("ﬁn").at.tolist() == [0, 0, 1]
