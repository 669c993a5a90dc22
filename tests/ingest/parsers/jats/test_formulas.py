"""Formulas that fit a line are read; a sentence around another is never quoted."""

import pytest

from tests.ingest.parsers.jats.written import document, draft, dropped, paragraph, sec


def math(inside):
    return f"<inline-formula><mml:math>{inside}</mml:math></inline-formula>"


READ = {
    "<mml:mi>p</mml:mi><mml:mo>&lt;</mml:mo><mml:mn>0.05</mml:mn>": "p<0.05",
    "<mml:msup><mml:mn>10</mml:mn><mml:mn>6</mml:mn></mml:msup>": "10⁶",
    "<mml:msup><mml:mn>10</mml:mn><mml:mrow><mml:mo>−</mml:mo>\n<mml:mn>6</mml:mn></mml:mrow></mml:msup>": "10⁻⁶",
    "<mml:msub><mml:mi>V</mml:mi><mml:mn>1</mml:mn></mml:msub>": "V1",
    "<mml:msubsup><mml:mi>η</mml:mi><mml:mi>p</mml:mi><mml:mn>2</mml:mn></mml:msubsup>": "ηp²",
    "<mml:mrow>\n  <mml:mi>x</mml:mi>\n</mml:mrow>": "x",
}
UNREAD = [
    "<mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac>",
    "<mml:msqrt><mml:mn>2</mml:mn></mml:msqrt>",
    "<mml:msup><mml:mi>e</mml:mi><mml:mi>x</mml:mi></mml:msup>",
    "<mml:mover><mml:mi>x</mml:mi><mml:mo>¯</mml:mo></mml:mover>",
]


@pytest.mark.parametrize("inside", READ)
def test_a_formula_in_a_line_is_read(inside):
    assert paragraph(f"It was {math(inside)} here.") == f"It was {READ[inside]} here."


@pytest.mark.parametrize("inside", UNREAD)
def test_a_sentence_with_another_is_not_quoted(inside):
    made = document(sec(f"<p>He rested. It was {math(inside)} here. He slept.</p>"))
    assert [s.text for s in made.sentences if s.kind == "sentence"] == ["He rested.", "He slept."]
    (gone,) = made.dropped
    assert gone.reason == "sentence around a formula that needs more than a line"
    assert gone.text == "It was [formula] here."


def test_nor_is_one_with_a_picture_in_it():
    picture = '<inline-graphic xlink:href="x.gif"/>'
    made = document(sec(f"<p>He took {picture} of it. He slept.</p>"))
    assert [s.text for s in made.sentences if s.kind == "sentence"] == ["He slept."]


def test_a_formula_written_twice_is_read_once():
    twice = (
        "<inline-formula><alternatives><tex-math>$\\alpha$</tex-math>"
        "<mml:math><mml:mi>α</mml:mi></mml:math></alternatives></inline-formula>"
    )
    made = draft(sec(f"<p>It was {twice}.</p>"))
    assert made.blocks[-1].text == "It was α."
    assert dropped(made) == [("number or second notation of a formula", "$\\alpha$")]


def test_words_in_a_formula_are_words():
    text = "<inline-formula><italic>p</italic> = 0.05</inline-formula>"
    assert paragraph(f"It was {text}.") == "It was p = 0.05."


def test_a_formula_between_paragraphs_is_left_out():
    formula = (
        "<disp-formula><mml:math><mml:mi>x</mml:mi></mml:math><label>(1)</label></disp-formula>"
    )
    made = draft(sec(f"<p>He rested.</p>{formula}<p>He slept.</p>"))
    assert [b.text for b in made.blocks[2:]] == ["He rested.", "He slept."]
    assert dropped(made) == [("formula", "x(1)")]
