"""The page of the sheet, run by Streamlit's own test runner: what a browser sends, and what stays."""

from dataclasses import replace

import pytest
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.testing.v1 import AppTest

from tests.ui.serving.held import held
from ui.page.on_sheet import SHEET
from ui.page.visit import BEGUN, SHEET_KEPT, TURNS
from ui.sheets.frozen import link_of
from ui.sheets.link import DAMAGED
from ui.sheets.sheet import Sheet, noted, titled, with_turns, without
from ui.turns import take_turn


def script(choices):
    import streamlit as st

    from ui.page import on_sheet, sheet

    st.session_state["said"] = [on_sheet.arrange(choice) for choice in choices]
    st.session_state["kept"] = on_sheet.to_keep()
    sheet.show()


@pytest.fixture(autouse=True)
def opened(answerer, monkeypatch):
    monkeypatch.setattr("ui.page.answerer._serving", held(answerer))


@pytest.fixture
def turns(answerer):
    asked = []
    for question in ("radiation", "side effects", "and why?"):
        asked.append(take_turn(answerer, question, asked))
    return asked


@pytest.fixture
def link(turns, answerer):
    return link_of(noted(titled(with_turns(Sheet(), turns), "Week 3"), 2, "Read"), answerer)


def asked_again_once():
    import streamlit as st

    from ui.page import on_sheet, sheet

    if "asked" not in st.session_state:
        st.session_state["asked"] = True
        on_sheet.arrange("again")
    sheet.show()


def shown_with(choices=(), **state):
    page = AppTest.from_function(script, args=(list(choices),), default_timeout=30)
    for name, value in state.items():
        page.session_state[name] = value
    page.run()
    assert not page.exception
    return page


def html(page):
    return "\n".join(element.proto.body for element in page.get("html"))


def order(page):
    return [entry.answer.question for entry in page.session_state[SHEET].entries]


def test_without_questions_it_says_what_to_do():
    page = shown_with()
    assert "Ask some questions first." in html(page)
    assert page.session_state["kept"] is None


def test_a_link_is_opened_without_asking(link, answerer):
    n_asked = len(answerer.asked)
    page = shown_with(**{SHEET_KEPT: {"link": link}, BEGUN: True})
    assert ">Week 3</h1>" in html(page)
    assert "opened from a link" in html(page)
    assert page.text_input[0].value == "Week 3"
    assert page.session_state["kept"] == {"link": link, "left_out": "", "own": False}
    assert len(answerer.asked) == n_asked


def test_ones_own_sheet_comes_back_as_it_was_with_what_was_left_out(link, turns, answerer):
    out = without(with_turns(Sheet(), turns), [1])
    left_out = link_of(Sheet(entries=out.left_out), answerer)
    kept = {"link": link_of(out, answerer), "left_out": left_out, "own": True}
    page = shown_with(**{SHEET_KEPT: kept, BEGUN: True, TURNS: turns})
    assert order(page) == ["side effects", "and why?"]
    assert "opened from a link" not in html(page)
    assert page.session_state["kept"] == kept
    page.button(key="sheet-back").click().run()
    assert order(page) == ["side effects", "and why?", "radiation"]


@pytest.mark.parametrize(
    "kept", ["x", 7, {}, {"link": 7}, {"link": "", "left_out": [], "own": "x"}]
)
def test_what_is_not_a_sheet_is_none(kept, turns):
    page = shown_with(**{SHEET_KEPT: kept, TURNS: turns})
    assert order(page) == ["radiation", "side effects", "and why?"]


def test_a_damaged_link_says_so_and_leaves_the_sheet_alone(turns):
    page = shown_with(**{SHEET_KEPT: {"link": "<script>"}, TURNS: turns})
    assert DAMAGED in html(page)
    assert len(order(page)) == 3


def test_buttons_move_leave_out_and_say_so(turns):
    page = shown_with(
        ["down 1", "up 3", "up 2", "out 2", "up 99", "up", "", "x 1", None], turns=turns
    )
    assert page.session_state["said"][:5] == [
        "Moved: now question 2 of 3.",
        "Moved: now question 2 of 3.",
        "Moved: now question 1 of 3.",
        "Left out. It can be put back at the end of the sheet.",
        "",
    ]


def test_a_note_is_written_on_the_question_whose_button_was_pressed(turns):
    page = shown_with(["note 2"], turns=turns)
    page.text_area[0].set_value("Read <b>this</b>")
    page.session_state["said"] = []
    page.run()
    assert page.session_state[SHEET].entries[1].note == "Read <b>this</b>"


def test_a_title_is_kept(turns):
    page = shown_with(turns=turns)
    page.text_input[0].set_value("Week <4>").run()
    assert "Week &lt;4&gt;</h1>" in html(page)
    page.run()
    assert page.session_state[SHEET].title == "Week <4>"


def test_it_is_emptied_and_what_was_on_it_put_back(turns):
    page = shown_with(turns=turns)
    page.button(key="sheet-empty").click().run()
    assert order(page) == []
    assert "Ask some questions first." in html(page)
    page.button(key="sheet-back").click().run()
    assert order(page) == ["radiation", "side effects", "and why?"]


def test_its_questions_are_asked_again_on_demand_as_they_were_read(link, answerer):
    n_asked = len(answerer.asked)
    page = shown_with(["again"], **{SHEET_KEPT: {"link": link}, BEGUN: True})
    assert answerer.asked[n_asked:] == [
        ("radiation", (), None),
        ("side effects", (), None),
        ("and why?", ("side effects",), None),
    ]
    assert "opened from a link" not in html(page)
    assert page.session_state[SHEET].entries[1].note == "Read"


def test_answers_to_questions_asked_again_outlive_a_click_meanwhile(link, answerer, monkeypatch):
    def answer(*asked):
        get_script_run_ctx().script_requests.request_rerun(RerunData())  # as a click does
        return replace(answered(*asked), question="asked again")

    answered = answerer.answer
    monkeypatch.setattr(answerer, "answer", answer)
    page = AppTest.from_function(asked_again_once, default_timeout=30)
    page.session_state[SHEET_KEPT] = {"link": link}
    page.session_state[BEGUN] = True
    page.run()
    assert order(page) == ["asked again"] * 3
    assert "opened from a link" not in html(page)


def test_a_question_is_asked_again_of_what_it_was_asked_of(answerer):
    limited = take_turn(answerer, "Q?", [], within="kind=patient+information+page")
    kept = {"link": link_of(with_turns(Sheet(), [limited]), answerer)}
    page = shown_with(["again"], **{SHEET_KEPT: kept, BEGUN: True})
    assert answerer.asked[-1] == ("Q?", (), ("patient_guide",))
    assert "Searched: 1 of 4 documents (patient information page)." in html(page)
