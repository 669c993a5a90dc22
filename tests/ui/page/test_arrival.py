"""What happens around an answer in a real Chromium: focus, announcements, and a page that stands still."""

import pytest

from benchmarks.visits import count_bytes
from tests.ui.chat_site import NEEDS_CHROMIUM, ask, axe_finds, restartable_chat, settle, visit
from tests.ui.embed_site import host_page, host_site

pytestmark = NEEDS_CHROMIUM

SHIFTS = """(() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
  }).observe({ type: "layout-shift", buffered: true });
})();"""
"""Sums up layout shift as browsers do: what moves within half a second of an input is not counted."""
HEARD = """(() => {
  window.heard = [];
  const watch = (region) => new MutationObserver(() => {
    if (region.textContent) window.heard.push(`${region.role}: ${region.textContent}`);
  }).observe(region, { childList: true, characterData: true, subtree: true });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) {
    const root = attach.call(this, how);
    new MutationObserver((_, me) => {
      const regions = root.querySelectorAll("[role=alert], [role=status]");
      if (regions.length) { me.disconnect(); regions.forEach(watch); }
    }).observe(root, { childList: true, subtree: true });
    return root;
  };
  const focus = HTMLElement.prototype.focus;
  HTMLElement.prototype.focus = function (how) {
    if (this.id.startsWith("turn-")) window.heard.push(`focus: ${this.textContent}`);
    focus.call(this, how);
  };
})();"""
"""Notes what is announced, by which kind of region, and which heading gets the focus."""
MOST_SHIFT = 0.05
MOST_BYTES = 1_300_000
FOCUSED = "document.activeElement.id"
COVERED = """(selector) => {
  const overlap = (one, other) => one.contains(other) || other.contains(one);
  const one = document.querySelector(selector), box = one.getBoundingClientRect();
  const rows = [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => box.top + part * box.height);
  return rows.filter((y) => y > 0 && y < innerHeight).filter(
    (y) => !overlap(one, document.elementFromPoint(box.left + box.width / 2, y))).length;
}"""
"""How many of five places of an element that are in the window have something before them."""


def nav(page, name):
    page.get_by_role("navigation").get_by_role("link", name=name).click()


def test_the_focus_goes_to_the_heading_of_each_answer(browser, address):
    with visit(browser, address) as page:
        page.locator(".qw-suggestion").first.press("Enter")
        page.locator("#turn-1").wait_for()
        settle(page, "turn-1")
        assert page.evaluate(FOCUSED) == "turn-1-question"
        ask(page, "unknown", 2)
        settle(page, "turn-2")
        assert page.evaluate(FOCUSED) == "turn-2-question"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#turn-2') !== null")


def test_whoever_types_the_next_question_is_not_disturbed(browser, tmp_path):
    with (
        restartable_chat(tmp_path / "log") as server,
        visit(browser, server.address) as page,
    ):
        page.locator("textarea").fill("What about radiation?")
        server.freeze()
        page.locator("textarea").press("Enter")
        page.locator("textarea").press_sequentially("And then")
        server.thaw()
        page.locator("#turn-1").wait_for()
        settle(page, "turn-1")
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        assert page.locator("textarea").input_value() == "And then"


def test_the_notice_of_an_emergency_is_heard_before_everything_else(browser, address):
    with visit(browser, address, script=HEARD) as page:
        ask(page, "emergency")
        settle(page, "turn-1")
        heard = page.evaluate("heard")
        assert [each for each in heard if not each.startswith("status: Looking")] == [
            "alert: Call your emergency number now.",
            "status: Question 1: 2 quotes found.",
            "focus: emergency",
        ]


def test_every_page_has_its_own_title_one_heading_and_a_navigation(browser, address):
    with visit(browser, f"{address}?audience=educator") as page:
        for name in ("Ask", "Sources", "About", "Sheet", "Quiz"):
            nav(page, name)
            page.wait_for_function("name => document.title === `${name} · Quotewell`", arg=name)
            page.get_by_role("heading", level=1).wait_for()
            here = page.get_by_role("navigation").locator("[aria-current=page]")
            here.get_by_text(name, exact=True).wait_for()
            assert here.count() == 1
            assert page.get_by_role("main").count() == 1


