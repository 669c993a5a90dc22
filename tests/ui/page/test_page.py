"""The page run by Streamlit's own test runner: no browser, no network."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from answer.quotes import Notice
from tests.ui.conftest import WELCOME, FakeAnswerer
from tests.ui.serving.held import held
from ui.failures import BROKEN
from ui.page.ask import AFTERWORDS, EARLIER
from ui.page.conversation import SHOWN, alert, announcement
from ui.page.welcome import WELCOME as WELCOME_ALL
from ui.settings import ROOT
from ui.turns import ASKED_AGAIN, Turn, take_turn, with_answer

PAGE = ROOT / "ui" / "page" / "app.py"
RENDERS_MARKDOWN = {
    *("markdown", "write", "caption", "title", "header", "subheader", "toast", "info", "warning"),
    *("error", "success", "exception", "write_stream", "latex", "expander", "popover"),
}


@pytest.fixture(autouse=True)
def opened(answerer, monkeypatch):
    monkeypatch.setattr("ui.page.answerer._serving", held(answerer))


@pytest.fixture
def page():
    return AppTest.from_file(PAGE, default_timeout=30).run()


def shown(page):
    return "\n".join(element.proto.body for element in page.get("html"))


def ask(page, question):
    return page.chat_input[0].set_value(question).run()


def test_the_start_says_what_this_is_and_suggests_questions(page):
    assert not page.exception
    assert "Answers in the documents’ own words." in shown(page)
    assert 'data-ask="Which side effects are common?"' in shown(page)
    assert "<b>Not medical advice</b>" in shown(page)
    assert "Quotes from 4 documents, newest 19 June 2024" in shown(page)


def test_a_question_gets_its_quotes(page, answerer):
    ask(page, "What about <radiation>?")
    assert "What about &lt;radiation&gt;?</h2>" in shown(page)
    assert answerer.documents["patient_guide"].sentences[0].text in shown(page)
    assert "<b>Not medical advice</b>" in shown(page)
    assert answerer.asked == [("What about <radiation>?", (), None)]


def test_the_next_question_is_asked_with_those_before_it(page, answerer):
    ask(ask(page, "First?"), "And then?")
    assert answerer.asked[1] == ("And then?", ("First?",), None)
    assert shown(page).index("First?</h2>") < shown(page).index("And then?</h2>")


def test_a_long_visit_lists_its_earlier_questions_and_shows_the_newest(page):
    for number in range(1, SHOWN + 3):
        ask(page, f"Question <{number}>?")
    assert "Earlier questions: 2" in shown(page)
    assert '<button class="qw-file" type="button" data-earlier="1" aria-expanded="false">' in shown(
        page
    )
    assert shown(page).count('<h2 class="qw-question"') == SHOWN


def test_an_earlier_question_shows_the_answer_that_it_was_given(page, answerer):
    for number in range(1, SHOWN + 3):
        ask(page, f"Question <{number}>?")
    n_asked = len(answerer.asked)
    page.session_state[EARLIER] = 2
    page.run()
    assert shown(page).count('<h2 class="qw-question"') == SHOWN + 1
    assert 'id="turn-2"' in shown(page)
    assert 'data-earlier="2" aria-expanded="true">' in shown(page)
    assert len(answerer.asked) == n_asked
    ask(page, "Another?")
    assert 'id="turn-2"' not in shown(page)


def test_an_earlier_question_of_a_restored_visit_is_asked_in_its_place():
    turns = [Turn(number, f"Q{number}", None) for number in range(1, 4)]
    answerer = FakeAnswerer()
    changed = with_answer(answerer, turns, 2)
    assert answerer.asked == [("Q2", ("Q1",), None)]
    assert [turn.number for turn in changed] == [1, 2, 3]
    assert changed[1].answer.is_found
    assert with_answer(answerer, changed, 2) == changed
    assert with_answer(answerer, changed, 99) == changed
    assert len(answerer.asked) == 1


def test_a_new_conversation_forgets_the_old_one(page, answerer):
    ask(page, "First?")
    page.button(key="restart").click().run()
    assert "First?" not in shown(page)
    ask(page, "Second?")
    assert answerer.asked[-1] == ("Second?", (), None)


def test_a_new_conversation_is_undone_with_its_answers(page, answerer):
    ask(page, "First?")
    page.button(key="restart").click().run()
    page.button(key="bring-back").click().run()
    assert "First?</h2>" in shown(page)
    assert len(answerer.asked) == 1
    ask(page, "And then?")
    assert answerer.asked[1] == ("And then?", ("First?",), None)


def test_no_answer_and_a_failure_look_different(page):
    ask(page, "unknown")
    assert "The documents do not answer this." in shown(page)
    assert 'class="qw-problem"' not in shown(page)
    ask(page, "crash")
    assert BROKEN in shown(page)
    assert "/secret/place" not in shown(page)
    assert 'data-asked="[&quot;q&quot;, &quot;crash&quot;]">Ask it again</button>' in shown(page)
    assert not page.exception


def test_the_audience_comes_from_the_address_and_goes_back_there():
    page = AppTest.from_file(PAGE, default_timeout=30)
    page.query_params["audience"] = "patient"
    page.run()
    assert "Texts written for patients come first." in shown(page)
    page.button_group(key="audience").set_value("educator").run()
    assert "ready to cite" in shown(page)
    assert page.query_params["audience"] in ("educator", ["educator"])


def test_an_audience_that_does_not_exist_is_ignored():
    page = AppTest.from_file(PAGE, default_timeout=30)
    page.query_params["audience"] = "<script>"
    page.run()
    assert not page.exception
    assert WELCOME_ALL[None] in shown(page)


def test_until_somebody_says_who_asks_the_page_suits_all(page, answerer):
    assert page.button_group(key="audience").value is None
    assert WELCOME_ALL[None] in shown(page)
    assert "audience" not in page.query_params
    ask(page, "What about radiation?")
    assert AFTERWORDS[None] in shown(page)
    first, second = (answerer.documents[name] for name in ("case_report", "patient_guide"))
    quotes = [first.sentences[1].text[:20], second.sentences[0].text[:20]]
    assert shown(page).index(quotes[0]) < shown(page).index(quotes[1])
    assert "Single-patient case report, n\u00a0=\u00a01" in shown(page)
    assert "Cite as:" not in shown(page)


def test_the_start_shows_the_documents_with_their_kind_and_date(page):
    assert '<a href="./sources#patient_guide">Patient guide</a>' in shown(page)
    assert "<span>Patient information page</span> · <span>1 January 2019</span>" in shown(page)
    ask(page, "What about radiation?")
    assert "qw-library" not in shown(page)


@pytest.mark.parametrize("blank", [" ", "\u200b", "\n \t", "\u00a0\u2060"])
def test_a_blank_question_is_refused_without_becoming_a_turn(answerer, page, blank):
    ask(page, blank)
    assert answerer.asked == []
    assert "qw-welcome" in shown(page)
    restored({"questions": [["q", blank], ["q", "First?"], ["alone", blank]]})
    assert [question for question, *_ in answerer.asked] == ["First?"]


def test_turns_are_numbered_and_announced(answerer):
    first = take_turn(answerer, "Q?", [])
    second = take_turn(answerer, "unknown", [first])
    empty = take_turn(answerer, " ", [first, second])
    thanks = take_turn(answerer, "thank you", [first, second, empty])
    assert announcement(first, 4) == "Question 1: 2 quotes found."
    assert announcement(second, 4) == "Question 2: The documents do not answer this."
    assert announcement(empty, 4) == "Question 3: the question is empty: type one"
    assert announcement(thanks, 4) == WELCOME


def test_an_answer_can_be_cited_and_saved(page):
    ask(page, "What about radiation?")
    assert shown(page).count("<summary>Cite and export</summary>") == 1
    assert 'data-export="ris" data-turn="turn-1"' in shown(page)


def restored(*wanted, before=""):
    """The page of a visitor whose browser has sent each of ``wanted`` to a server new to it.

    ``before`` is what the server was asked first.
    """

    def script(wanted, before):
        from ui.page import app
        from ui.page.answerer import the_answerer
        from ui.page.visit import restore, turns
        from ui.turns import take_turn

        if before:
            turns().append(take_turn(the_answerer(), before, []))
        for each in wanted:
            restore(the_answerer(), each)
        app.main()

    return AppTest.from_function(script, args=(wanted, before), default_timeout=30).run()


def test_the_questions_that_a_browser_kept_are_asked_again_one_after_another(answerer):
    page = restored({"questions": [["q", "First?"], ["q", "<script>alert(1)</script>"]]})
    assert answerer.asked == [
        ("First?", (), None),
        ("<script>alert(1)</script>", ("First?",), None),
    ]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</h2>" in shown(page)


def test_a_question_that_was_asked_on_its_own_is_asked_so_again(answerer):
    restored({"questions": [["q", "First?"], ["alone", "And second?"]]})
    assert answerer.asked == [("First?", (), None), ("And second?", (), None)]


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param([["q", "First?"], ["q", "Second?"]], id="asked after what the browser kept"),
        pytest.param([["q", "First?"], ["q", "Second?"], ["q", "Third?"]], id="and kept by it"),
    ],
)
def test_what_a_new_server_was_asked_before_it_is_told_the_others_comes_after_them(answerer, kept):
    page = restored({"id": 1, "questions": kept, "is_first": True}, before="Third?")
    assert answerer.asked[-1] == ("Third?", ("First?", "Second?"), None)
    assert [name in shown(page) for name in ("turn-3", "turn-4")] == [True, False]


def test_a_followed_link_replaces_what_was_asked(answerer):
    restored({"id": 1, "questions": [["q", "First?"]], "is_first": False}, before="Third?")
    assert answerer.asked[-1] == ("First?", (), None)


def test_questions_that_the_browser_sends_again_are_not_asked_again(answerer):
    sent = {"id": 1, "questions": [["q", "First?"]]}
    restored(sent, sent, {"id": 2, "questions": [["q", "Second?"]]})
    assert [question for question, *_ in answerer.asked] == ["First?", "Second?"]


@pytest.mark.parametrize(
    "wanted", [None, [], "First?", {}, {"questions": "First?"}, {"questions": ["First?", ["q", 1]]}]
)
def test_what_is_not_a_list_of_questions_restores_none(answerer, wanted):
    assert "Answers in the documents’ own words." in shown(restored(wanted))
    assert answerer.asked == []


def test_of_many_questions_the_newest_are_asked_again_and_the_others_listed(answerer):
    page = restored({"questions": [["q", f"Question {n}?"] for n in range(1, 61)] + [7]})
    assert len(answerer.asked) == ASKED_AGAIN
    newest, history, _ = answerer.asked[-1]
    assert newest == "Question 60?"
    assert history[0] == "Question 11?"
    assert "Earlier questions: 40" in shown(page)
    assert shown(page).count('<h2 class="qw-question"') == SHOWN


def test_the_notice_of_an_emergency_is_told_first_and_apart(answerer):
    urgent, calm = take_turn(answerer, "emergency", []), take_turn(answerer, "crash", [])
    assert alert(urgent) == "Call your emergency number now."
    assert announcement(urgent, 4) == "Question 1: 2 quotes found."
    assert alert(calm) == ""
    answer = replace(urgent.answer, notices=(Notice("personal_advice", "Ask your team."),))
    advised = replace(urgent, answer=answer)
    assert alert(advised) == ""
    assert announcement(advised, 4) == "Question 1: Ask your team. 2 quotes found."


def test_in_an_emergency_nothing_is_suggested(page):
    ask(page, "What about radiation?")
    assert "Ask next" in shown(page)
    ask(page, "emergency")
    assert "Ask next" not in shown(page)


def test_the_line_above_every_page_is_a_navigation_with_their_names(page):
    assert '<nav aria-label="Pages"><ul><li><a href="./">Ask</a></li>' in shown(page)
    assert "Sheet" not in shown(page)
    page.button_group(key="audience").set_value("educator").run()
    assert '<li><a href="./sheet">Sheet</a></li>' in shown(page)


@pytest.mark.parametrize("path", sorted((ROOT / "ui").glob("*.py")), ids=lambda path: path.name)
def test_no_text_goes_through_markdown_or_runs_as_script(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    used = {
        call.attr
        for call in calls
        if isinstance(call, ast.Attribute) and getattr(call.value, "id", "") == "st"
    }
    assert not used & RENDERS_MARKDOWN
    assert "unsafe_allow" not in path.read_text(encoding="utf-8")


def test_a_question_asked_on_its_own_is_read_without_those_before_it(answerer):
    first = take_turn(answerer, "First?", [])
    take_turn(answerer, "and why?", [first])
    alone = take_turn(answerer, "and why?", [first], alone=True)
    assert [history for _, history, _ in answerer.asked] == [(), ("First?",), ()]
    assert alone.answer.read_as == ()


def test_how_many_questions_of_a_message_are_not_answered_is_announced(answerer):
    turn = take_turn(answerer, "radiation // unknown", [])
    assert announcement(turn, 4) == "Question 1: 2 quotes found. 1 of 2 questions not answered."
