"""The choice of what is searched, in a real Chromium: by mouse and key, kept, and undone."""

import pytest

from tests.ui.chat_site import NEEDS_CHROMIUM, ask, axe_finds, status, visit

pytestmark = NEEDS_CHROMIUM

GUIDES = "1 of 4 documents: patient information page"


@pytest.fixture
def page(browser, address):
    with visit(browser, address, 1200, 800) as page:
        page.locator("textarea").wait_for()
        yield page


def summary(page):
    return page.locator(".qw-within summary")


def choose_guides(page):
    summary(page).click()
    page.get_by_label("patient information page").check()
    page.locator(".qw-within-said", has_text=GUIDES).wait_for()


def test_a_choice_is_said_searched_linked_and_undone(page, browser):
    choose_guides(page)
    assert page.locator(".qw-within").evaluate("one => one.open")
    assert page.get_by_label("patient information page").is_checked()
    assert status(page) == f"Searched from now on: {GUIDES}"
    ask(page, "What about radiation?")
    said = page.locator(".qw-searched")
    assert said.text_content().startswith("Searched: 1 of 4 documents (patient information page),")
    assert page.locator(".qw-newest .qw-card").count() == 1
    page.wait_for_function("() => location.hash.startsWith('#q+in+kind')")
    page.reload()
    said.wait_for()
    assert page.locator(".qw-within-said").text_content() == GUIDES
    with visit(browser, page.url.replace("in=kind", "no=kind"), 360, 640) as other:
        other.locator(".qw-searched").wait_for()
        assert other.locator(".qw-within-said").text_content() == "All 4 documents"
    said.get_by_role("button", name="Search all documents").click()
    page.locator("#turn-2 .qw-card").nth(1).wait_for()
    assert page.locator("#turn-2 .qw-searched").count() == 0
    page.locator(".qw-within-said", has_text="All 4 documents").wait_for()
    assert not page.get_by_label("patient information page").is_checked()
    page.wait_for_function("() => location.hash.endsWith('&q=What+about+radiation%3F')")


def test_a_question_asked_on_its_own_is_asked_of_what_it_was_asked_of(page):
    choose_guides(page)
    ask(page, "What about radiation?")
    ask(page, "and why?", 2)
    page.locator(".qw-within summary").click()
    page.locator("[data-within-all]").click()
    page.locator(".qw-within-said", has_text="All 4 documents").wait_for()
    page.locator("#turn-2").get_by_role("button", name="Ask it on its own").click()
    page.locator("#turn-3 .qw-searched").wait_for()
    assert page.locator("#turn-3 .qw-read").count() == 0
    page.locator(".qw-within-said", has_text=GUIDES).wait_for()
    page.wait_for_function("() => location.hash.includes('&alone+in+kind')")


def test_nothing_found_in_what_is_searched_offers_the_rest(page):
    choose_guides(page)
    ask(page, "unknown")
    assert "Searched: 1 of 4 documents" in page.locator(".qw-searched").text_content()
    assert "Searched" not in page.locator(".qw-none").text_content()
    page.locator(".qw-searched").get_by_role("button").click()
    page.locator("#turn-2 .qw-none").wait_for()
    assert "Searched: 4 documents" in page.locator("#turn-2 .qw-none").text_content()


def test_the_choice_is_made_by_keyboard_and_escape_leads_back(page):
    summary(page).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator(".qw-within-said", has_text="1 of 4").wait_for()
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.keyboard.press("Escape")
    assert not page.locator(".qw-within").evaluate("one => one.open")
    assert summary(page).evaluate("one => one === document.activeElement")


def test_years_can_be_chosen_and_all_of_it_undone(page):
    summary(page).click()
    page.get_by_role("combobox", name="to").select_option("2019")
    page.locator(".qw-within-said", has_text="1 of 4 documents: up to 2019").wait_for()
    page.locator(".qw-within").get_by_role("button", name="Search all documents").click()
    page.locator(".qw-within-said", has_text="All 4 documents").wait_for()
    assert page.get_by_role("combobox", name="to").input_value() == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_the_choice_can_be_used_by_everyone(browser, address, scheme, width):
    with visit(browser, address, width, 700, color_scheme=scheme) as page:
        page.locator("textarea").wait_for()
        choose_guides(page)
        ask(page, "unknown")
        assert not page.locator(".qw-within").evaluate("one => one.open")
        assert axe_finds(page) == []
        summary(page).click()
        assert page.locator(".stMain").evaluate("one => one.scrollWidth - one.clientWidth") <= 0
        assert axe_finds(page) == []
