"""<quotewell-ask> in a real Chromium, on a page of another origin with its own Bootstrap CSS."""

import json

import pytest

from tests.ui.conftest import WELCOME
from tests.ui.embed_site import (
    NEEDS_CHROMIUM,
    ask,
    component_visits,
    host_page,
    host_site,
)

pytestmark = NEEDS_CHROMIUM

SUGGESTED = "What about radiation?"
LOOKS = """() => [...document.querySelectorAll("body, body *:not(quotewell-ask)")].map((one) => {
  const style = getComputedStyle(one);
  const attributes = one.getAttributeNames().map((name) => name + one.getAttribute(name));
  return [one.tagName, ...attributes, ...[...style].map((name) => name + style.getPropertyValue(name))].join();
})"""
"""Every element of a page but the component, and how it looks."""


@pytest.fixture
def visit(browser, server):
    with component_visits(browser, server) as visit:
        yield visit


def status(page):
    return page.locator("[role=status]").text_content()


def test_the_page_around_is_not_changed_in_any_way(visit, server):
    page = visit("/later", wait=False)
    looks, names = page.evaluate(LOOKS), page.evaluate("Object.getOwnPropertyNames(window)")
    assert len(looks) > 5
    page.add_script_tag(url=f"{server}/embed.js")
    ask(page, "What about radiation?")
    assert page.evaluate(LOOKS) == looks
    assert page.evaluate("Object.getOwnPropertyNames(window)") == names


def test_it_looks_the_same_whatever_the_page_looks_like(visit):
    page = visit(width=768)
    ask(page, "What about radiation?")
    style = page.locator(".text").first.evaluate(
        "one => (({display, whiteSpace, textAlign, fontSize}) => [display, whiteSpace, textAlign, fontSize])(getComputedStyle(one))"
    )
    assert style == ["block", "pre-wrap", "start", "19px"]
    card = page.locator("li.card").first.evaluate("one => getComputedStyle(one).borderTopWidth")
    assert card == "1px"


def test_a_number_in_brackets_opens_its_reference_as_second_hand(visit):
    page = visit()
    ask(page, "What about radiation?")
    page.locator("button.cited").first.press("Enter")
    entry = page.locator(".references li").first
    assert entry.is_visible()
    assert entry.text_content().startswith("[9] Doe J. Radiation and response. 2019.")
    assert entry.locator("a").get_attribute("href") == "https://doi.org/10.1000/x9"
    assert page.locator(".references .small").first.text_content().startswith("Second-hand:")


def test_a_follow_up_is_asked_with_the_questions_before_it(visit):
    page, bodies = visit(), []
    page.on("request", lambda request: bodies.append(request.post_data))
    page.locator(".ideas button").first.click()
    page.locator(".turn").wait_for()
    ask(page, "And then, Jane Doe?")
    asked = [json.loads(body) for body in bodies if body]
    assert [(one["question"], one["history"]) for one in asked] == [
        (SUGGESTED, []),
        ("And then, Jane Doe?", [SUGGESTED]),
    ]


def test_a_follow_up_says_how_it_was_read_and_is_asked_alone_by_one_click(visit):
    page, bodies = visit(), []
    page.on("request", lambda request: bodies.append(request.post_data))
    ask(page, "First?")
    ask(page, "and why?")
    read = page.locator(".turn .read").first
    assert read.text_content().startswith("Read as: “First?” “and why?”")
    read.get_by_role("button", name="Ask it on its own").click()
    page.locator(".turn").nth(2).wait_for()
    assert json.loads(bodies[-1])["history"] == []
    assert page.locator(".turn .read").count() == 1


def test_each_question_of_a_message_has_its_quotes_or_that_there_are_none(visit):
    page = visit()
    ask(page, "radiation // unknown // b")
    turn = page.locator(".turn").first
    assert turn.locator(".part").all_text_contents() == ["radiation", "unknown", "b"]
    assert turn.locator(".number").all_text_contents() == ["1", "2"]
    assert turn.locator(".none").count() == 1
    assert turn.get_by_text("Quotes 1 and 2 answer this too.").is_visible()
    assert (
        page.locator(".status")
        .text_content()
        .endswith("2 quotes found. 1 of 3 questions not answered.")
    )


