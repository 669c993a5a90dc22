"""The chat page by keyboard, at every width, announced, and through axe in every state."""

import pytest

from tests.ui.chat_site import NEEDS_CHROMIUM, ask, axe_finds, settle, status, visit

pytestmark = NEEDS_CHROMIUM

# Streamlit's own skip link is off the screen until it has the focus.
SMALL = """() => [...document.querySelectorAll(
    ".stMain :is(a, button, summary, select, input, textarea, [tabindex='0'])")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((one) => getComputedStyle(one).display !== "inline")
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.height && Math.min(box.width, box.height) < 24)
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)"""
"""Targets under 24 px; a link in a sentence is exempt (WCAG 2.5.8)."""
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const at = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
  return { name: one.textContent.trim() || one.ariaLabel || one.tagName, seen: one.contains(at) };
}"""


def start(page):
    page.locator(".qw-suggestion").first.wait_for()


def answered(page):
    ask(page, "What about radiation?")
    settle(page, "turn-1")


def not_found(page):
    ask(page, "unknown")


def problem(page):
    ask(page, "crash")


def notice(page):
    ask(page, "emergency")


def second_answer(page):
    answered(page)
    ask(page, "And then, in an emergency?", 2)


def source_open(page):
    answered(page)
    page.locator(".qw-source").nth(1).evaluate("one => { one.open = true }")
    page.locator(".qw-source mark[data-current]").first.wait_for()


def references_open(page):
    answered(page)
    page.locator("a.qw-cited").first.click()
    page.locator("#turn-1-quote-1-ref-9").wait_for()


def glossary_open(page):
    answered(page)
    page.locator(".qw-abbreviations summary").click()
    page.locator("a.qw-term").first.click()
    page.locator(".qw-bubble").wait_for()


def feedback_open(page):
    answered(page)
    page.locator(".qw-feedback summary").click()
    page.locator("[data-feedback=useful]").click()
    page.get_by_text("Thank you.").first.wait_for()
    # Half under the ask box it would count as small, wherever the answer happened to scroll to.
    page.locator(".qw-agree input").evaluate("box => box.scrollIntoView({ block: 'center' })")


def take_along_open(page):
    answered(page)
    page.locator(".qw-take summary").click()


def goes_to(name):
    def go(page):
        page.locator(".st-key-head").get_by_role("link", name=name).click()
        page.locator(".qw-title, .qw-quiz").first.wait_for()

    go.__name__ = name.lower()
    return go


def section_open(page):
    goes_to("Sources")(page)
    page.locator(".qw-whole").wait_for()
    page.locator(".qw-section summary:visible").first.click()


def educator(page):
    page.get_by_role("radio", name="Educator").click()
    page.locator(".st-key-head").get_by_text("Quiz").wait_for()


def sheet(page):
    educator(page)
    answered(page)
    goes_to("Sheet")(page)
    page.locator(".qw-made").wait_for()


def empty_sheet(page):
    educator(page)
    goes_to("Sheet")(page)


def quiz(page):
    educator(page)
    goes_to("Quiz")(page)


def quiz_done(page):
    quiz(page)
    page.locator(".qw-option").first.click()
    page.locator(".qw-verdict").wait_for()


STATES = [
    *(start, answered, not_found, problem, notice, second_answer, source_open, references_open),
    *(glossary_open, feedback_open, take_along_open, goes_to("Sources"), section_open),
    *(goes_to("About"), educator, empty_sheet, sheet, quiz, quiz_done),
]


@pytest.mark.parametrize("reach", STATES, ids=lambda reach: reach.__name__)
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1200, "light")])
def test_no_state_breaks_a_rule_of_wcag(browser, address, reach, width, scheme):
    # So high that nothing has to be scrolled out from behind the ask box.
    with visit(browser, address, width, 2400, color_scheme=scheme) as page:
        reach(page)
        assert axe_finds(page) == []
        page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
        assert axe_finds(page) == []
        assert page.evaluate(SMALL) == []
        page.set_viewport_size({"width": width, "height": 640})
        overflow = "main => main.scrollWidth - main.clientWidth"
        assert page.locator(".stMain").evaluate(overflow) <= 0
        warning = page.get_by_text("Not medical advice").last
        assert 0 < warning.bounding_box()["y"] < 640


@pytest.mark.parametrize("width", [320, 768, 1200])
def test_after_asking_the_question_is_at_the_top_and_announced(browser, address, width):
    with visit(browser, address, width) as page:
        for number, question in enumerate(["radiation", "unknown", "crash", "emergency"], start=1):
            ask(page, question, number)
            settle(page, f"turn-{number}")
            top = page.locator(f"#turn-{number}").evaluate("one => one.getBoundingClientRect().top")
            assert 0 <= top <= 120, question
            assert status(page).startswith(f"Question {number}: ")


def test_everything_is_reached_and_used_by_keyboard(browser, address):
    with visit(browser, address, 320) as page:
        page.locator("textarea").press_sequentially("What about radiation?")
        page.keyboard.press("Enter")
        page.locator("#turn-1").wait_for()
        settle(page, "turn-1")
        page.locator("#turn-1").evaluate("one => { one.tabIndex = -1; one.focus() }")
        names = []
        for _ in range(14):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            names.append(focused["name"])
            assert focused["seen"], f"{focused['name']} has the focus and is not seen"
        for wanted in (
            *("radiation", "[8-10]", "Show in source", "Cited inside: [9]"),
            *("Copy with citation", "Glossary", "Cite and export", "Was this right?"),
        ):
            assert wanted in names, names


def test_a_term_opens_and_closes_by_keyboard_and_is_read_out(browser, address):
    with visit(browser, address) as page:
        answered(page)
        page.locator("a.qw-term").first.press("Enter")
        bubble = page.locator(".qw-bubble")
        assert "external beam therapy" in bubble.text_content()
        assert bubble.evaluate("one => one === document.activeElement")
        page.keyboard.press("Escape")
        bubble.wait_for(state="detached")
        assert page.locator("a.qw-term").first.evaluate("one => one === document.activeElement")


def test_one_can_zoom_in_and_space_out_the_text(browser, address):
    with visit(browser, address, 320) as page:
        answered(page)
        page.add_style_tag(
            content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
        )
        overflow = "main => main.scrollWidth - main.clientWidth"
        assert page.locator(".stMain").evaluate(overflow) <= 0
