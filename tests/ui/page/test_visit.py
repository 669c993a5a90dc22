"""A visit in a real Chromium: it outlives a reload, the way back, a link, and its server."""

from urllib.parse import urlencode

import pytest

from tests.ui.chat_site import NEEDS_CHROMIUM, ask, restartable_chat, status, visit
from ui.turns import Over

pytestmark = NEEDS_CHROMIUM

BOX = ".stChatInput textarea"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with restartable_chat(tmp_path_factory.mktemp("restarted") / "log") as server:
        yield server


@pytest.fixture
def page(browser, server):
    with visit(browser, server.address, 1200, 800) as page:
        page.locator(".qw-suggestion").first.wait_for()
        page.locator("nav [aria-current=page]").wait_for()  # the page's script has run
        yield page
        server.thaw()


def asked(page):
    """The questions on the page, once there is an answer to the last one."""
    page.locator(
        ".qw-newest .qw-card, .qw-newest .qw-none, .qw-newest .qw-problem"
    ).first.wait_for()
    return page.locator(".qw-question").all_text_contents()


def wait_for_questions(page, questions):
    """Wait until these are the questions on the page, and no others."""
    page.wait_for_function(
        """questions => {
            const shown = [...document.querySelectorAll(".qw-question")].map((one) => one.textContent);
            return JSON.stringify(shown) === JSON.stringify(questions);
        }""",
        arg=questions,
    )


def in_address(page):
    return page.evaluate("new URLSearchParams(location.hash.slice(1)).getAll('q')")


NEW_SERVER_IS_SILENT = """() => {
  const settle = window.quotewell.settle;
  window.quotewell.settle = (told, ...rest) => told.questions && settle(told, ...rest);
}"""
"""What a server without questions says comes too late: a question was asked already."""
LOSES_THE_FIRST = """() => {
  const settle = window.quotewell.settle;
  let lost = false;
  window.quotewell.settle = (told, trigger, ...rest) =>
    settle(told, (name, value) => {
      if (name === "restore" && !lost) lost = true;
      else trigger(name, value);
    }, ...rest);
}"""
"""Of two things sent while the server is at work, it can lose the first."""
QUESTIONS = ["What about <b>radiation</b> & R=1?", "And #2: 50 % more?"]


def ask_both(page):
    for number, question in enumerate(QUESTIONS, start=1):
        ask(page, question, number)
    page.wait_for_function("() => location.hash.includes('%232')")


def test_a_reload_keeps_the_conversation_and_nothing_is_kept_elsewhere(page):
    ask_both(page)
    assert in_address(page) == QUESTIONS
    page.reload()
    assert asked(page) == QUESTIONS
    assert in_address(page) == QUESTIONS
    assert page.context.cookies() == []
    assert "radiation" not in page.evaluate("JSON.stringify(localStorage)")


def test_a_reload_of_another_page_keeps_it_too(page):
    ask_both(page)
    page.get_by_role("navigation").get_by_role("link", name="About").click()
    page.locator(".qw-about").wait_for()
    assert "#" not in page.url
    page.reload()
    page.locator(".qw-about").wait_for()
    page.get_by_role("navigation").get_by_role("link", name="Ask").click()
    assert asked(page) == QUESTIONS


def test_back_and_forward_lead_out_of_the_conversation_and_into_it_again(page):
    ask_both(page)
    page.goto("about:blank")
    page.go_back()
    assert asked(page) == QUESTIONS
    page.get_by_role("navigation").get_by_role("link", name="Sources").click()
    page.locator(".qw-document").first.wait_for()
    page.go_back()
    assert asked(page) == QUESTIONS
    assert in_address(page) == QUESTIONS


def test_a_link_opens_the_conversation_elsewhere(page, browser):
    ask_both(page)
    with visit(browser, page.url, 360, 640) as other:
        assert asked(other) == QUESTIONS
        assert in_address(other) == QUESTIONS


def test_a_link_put_into_the_address_of_an_open_page_is_followed_and_back_leads_back(page):
    ask_both(page)
    page.evaluate("location.hash = 'q=unknown'")
    wait_for_questions(page, ["unknown"])
    page.go_back()
    wait_for_questions(page, QUESTIONS)


