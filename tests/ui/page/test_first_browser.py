"""The first screen in a real Chromium: what is known here, who asks, and where to ask."""

import pytest

from tests.ui.chat_site import NEEDS_CHROMIUM, ask, axe_finds, settle, visit
from tests.ui.page.test_arrival import MOST_SHIFT, SHIFTS

pytestmark = NEEDS_CHROMIUM

SIZES = [(320, 640), (360, 740), (1200, 800)]
LINES = """(one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  return new Set([...range.getClientRects()].map((box) => Math.round(box.bottom / 4))).size;
}"""
"""How many lines of text an element has."""


def box_of(page, selector):
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_start_breaks_no_rule_and_stands_still(browser, address, width, height, scheme):
    with visit(browser, address, width, height, SHIFTS, color_scheme=scheme) as page:
        page.locator(".qw-suggestion").first.wait_for()
        page.wait_for_timeout(1500)
        assert page.evaluate("shifted") <= MOST_SHIFT
        assert axe_finds(page) == []
        overflow = "main => main.scrollWidth - main.clientWidth"
        assert page.locator(".stMain").evaluate(overflow) <= 0


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_subject_documents_and_box_are_seen_without_scrolling(browser, address, width, height):
    with visit(browser, address, width, height) as page:
        page.locator(".qw-suggestion").first.wait_for()
        for seen in (".qw-lead", ".qw-library h2", "textarea", ".qw-always"):
            box = box_of(page, seen)
            assert 0 <= box["y"] < box["y"] + box["height"] <= height, seen
        assert page.get_by_text("I am a", exact=True).is_visible()
        assert page.get_by_role("radio", checked=True).count() == 0


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_box_is_in_the_middle_until_something_is_asked(browser, address, width, height):
    with visit(browser, address, width, height) as page:
        page.locator(".qw-suggestion").first.wait_for()
        assert box_of(page, ".qw-library")["y"] < box_of(page, "textarea")["y"]
        assert box_of(page, "textarea")["y"] < box_of(page, ".qw-suggestion")["y"]
        ask(page, "What about radiation?")
        settle(page, "turn-1")
        assert 0 <= box_of(page, "#turn-1-question")["y"] <= 120
        bar = box_of(page, ".st-key-ask")
        assert abs(bar["y"] + bar["height"] - height) <= 2
        assert page.locator(".qw-library").count() == 0


@pytest.mark.parametrize("width", [320, 360])
def test_what_this_is_not_takes_one_line_of_a_phone(browser, address, width):
    with visit(browser, address, width) as page:
        assert page.locator(".qw-always").evaluate(LINES) == 1
        ask(page, "What about radiation?")
        assert page.locator(".qw-always").evaluate(LINES) == 1
        assert page.get_by_text("Not medical advice").is_visible()


def test_advice_is_refused_in_a_quiet_line_and_an_emergency_loudly(browser, address):
    with visit(browser, address, 360, 640) as page:
        style = "one => [getComputedStyle(one).borderTopWidth, getComputedStyle(one).fontWeight]"
        ask(page, "What about my own case?")
        quiet = page.locator(".qw-personal_advice")
        assert quiet.evaluate(style) == ["0px", "400"]
        assert quiet.bounding_box()["height"] < 30
        assert axe_finds(page) == []
        ask(page, "Is it an emergency?", 2)
        assert page.locator(".qw-emergency").evaluate(style) == ["2px", "600"]
        ask(page, "What is unknown in my own case?", 3)
        assert page.locator("#turn-3 .qw-personal_advice").evaluate(style) == ["1px", "400"]


def test_a_link_chooses_who_asks_and_the_choice_stays_in_the_address(browser, address):
    with visit(browser, f"{address}?audience=educator") as page:
        page.get_by_role("radio", name="Educator", checked=True).wait_for()
        page.get_by_role("radio", name="Patient").click()
        page.wait_for_url("**/?audience=patient")
        page.get_by_text("Texts written for patients come first.").wait_for()


def test_a_card_leads_to_the_sources_without_loading_the_page_again(browser, address):
    with visit(browser, f"{address}?audience=patient") as page:
        page.evaluate("window.loadedOnce = true")
        page.locator(".qw-documents a").nth(1).click()
        page.get_by_role("heading", level=1, name="Sources").wait_for()
        assert page.url == f"{address}sources?audience=patient#patient_guide"
        assert page.evaluate("window.loadedOnce")


def test_what_cannot_be_seen_is_not_asked(browser, address):
    with visit(browser, address) as page:
        page.locator("textarea").fill("\u200b \u2060")
        page.locator("textarea").press("Enter")
        page.wait_for_timeout(500)
        assert page.locator(".qw-turn, .qw-problem").count() == 0
        assert page.locator(".qw-welcome").is_visible()
        ask(page, "What about radiation?")


@pytest.mark.parametrize("path", ["sources", "about", "sheet", "quiz"])
def test_no_page_asks_for_what_is_not_there(browser, address, path):
    page, failed = browser.new_page(), []
    page.on("response", lambda one: failed.append(one.url) if one.status >= 400 else None)
    page.on("console", lambda one: failed.append(one.text) if one.type == "error" else None)
    page.goto(f"{address}{path}")
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_timeout(500)
    assert failed == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_unknown_address_is_not_found_and_says_where_to_go(browser, address, scheme):
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page = context.new_page()
    assert page.goto(f"{address}nowhere").status == 404
    assert axe_finds(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Sources").click()
    page.get_by_role("heading", level=1, name="Sources").wait_for()
    context.close()