def test_the_cards_are_named_by_number_and_source(browser, address):
    with visit(browser, address) as page:
        ask(page, "What about radiation?")
        for name in ("Quote 1: Case report", "Quote 2: Patient guide"):
            assert page.get_by_role("article", name=name).is_visible()


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1200, 800)])
def test_nothing_moves_by_itself(browser, address, width, height):
    with visit(browser, f"{address}?audience=patient", width, height, script=SHIFTS) as page:
        page.locator(".qw-suggestion").first.wait_for()
        page.wait_for_timeout(1500)
        for number, question in enumerate(["What about radiation?", "And then?"], start=1):
            ask(page, question, number)
            settle(page, f"turn-{number}")
            page.wait_for_timeout(700)
        page.locator("#turn-2 .qw-source summary").nth(1).click()
        page.wait_for_timeout(700)
        nav(page, "About")
        page.locator(".qw-about").wait_for()
        page.wait_for_timeout(700)
        nav(page, "Ask")
        page.locator("#turn-2").wait_for()
        page.wait_for_timeout(700)
        assert page.evaluate("shifted") <= MOST_SHIFT
        page.reload()
        page.locator("#turn-2").wait_for()
        page.wait_for_timeout(700)
        assert page.evaluate("shifted") <= MOST_SHIFT


def test_a_visit_loads_no_more_than_it_may(browser, address):
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    loaded = count_bytes(page, address)
    page.goto(address)
    ask(page, "What about radiation?")
    page.locator(".qw-source[open] .qw-whole").wait_for()
    page.wait_for_load_state("networkidle")
    assert 500_000 < loaded.http < loaded.total <= MOST_BYTES
    page.close()


@pytest.mark.parametrize(("width", "height"), [(320, 200), (640, 400)])
def test_at_high_zoom_nothing_stays_in_front_of_the_answer(browser, address, width, height):
    with visit(browser, address, width, height) as page:
        ask(page, "What about radiation?")
        settle(page, "turn-1")
        for selector in ("#turn-1-question", "#turn-1-quote-1", "#turn-1-quote-2"):
            page.locator(selector).evaluate("one => one.scrollIntoView({ block: 'start' })")
            assert page.evaluate(COVERED, selector) == 0
            assert page.locator(selector).evaluate("one => one.getBoundingClientRect().top") < 20
        overflow = "main => main.scrollWidth - main.clientWidth"
        assert page.locator(".stMain").evaluate(overflow) <= 0


def test_waiting_and_a_lost_connection_break_no_rule_of_wcag(browser, tmp_path):
    with restartable_chat(tmp_path / "log") as server:
        for width, scheme in [(320, "dark"), (1200, "light")]:
            with visit(browser, server.address, width, color_scheme=scheme) as page:
                page.locator(".qw-suggestion").first.wait_for()
                server.freeze()
                page.locator(".qw-suggestion").first.click()
                assert axe_finds(page) == []
                server.thaw()
                page.locator("#turn-1").wait_for()
                page.get_by_role("button", name="New conversation").click()
                page.get_by_role("button", name="Bring back").wait_for()
                assert axe_finds(page) == []
                server.stop()
                page.get_by_role("alert").filter(has_text="connection is lost").wait_for()
                assert axe_finds(page) == []
                server.start()


def test_a_page_that_frames_this_one_does_not_hear_what_is_asked(browser, address):
    listener = "onmessage = ({ data }) => said.push(JSON.stringify(data))"
    frame = f'<iframe src="{address}" title="Ask" width="800" height="600"></iframe>'
    frame = f"<script>said = []; {listener}</script>{frame}"
    with host_site({"/": host_page(frame)}) as site:
        page = browser.new_page()
        page.goto(site)
        inside = page.frame_locator("iframe")
        inside.locator("textarea").fill("unknown Jane Doe")
        inside.locator("textarea").press("Enter")
        inside.locator("#turn-1").wait_for()
        page.frames[1].evaluate("location.hash = 'q=radiation+John+Roe'")
        inside.locator(".qw-question", has_text="John Roe").wait_for()
        page.frames[1].evaluate("history.back()")
        inside.locator(".qw-question", has_text="Jane Doe").wait_for()
        said = page.evaluate("said")
        assert len(said) > 0
        assert [one for one in said if "Doe" in one or "Roe" in one] == []
        page.close()