def test_a_new_conversation_can_be_undone(page):
    ask_both(page)
    page.get_by_role("button", name="New conversation").click()
    page.locator(".qw-suggestion").first.wait_for()
    page.wait_for_function("() => !location.hash")
    page.get_by_role("button", name="Bring back the last conversation").click()
    assert asked(page) == QUESTIONS
    page.get_by_role("button", name="New conversation").click()
    page.wait_for_function("() => !location.hash")
    page.go_back()
    assert asked(page) == QUESTIONS


def test_a_long_conversation_fits_the_address_and_is_all_there_after_a_reload(page):
    long = ["unknown " + f"{number} " * 400 for number in range(1, 5)]
    for number, question in enumerate(long, start=1):
        ask(page, question, number)
    page.wait_for_function("() => location.hash.includes('+4+')")
    assert len(page.url) < 2100
    assert in_address(page) == long[-2:]
    page.reload()
    assert asked(page) == long


def test_a_question_is_echoed_at_once_and_two_clicks_ask_once(page, server):
    server.freeze()
    page.locator(".qw-suggestion").first.dblclick()
    echo = page.locator("#qw-echo")
    assert echo.get_by_role("heading").text_content() == "Which side effects are common?"
    assert echo.get_attribute("aria-busy") == "true"
    assert status(page) == "Looking for the answer in the documents …"
    assert not page.locator(".qw-suggestion").first.is_visible()
    assert page.locator("#turn-1").count() == 0
    server.thaw()
    assert asked(page) == ["Which side effects are common?"]
    assert not echo.is_visible()
    page.wait_for_timeout(500)
    assert page.locator(".qw-turn").count() == 1
    assert in_address(page) == ["Which side effects are common?"]


def test_typed_questions_are_echoed_and_empty_ones_are_not_asked(page, server):
    page.locator(BOX).fill("  ")
    page.locator(BOX).press("Enter")
    assert not page.locator("#qw-echo").is_visible()
    page.locator(BOX).fill("")
    server.freeze()
    page.locator(BOX).fill("unknown")
    page.locator("[data-testid=stChatInputSubmitButton]").click()
    assert page.locator("#qw-echo h2").text_content() == "unknown"
    assert page.locator(BOX).input_value() == ""
    server.thaw()
    assert asked(page) == ["unknown"]


def test_a_restarted_server_is_told_the_questions_and_what_was_typed_stays(page, server):
    ask_both(page)
    page.locator(BOX).fill("What I was typing")
    server.stop()
    lost = page.get_by_role("alert").filter(has_text="connection is lost")
    lost.wait_for()
    page.wait_for_timeout(4000)
    assert page.get_by_role("dialog").count() == 0
    assert "treamlit" not in page.locator("body").inner_text()
    assert asked(page) == QUESTIONS
    server.start()
    lost.wait_for(state="detached", timeout=60_000)
    assert page.locator(BOX).input_value() == "What I was typing"
    page.locator(BOX).press("Enter")
    page.locator("#turn-3").wait_for()
    assert asked(page) == [*QUESTIONS, "What I was typing"]


def test_a_question_that_comes_before_a_restarted_server_is_told_the_others_loses_none(
    page, server
):
    ask_both(page)
    page.evaluate(NEW_SERVER_IS_SILENT)
    server.stop()
    lost = page.get_by_role("alert").filter(has_text="connection is lost")
    lost.wait_for()
    server.start()
    lost.wait_for(state="detached", timeout=60_000)
    page.wait_for_timeout(2000)  # what the new server says first is over
    page.locator(BOX).fill("unknown")
    page.locator(BOX).press("Enter")
    page.locator("#turn-3").wait_for()
    assert asked(page) == [*QUESTIONS, "unknown"]
    assert in_address(page) == [*QUESTIONS, "unknown"]


