"""The whole document beside an answer, in a sheet on a phone and on the Sources page, in Chromium."""

import pytest

from tests.ui.chat_site import NEEDS_CHROMIUM, ask, axe_finds, settle, visit
from tests.ui.conftest import LongAnswerer
from tests.ui.embed_site import fake_server
from tests.ui.page.test_arrival import COVERED, MOST_SHIFT, SHIFTS

pytestmark = NEEDS_CHROMIUM

VIEWER = ".qw-source[open] > .qw-viewer"
CURRENT = f"{VIEWER} mark[data-current]"
TEXT = f"{VIEWER} .qw-whole"
CENTRE = """(body) => {
  const mark = body.querySelector("mark[data-current]").getBoundingClientRect();
  const view = body.getBoundingClientRect();
  return (mark.top + mark.height / 2 - view.top) / view.height;
}"""
"""Where the middle of the marked quote is in the view: 0 is its top, 1 its bottom."""
OPENED = """(summary) => new Promise((done) => {
  const start = performance.now();
  summary.click();
  const look = () => document.querySelector(".qw-viewer .qw-whole mark[data-current]")
    ? requestAnimationFrame(() => done(performance.now() - start)) : requestAnimationFrame(look);
  look();
})"""
MOST_MS = 3000
"""To open a document of 5,000 sentences; a few hundred milliseconds where nothing else runs."""
FOCUSED = "(document.activeElement.textContent || document.activeElement.ariaLabel)"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Serve the library that has a document of 5,000 sentences."""
    log = tmp_path_factory.mktemp("long") / "log"
    with fake_server(log, "localhost", "*", FAKE_LIBRARY="LongAnswerer") as address:
        yield f"{address}/"


@pytest.fixture
def wide(browser, library):
    with visit(browser, library, 1200, 800) as page:
        ask(page, "guideline")
        page.locator(CURRENT).wait_for()
        yield page


@pytest.fixture
def phone(browser, library):
    with visit(browser, library, 360, 640) as page:
        ask(page, "guideline")
        settle(page, "turn-1")
        yield page


def guideline():
    return LongAnswerer().documents["guideline"]


def tool(page, name):
    return page.locator(".qw-viewer").get_by_role("button", name=name, exact=True)


def still(page):
    page.wait_for_timeout(600)


def centre(page):
    still(page)
    return page.locator(f"{VIEWER} .qw-viewer-body").evaluate(CENTRE)


def summary(page, number=0):
    return page.locator(".qw-source > summary").nth(number)


def test_the_whole_document_opens_at_the_quote_in_the_middle(wide):
    assert wide.locator(TEXT).evaluate("one => one.textContent") == guideline().text
    assert wide.locator(CURRENT).text_content() == "Advice 25.12 on 𝒳 for adults."
    assert 0.4 < centre(wide) < 0.6


@pytest.mark.parametrize("doc", ["awkward", "hostile"])
def test_no_character_of_a_document_is_changed_and_nothing_in_it_runs(browser, library, doc):
    with visit(browser, library, 1200, 800) as page:
        ask(page, doc)
        page.locator(CURRENT).first.wait_for()
        document = LongAnswerer().documents[doc]
        assert page.locator(TEXT).evaluate("one => one.textContent") == document.text
        marked = page.locator(TEXT).evaluate(
            "one => [...one.querySelectorAll('mark')].map((mark) => mark.textContent)"
        )
        assert marked == [sentence.text for sentence in document.sentences]
        assert page.evaluate("window.__x") is None
        assert page.locator(f"{TEXT} :is(img, script, svg, iframe, form, style)").count() == 0


def test_all_quotes_are_marked_and_one_steps_from_each_to_the_next(wide):
    assert wide.locator(f"{TEXT} mark").all_text_contents() == [
        f"Advice {place} on 𝒳 for adults." for place in ("0.20", "25.12", "49.70")
    ]
    steps = wide.locator(".qw-steps > span")
    assert steps.text_content() == "Quote 1 (2 of 3)"
    tool(wide, "Next quote").press("Enter")
    wide.get_by_text("Quote 3 (3 of 3)").wait_for()
    assert wide.locator(CURRENT).text_content() == "Advice 49.70 on 𝒳 for adults."
    assert 0.4 < centre(wide) < 0.6
    assert wide.evaluate("document.activeElement.ariaLabel") == "Next quote"
    wide.keyboard.press("Enter")
    wide.get_by_text("Quote 2 (1 of 3)").wait_for()
    tool(wide, "Previous quote").click()
    wide.get_by_text("Quote 3 (3 of 3)").wait_for()
    assert wide.locator(".qw-source[open]").count() == 1


def test_words_are_found_counted_and_stepped_through(wide):
    tool(wide, "Find").click()
    field = wide.get_by_role("searchbox", name="Find in this document")
    assert field.evaluate("one => one === document.activeElement")
    field.fill("advice 30.9")
    count = wide.locator(".qw-find output")
    count.get_by_text("1 of 5").wait_for()
    found = "() => [...CSS.highlights.get('qw-hit')].map(String).join()"
    assert wide.evaluate(found) == "Advice 30.9"
    still(wide)
    where = "() => [...CSS.highlights.get('qw-hit')][0].getBoundingClientRect().top"
    assert 200 < wide.evaluate(where) < 700
    field.press("Enter")
    count.get_by_text("2 of 5").wait_for()
    field.press("Shift+Enter")
    field.press("Shift+Enter")
    count.get_by_text("5 of 5").wait_for()
    field.fill("(nothing*")
    count.get_by_text("Not found").wait_for()
    field.fill("adults")
    count.get_by_text("of 1000 or more").wait_for()
    wide.keyboard.press("Escape")
    assert wide.evaluate("CSS.highlights.size") == 0
    assert wide.evaluate(FOCUSED) == "Find"
    assert wide.locator(TEXT).evaluate("one => one.textContent") == guideline().text


def test_the_contents_lead_to_headings_and_figures(wide):
    tool(wide, "Contents").press("Enter")
    contents = wide.get_by_role("navigation", name="Contents")
    assert contents.get_by_role("link").count() == 100
    contents.get_by_role("link", name="Part 40", exact=True).click()
    still(wide)
    heading = wide.get_by_role("heading", name="Part 40", exact=True)
    assert heading.evaluate("one => one.localName") == "h4"
    assert heading.evaluate("one => one === document.activeElement")
    body = wide.locator(f"{VIEWER} .qw-viewer-body").bounding_box()
    assert 0 <= heading.bounding_box()["y"] - body["y"] < 60
    assert not contents.is_visible()
    assert "#q=" in wide.url


@pytest.mark.parametrize("way", ["button", "Escape", "back"])
def test_on_a_phone_the_sheet_shows_the_quote_and_every_way_back_leads_back(phone, way):
    address = phone.url
    summary(phone).click()
    phone.locator(CURRENT).wait_for()
    assert 0.35 < centre(phone) < 0.65
    mark, bar = phone.locator(CURRENT).bounding_box(), phone.locator(".st-key-ask").bounding_box()
    assert mark["y"] > 0
    assert mark["y"] + mark["height"] <= bar["y"]
    assert phone.evaluate(COVERED, CURRENT) == 0
    if way == "button":
        tool(phone, "Close").click()
    elif way == "Escape":
        phone.keyboard.press("Escape")
    else:
        phone.go_back()
    phone.locator(VIEWER).wait_for(state="detached")
    still(phone)
    assert summary(phone).evaluate("one => one === document.activeElement")
    assert phone.url == address
    assert phone.locator("#turn-1").count() == 1
    summary(phone, 1).click()
    phone.locator(CURRENT).wait_for()
    phone.go_back()
    phone.locator(VIEWER).wait_for(state="detached")
    assert phone.locator("#turn-1").count() == 1


def test_the_sheet_closes_when_the_focus_goes_behind_it(phone):
    summary(phone).press("Enter")
    phone.locator(CURRENT).wait_for()
    assert phone.evaluate("document.activeElement.className") == "qw-viewer-body"
    phone.keyboard.press("Tab")
    phone.locator(VIEWER).wait_for(state="detached")
    assert phone.evaluate(FOCUSED) == "Copy with citation"


def test_a_link_above_the_sheet_leads_where_it_says_and_back_leads_back(phone):
    address = phone.url
    phone.locator(".stMain").evaluate("one => one.scrollTo(0, 0)")
    summary(phone).evaluate("one => one.click()")
    phone.locator(CURRENT).wait_for()
    phone.get_by_role("navigation", name="Pages").get_by_role("link", name="About").click()
    phone.locator(".qw-about").wait_for()
    still(phone)
    assert phone.url.endswith("/about")
    phone.go_back()
    phone.locator("#turn-1").wait_for()
    assert phone.url == address


def test_nothing_moves_when_a_source_opens(browser, library):
    for width, height in [(360, 640), (1200, 800)]:
        with visit(browser, library, width, height, script=SHIFTS) as page:
            ask(page, "guideline")
            settle(page, "turn-1")
            still(page)
            page.evaluate("window.shifted = 0")
            summary(page, 1).evaluate("one => one.click()")  # no input: every shift counts
            page.locator(CURRENT).wait_for()
            still(page)
            tool(page, "Next quote").evaluate("one => one.click()")
            still(page)
            assert page.evaluate("shifted") <= MOST_SHIFT


def test_a_document_of_5000_sentences_opens_in_no_time(phone):
    assert summary(phone).evaluate(OPENED) < MOST_MS


def test_a_document_is_fetched_once(phone):
    fetched = []
    phone.on("request", lambda request: fetched.append(request.url))
    for number in range(3):
        summary(phone, number).evaluate("one => one.click()")
        phone.locator(CURRENT).wait_for()
        still(phone)
    assert [url for url in fetched if "/documents/" in url] == [
        f"{phone.url.partition('#')[0]}documents/guideline"
    ]


def test_without_the_document_the_part_around_the_quote_is_shown_and_what_to_do(phone):
    phone.route("**/documents/*", lambda route: route.abort())
    summary(phone).click()
    phone.get_by_role("alert").filter(has_text="Close it and open it again").wait_for()
    assert phone.locator(f"{VIEWER} mark").text_content() == "Advice 25.12 on 𝒳 for adults."
    tool(phone, "Close").click()
    phone.unroute("**/documents/*")
    summary(phone).click()
    phone.locator(CURRENT).wait_for()
    assert phone.get_by_text("could not be loaded").count() == 0


def test_a_document_that_has_changed_is_not_marked(phone):
    changed = '<nav></nav><div class="qw-whole"><p data-start="0">Other words.</p></div>'
    phone.route("**/documents/*", lambda route: route.fulfill(body=changed))
    summary(phone).click()
    phone.get_by_role("alert").filter(has_text="has changed").wait_for()
    assert phone.locator(CURRENT).count() == 0


@pytest.mark.parametrize(("width", "height"), [(320, 200), (640, 400)])
def test_at_high_zoom_the_marked_quote_is_covered_by_nothing(browser, library, width, height):
    with visit(browser, library, width, height) as page:
        ask(page, "guideline")
        settle(page, "turn-1")
        summary(page).click()
        page.locator(CURRENT).wait_for()
        still(page)
        assert page.evaluate(COVERED, CURRENT) == 0
        box = page.locator(CURRENT).bounding_box()
        assert 0 <= box["y"] < box["y"] + box["height"] <= height


def find_open(page):
    tool(page, "Find").click()
    page.keyboard.type("adults")
    page.locator(".qw-find output").get_by_text("of 1000 or more").wait_for()


def contents_open(page):
    tool(page, "Contents").click()


def plain(page):
    still(page)


@pytest.mark.parametrize("reach", [plain, find_open, contents_open], ids=lambda one: one.__name__)
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1200, "light")])
def test_no_state_of_the_viewer_breaks_a_rule_of_wcag(browser, library, reach, width, scheme):
    with visit(browser, library, width, color_scheme=scheme) as page:
        ask(page, "guideline")
        settle(page, "turn-1")
        if width == 320:
            summary(page).click()
        page.locator(CURRENT).wait_for()
        reach(page)
        assert axe_finds(page) == []
        page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
        assert axe_finds(page) == []


@pytest.mark.parametrize("width", [360, 1200])
def test_the_sources_page_is_a_document_to_read_with_its_contents(browser, library, width):
    with visit(browser, f"{library}sources?audience=patient", width, 800) as page:
        page.locator(".qw-whole").wait_for()
        report = LongAnswerer().documents["case_report"].text
        assert page.locator(".qw-whole").evaluate("one => one.textContent") == report
        page.get_by_role("link", name="Guideline, Reuben 2024").click()
        page.get_by_role("heading", name="Guideline, Reuben 2024").wait_for()
        page.get_by_role("heading", name="A long guideline").wait_for()
        still(page)
        assert page.evaluate(FOCUSED) == "Guideline, Reuben 2024"
        assert page.locator(".qw-whole").evaluate("one => one.textContent") == guideline().text
        assert axe_finds(page) == []
        if width == 360:
            tool(page, "Contents").click()
        page.get_by_role("navigation", name="Contents").get_by_text("Part 7", exact=True).click()
        still(page)
        heading = page.get_by_role("heading", name="Part 7", exact=True)
        assert 0 <= heading.bounding_box()["y"] < 200
        assert page.url == f"{library}sources?audience=patient#guideline-section-15"
        page.reload()
        heading.wait_for()
        still(page)
        assert 0 <= heading.bounding_box()["y"] < 200
        page.go_back()
        page.wait_for_function("document.activeElement.localName === 'h2'")
        page.go_back()
        page.get_by_role("heading", name="Case report, Reuben 2024").wait_for()
        assert page.locator(".qw-document:visible").count() == 1
