"""The page of a PDF beside the answer, with the quote marked on it, in Chromium."""

import pytest

from tests.ui.chat_site import NEEDS_CHROMIUM, ask, axe_finds, settle, visit
from tests.ui.embed_site import fake_server
from tests.ui.page.test_arrival import MOST_SHIFT, SHIFTS

pytestmark = NEEDS_CHROMIUM

MARKS = ".qw-page-marks i[data-current]"
PICTURE = ".qw-page-sheet img"
LOADED = f"() => document.querySelector('{PICTURE}')?.complete && document.querySelector('{PICTURE}').naturalWidth > 0"
PAGES = "**/api/documents/*/pages/*"
SEEN = """(scroll) => {
  const room = scroll.getBoundingClientRect();
  return [...scroll.querySelectorAll("i[data-current]")].every((mark) => {
    const box = mark.getBoundingClientRect();
    return box.top >= room.top && box.bottom <= room.bottom && box.left >= room.left;
  });
}"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    log = tmp_path_factory.mktemp("paged") / "log"
    with fake_server(
        log, "localhost", "*", FAKE_LIBRARY="tests.ui.web.paged.PagedAnswerer"
    ) as address:
        yield f"{address}/"


def button(page, name):
    return page.locator(".qw-viewer").get_by_role("button", name=name, exact=True)


def to_page(page):
    button(page, "Page").click()
    page.locator(MARKS).first.wait_for()
    page.wait_for_function(LOADED)


@pytest.fixture
def wide(browser, library):
    with visit(browser, library, 1200, 800, script=SHIFTS) as page:
        ask(page, "page")
        page.locator(".qw-viewer mark[data-current]").wait_for()
        yield page


@pytest.fixture
def phone(browser, library):
    with visit(browser, library, 320, 640) as page:
        ask(page, "page")
        settle(page, "turn-1")
        page.locator(".qw-source > summary").first.click()
        to_page(page)
        yield page


def test_nothing_of_the_pages_is_fetched_before_they_are_asked_for(browser, library):
    with visit(browser, library, 1200, 800) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        ask(page, "page")
        page.locator(".qw-viewer mark[data-current]").wait_for()
        assert not [url for url in asked if "/api/" in url]


def test_the_page_of_the_quote_opens_with_the_quote_marked_in_view(wide):
    to_page(wide)
    assert wide.locator(".qw-page-where").text_content() == "Page 271 (1 of 3)"
    assert wide.locator(MARKS).count() == 2
    assert wide.locator(".qw-page-scroll").evaluate(SEEN)
    alt = wide.locator(PICTURE).get_attribute("alt")
    assert alt.startswith("Page 1 of 3, numbered 271 of “Pastimes and pain")
    assert "The quote is marked in it." in alt


def test_one_goes_from_quote_to_quote_and_from_page_to_page(wide):
    to_page(wide)
    button(wide, "Next quote").click()
    wide.get_by_text("Page 273 (3 of 3)").wait_for()
    wide.wait_for_function(LOADED)
    assert wide.locator(".qw-page-scroll").evaluate(SEEN)
    button(wide, "Previous page").click()
    wide.get_by_text("Page 272 (2 of 3)").wait_for()
    assert wide.locator(MARKS).count() == 0
    button(wide, "To the quote on page 273").click()
    wide.get_by_text("Page 273 (3 of 3)").wait_for()
    assert wide.locator(MARKS).count() > 0
    button(wide, "Next page").press("Enter")
    assert wide.locator(".qw-page-where").text_content() == "Page 273 (3 of 3)"


def test_it_is_enlarged_by_buttons_and_keys_and_the_quote_stays_in_view(wide):
    to_page(wide)
    before = wide.locator(".qw-page-sheet").bounding_box()["width"]
    button(wide, "Larger").click()
    wide.locator(".qw-page-scroll").press("+")
    assert wide.locator(".qw-page-sheet").bounding_box()["width"] == pytest.approx(
        1.5 * before, 0.02
    )
    assert wide.locator(".qw-page-scroll").evaluate(SEEN)
    wide.locator(".qw-page-scroll").press("0")
    assert wide.locator(".qw-page-sheet").bounding_box()["width"] == pytest.approx(before, 0.02)
    wide.locator(".qw-page-scroll").press("ArrowRight")
    wide.get_by_text("Page 272 (2 of 3)").wait_for()


def test_the_text_is_a_click_away_at_the_quote_and_back(wide):
    to_page(wide)
    button(wide, "Text").click()
    assert wide.locator(".qw-viewer mark[data-current]").first.is_visible()
    assert not wide.locator(".qw-page").is_visible()
    to_page(wide)


def test_text_that_has_its_pdf_beside_it_is_shown_there(browser, library):
    with visit(browser, library, 1200, 800) as page:
        ask(page, "beside")
        page.locator(".qw-viewer mark[data-current]").wait_for()
        to_page(page)
        assert page.locator(".qw-page-where").text_content() == "Page 271 (1 of 3)"


@pytest.mark.parametrize("question", ["radiation", "closed"])
def test_a_document_without_pages_to_show_offers_none(browser, library, question):
    with visit(browser, library, 1200, 800) as page:
        ask(page, question)
        page.locator(".qw-viewer mark[data-current]").first.wait_for()
        assert not button(page, "Page").is_visible()


def test_nothing_moves_when_the_picture_has_come(wide):
    held = []
    wide.route(PAGES, lambda route: held.append(route))
    button(wide, "Page").click()
    wide.locator(MARKS).first.wait_for()
    wide.get_by_text("Loading the page…").wait_for()
    before = wide.locator(".qw-page-sheet").bounding_box()
    wide.evaluate("window.shifted = 0")
    for route in held:
        route.continue_()
    wide.wait_for_function(LOADED)
    assert wide.locator(".qw-page-sheet").bounding_box() == before
    assert wide.evaluate("window.shifted ?? 0") <= MOST_SHIFT


def test_a_picture_that_does_not_come_is_said_and_tried_again(wide):
    wide.route(PAGES, lambda route: route.abort())
    button(wide, "Page").click()
    wide.get_by_text("could not be loaded").wait_for()
    wide.unroute(PAGES)
    button(wide, "Try again").click()
    wide.wait_for_function(LOADED)
    assert wide.locator(".qw-page-note").text_content() == ""


def test_on_a_phone_the_quote_can_be_read_and_nothing_is_wider_than_the_screen(phone):
    assert phone.locator(".qw-page-where").is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    assert phone.locator(".qw-page-sheet").bounding_box()["width"] > 500
    assert phone.locator(".qw-page-scroll").evaluate(SEEN)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_it_breaks_no_rule_of_accessibility(browser, library, scheme, forced):
    with visit(browser, library, 1200, 800, color_scheme=scheme, forced_colors=forced) as page:
        ask(page, "page")
        page.locator(".qw-viewer mark[data-current]").wait_for()
        to_page(page)
        assert axe_finds(page) == []
