"""The page of a PDF in the component, with the quote marked, in Chromium."""

import pytest

from tests.ui.embed_site import NEEDS_CHROMIUM, ask, component_visits, fake_server, violations

pytestmark = NEEDS_CHROMIUM

PICTURE = ".page img"


@pytest.fixture(scope="module")
def paged(tmp_path_factory):
    log = tmp_path_factory.mktemp("paged") / "log"
    with fake_server(
        log, "127.0.0.1", "*", FAKE_LIBRARY="tests.ui.web.paged.PagedAnswerer"
    ) as address:
        yield address


@pytest.fixture
def visit(browser, paged):
    with component_visits(browser, paged) as visit:
        yield visit


@pytest.mark.parametrize("question", ["page", "beside"])
def test_the_page_with_the_quote_marked_is_fetched_when_it_is_opened(visit, question):
    page, asked = visit(), []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, question)
    assert not [url for url in asked if "/documents/" in url]
    page.get_by_text("Show on the page").first.click()
    page.locator(PICTURE).first.wait_for()
    page.get_by_text("Page 1 of 3, numbered 271").first.wait_for()
    assert "start=" in page.locator(PICTURE).first.get_attribute("src")
    assert page.locator(PICTURE).first.get_attribute("alt").startswith("Page 1 of 3, numbered 271")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page, "quotewell-ask") == ""


def test_a_quote_without_pages_offers_none(visit):
    page = visit()
    ask(page, "What about radiation?")
    assert page.get_by_text("Show on the page").count() == 0


def test_in_a_frame_too(visit):
    page = visit("/framed", 768)
    frame = page.frame_locator("iframe")
    ask(frame, "page")
    frame.get_by_text("Show on the page").first.click()
    frame.locator(PICTURE).first.wait_for()


def test_a_page_that_does_not_come_is_said(visit):
    page = visit()
    ask(page, "page")
    page.route("**/marks*", lambda route: route.abort())
    page.get_by_text("Show on the page").first.click()
    page.get_by_text("The page could not be loaded.").wait_for()