@pytest.mark.parametrize("question", ["", "unknown"])
def test_questions_that_were_lost_on_the_way_to_a_restarted_server_are_sent_again(
    page, server, question
):
    ask_both(page)
    page.evaluate(LOSES_THE_FIRST)
    server.stop()
    lost = page.get_by_role("alert").filter(has_text="connection is lost")
    lost.wait_for()
    server.start()
    lost.wait_for(state="detached", timeout=60_000)
    if question:
        page.wait_for_timeout(2000)  # they are lost
        page.locator(BOX).fill(question)
        page.locator(BOX).press("Enter")
        page.locator("#turn-3").wait_for()
    else:
        page.evaluate("window.quotewell.comeBack()")
    page.wait_for_function("() => !document.documentElement.hasAttribute('data-qw-waiting')")
    assert asked(page) == in_address(page) == [*QUESTIONS, *filter(None, [question])]


def test_a_question_in_flight_when_the_server_dies_is_asked_again(page, server):
    ask(page, "What about radiation?")
    page.wait_for_function("() => location.hash.includes('radiation')")
    server.freeze()
    page.locator(BOX).fill("unknown")
    page.locator(BOX).press("Enter")
    page.locator("#qw-echo h2").wait_for()
    server.stop()
    page.get_by_role("alert").filter(has_text="connection is lost").wait_for()
    assert page.locator("#qw-echo h2").text_content() == "unknown"
    server.start()
    page.locator("#turn-2").wait_for(timeout=60_000)
    assert asked(page) == ["What about radiation?", "unknown"]
    assert in_address(page) == ["What about radiation?", "unknown"]


def test_a_short_break_loses_nothing(page, server):
    ask_both(page)
    page.evaluate("window.streamlitDebug.disconnectWebsocket()")
    page.wait_for_function(
        "() => document.querySelector('.stApp').dataset.testConnectionState === 'CONNECTED'"
    )
    ask(page, "And then?", 3)
    assert asked(page) == [*QUESTIONS, "And then?"]


def test_without_storage_the_address_keeps_the_conversation(browser, server):
    with visit(browser, server.address, script="delete window.sessionStorage") as page:
        page.locator(".qw-suggestion").first.wait_for()
        ask_both(page)
        page.reload()
        assert asked(page) == QUESTIONS


def test_a_click_while_a_conversation_is_brought_back_loses_none_of_it(browser, server):
    questions = [f"slow {number}" for number in range(1, 11)]
    link = urlencode([("q", question) for question in questions])
    with visit(browser, f"{server.address}#{link}", 1200, 800) as page:
        page.locator("#qw-echo h2").wait_for()
        page.get_by_text("Patient", exact=True).click()
        page.locator("#turn-10").wait_for()
        page.wait_for_function("() => location.search.includes('audience=patient')")
        page.wait_for_function("() => location.hash.includes('slow+10')")
        assert asked(page) == in_address(page) == questions
        assert page.get_by_role("radio", name="Patient").is_checked()
        page.reload()
        assert asked(page) == questions


@pytest.mark.parametrize("choice", ["audience", "filter"])
def test_a_choice_while_an_answer_is_looked_for_does_not_keep_it_away(page, choice):
    question = " ".join(["slow"] * 10)
    page.locator(BOX).fill(question)
    page.locator(BOX).press("Enter")
    page.locator("#qw-echo h2").wait_for()
    page.wait_for_timeout(700)  # until it is asked
    if choice == "audience":
        page.get_by_text("Patient", exact=True).click()
    else:
        page.locator(".qw-within summary").click()
        page.get_by_label("patient information page").check()
    assert asked(page) == [question]
    assert page.locator("#qw-echo h2").count() == 0
    if choice == "audience":
        page.wait_for_function("() => location.search.includes('audience=patient')")
    else:
        page.locator(".qw-within-said", has_text="1 of 4 documents").wait_for()
    assert in_address(page) == [question]


def test_what_lies_over_is_found_first_and_the_rest_below():
    laid = Over({"a": 1, "c": 3}, {"a": 0, "b": 2})
    assert dict(laid) == {"a": 1, "b": 2, "c": 3}
    assert len(laid) == 3
    assert "d" not in laid