def test_thanks_get_the_notice_and_nothing_else(visit):
    page = visit()
    ask(page, "thank you")
    turn = page.locator(".turn").first
    assert turn.locator(".notice").text_content() == WELCOME
    assert turn.locator(".none, .card, .problem").count() == 0
    assert status(page).strip().endswith(WELCOME)


def test_the_date_and_the_context_of_a_quote_stand_beside_it(visit):
    page = visit()
    ask(page, "approved")
    card = page.locator("li.card").first
    assert card.locator(".dated").text_content() == "As of June 2024."
    assert card.locator(".small").first.text_content().startswith("Context: “The patient required")


@pytest.mark.parametrize(
    ("question", "first"), [("radiation", "Side effects can"), ("danger", "After his course")]
)
def test_patients_read_their_own_texts_first_unless_safety_fixed_the_order(visit, question, first):
    page = visit()
    page.locator("quotewell-ask").evaluate("one => one.setAttribute('audience', 'patient')")
    ask(page, question)
    assert page.locator(".text").first.text_content().startswith(first)


def test_not_found_shows_what_is_closest_plainly_not_as_an_answer(visit):
    page = visit()
    ask(page, "unknown")
    assert status(page) == "Question 1: The documents do not answer this."
    assert "4 documents, 98 passages" in page.locator(".none").text_content()
    assert (
        page.locator(".closest").text_content() == "The closest passages. They are not an answer:"
    )
    assert page.locator(".related .card").count() == 2
    assert page.locator(".number").count() == page.locator(".problem").count() == 0


def test_a_failure_looks_and_sounds_different(visit, server):
    page = visit()
    ask(page, "crash of Jane Doe")
    assert "Something went wrong" in page.locator(".problem").text_content()
    assert page.locator(".none").count() == 0
    page.route(f"{server}/api/ask", lambda route: route.abort())
    ask(page, "And now?")
    assert "could not be reached" in page.locator(".problem").first.text_content()
    assert "could not be reached" in status(page)


def test_notices_stand_above_the_quotes(visit):
    page = visit()
    ask(page, "emergency")
    notice = page.locator(".notice.emergency")
    assert notice.text_content() == "Call your emergency number now."
    assert notice.bounding_box()["y"] < page.locator(".quotes").bounding_box()["y"]
    assert not page.locator(".ideas").is_visible()
    ask(page, "What about radiation?")
    assert page.locator(".ideas").is_visible()


def test_a_patient_reads_patient_texts_first(visit):
    page = visit("/patient")
    ask(page, "What about radiation?")
    assert page.locator(".label b").first.text_content() == "Patient guide"
    assert page.locator(".number").all_text_contents() == ["1", "2"]


def test_a_pinned_question_is_asked_without_moving_the_page(visit):
    page = visit("/pinned")
    page.locator(".turn").wait_for()
    assert page.evaluate("scrollY") == 0
    assert page.locator(".quotes .card").count() == 2


def test_a_script_of_type_module_finds_its_server(visit):
    page = visit("/module")
    ask(page, "What about radiation?")
    assert page.locator(".quotes .card").count() == 2


def test_copying_takes_the_quote_with_its_citation(visit, answerer):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "awkward")
    page.locator(".copy").nth(12).click()
    page.get_by_text("Copied", exact=True).first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    quote = answerer.documents["awkward"].sentences[12].text
    assert copied == (
        f"“{quote}”\nDaniel Y. Reuben. Awkward. Journal of Medical Cases. 2024 Jun 19. "
        "doi: 10.14740/jmc4237. (Awkward, paragraph 13)\n"
    )


def test_where_scripts_are_blocked_the_link_inside_stays(browser, server):
    link = f'<a href="{server}/embed?audience=clinician">Ask the documents</a>'
    with host_site({"/": host_page(f"<quotewell-ask>{link}</quotewell-ask>")}) as site:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(site)
        assert page.get_by_text("Ask the documents").is_visible()
        page.get_by_text("Ask the documents").click()
        assert "needs JavaScript" in page.locator("noscript").inner_text()
        page.context.close()
