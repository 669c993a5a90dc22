"""Single keys in a real Chromium: what each does, where none does anything, and how to turn them off."""

import re

import pytest

from tests.ui.chat_site import NEEDS_CHROMIUM, ask, axe_finds, settle, status, visit

pytestmark = NEEDS_CHROMIUM

SHOWN = """() => {
  const quote = document.activeElement, box = quote.getBoundingClientRect();
  const bar = document.querySelector(".st-key-ask").getBoundingClientRect();
  return { name: quote.ariaLabel, isSeen: box.top >= 0 && box.top + 40 < bar.top };
}"""


@pytest.fixture
def page(browser, address):
    with visit(browser, address, 1200, 700) as page:
        page.locator("textarea").wait_for()
        yield page


@pytest.fixture
def answer(page):
    """A page with an answer of two quotes, and the focus on its heading."""
    ask(page, "What about radiation?")
    settle(page, "turn-1")
    page.wait_for_function("() => document.activeElement.id === 'turn-1-question'")
    return page


@pytest.fixture
def listed(page):
    page.keyboard.press("?")
    return page.get_by_role("dialog", name="Keyboard shortcuts")


def typed(page):
    return page.locator("textarea").input_value()


def test_a_slash_goes_to_the_ask_box_and_is_then_a_slash(page):
    page.keyboard.press("/")
    page.keyboard.type("n/a?")
    assert typed(page) == "n/a?"
    assert page.get_by_role("dialog").count() == 0


def test_n_and_p_go_between_quotes_and_show_them_above_the_ask_box(answer):
    seen = []
    for key in "nnnpp":
        answer.keyboard.press(key)
        seen.append(answer.evaluate(SHOWN))
    first, second = "Quote 1: Case report, Reuben 2024", "Quote 2: Patient guide"
    assert [one["name"] for one in seen] == [first, second, second, first, first]
    assert all(one["isSeen"] for one in seen)


def test_n_goes_on_from_the_quote_that_has_the_focus(answer):
    answer.locator("#turn-1-quote-1 .qw-copy").focus()
    answer.keyboard.press("n")
    assert answer.evaluate(SHOWN)["name"] == "Quote 2: Patient guide"


def test_a_new_answer_begins_at_its_own_first_quote(answer):
    answer.keyboard.press("n")
    ask(answer, "And then?", 2)
    answer.wait_for_function("() => document.activeElement.id === 'turn-2-question'")
    answer.keyboard.press("n")
    assert answer.evaluate("document.activeElement.parentElement.id") == "turn-2-quote-1"


def test_s_shows_and_hides_the_source_of_the_current_quote(answer):
    source = answer.locator("#turn-1-quote-2 .qw-source")
    for key in "nn":
        answer.keyboard.press(key)
    answer.keyboard.press("s")
    assert source.evaluate("one => one.open")
    answer.keyboard.press("s")
    assert not source.evaluate("one => one.open")


def test_c_copies_the_current_quote_with_its_citation_and_says_so(answer):
    for key in "nnc":
        answer.keyboard.press(key)
    answer.wait_for_function(
        "() => [...document.querySelectorAll('.qw-copy')].some(one => one.textContent === 'Copied')"
    )
    copied = answer.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Side effects can include fatigue")
    assert "Patient guide" in copied
    assert status(answer) == "Copied"


def test_a_number_chooses_in_the_quiz(browser, address):
    with visit(browser, f"{address}quiz", 1200, 800) as page:
        page.locator(".qw-option").first.wait_for()
        page.wait_for_function("() => document.activeElement.id === 'turn-1-question'")
        page.keyboard.press("2")
        page.locator(".qw-verdict").wait_for()
        chosen = re.compile(r"You chose passage 2|Right\. Passage 2")
        page.get_by_role("main").get_by_text(chosen).first.wait_for()


@pytest.mark.parametrize("key", ["Control+c", "Alt+n", "Meta+s", "Control+/"])
def test_keys_with_others_are_left_to_the_browser(answer, key):
    answer.evaluate(
        "window.seen = []; addEventListener('keydown', e => seen.push(e.defaultPrevented))"
    )
    answer.keyboard.press(key)
    assert answer.evaluate("seen.at(-1)") is False
    assert answer.evaluate("document.activeElement.id") == "turn-1-question"


def test_keys_without_anything_to_do_do_nothing(page):
    for key in "npsc1x":
        page.keyboard.press(key)
    assert page.get_by_role("dialog").count() == 0
    assert page.evaluate("document.activeElement.localName") == "body"


def test_the_list_names_every_key_and_gives_the_focus_back(answer):
    answer.keyboard.press("?")
    dialog = answer.get_by_role("dialog", name="Keyboard shortcuts")
    assert dialog.locator("kbd").all_text_contents() == ["/", "n", "p", "s", "c", "1 – 4", "?"]
    assert answer.evaluate("document.activeElement.textContent") == "Keyboard shortcuts"
    answer.keyboard.press("n")
    assert answer.locator("dialog :focus").count() == 1
    answer.keyboard.press("Escape")
    assert dialog.count() == 0
    assert answer.evaluate("document.activeElement.id") == "turn-1-question"
    assert answer.locator(".qw-source[open]").count() == 1


def test_the_list_opens_by_button_too(page):
    page.get_by_role("button", name="Shortcuts").click()
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    dialog.get_by_role("button", name="Close").click()
    assert dialog.count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Shortcuts"


def test_keys_turned_off_stay_off_and_can_be_turned_on_again(page, listed):
    listed.get_by_label("Use these shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.locator("textarea").wait_for()
    for key in "/?cr":
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.get_by_role("dialog").count() == 0
    assert page.evaluate("document.activeElement.localName") == "body"
    page.get_by_role("button", name="Shortcuts").click()
    page.get_by_label("Use these shortcuts").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.localName") == "textarea"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_the_list_can_be_used_by_everyone(browser, address, scheme, width):
    with visit(browser, address, width, 500, color_scheme=scheme) as page:
        page.locator(".qw-suggestion").first.wait_for()
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog")
        dialog.wait_for()
        box = dialog.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] <= 500
        assert axe_finds(page) == []
