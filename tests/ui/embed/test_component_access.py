"""<quotewell-ask> by keyboard, by touch, announced, at every width, and through axe."""

import pytest

from tests.ui.embed_site import (
    NEEDS_CHROMIUM,
    ask,
    component_visits,
    place_of,
    violations_in_every_state,
)

pytestmark = NEEDS_CHROMIUM

FOCUSED = """() => {
  const root = document.querySelector("quotewell-ask").shadowRoot;
  const one = root.activeElement, box = one.getBoundingClientRect();
  const at = root.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return { name: one.textContent, seen: one.contains(at), outlined: getComputedStyle(one).outlineStyle === "solid" };
}"""
"""Which target has the focus, and whether one sees that."""


@pytest.fixture
def visit(browser, server):
    with component_visits(browser, server) as visit:
        yield visit


@pytest.mark.parametrize("width", [320, 768, 1200])
def test_after_asking_the_question_is_at_the_top_and_announced(visit, width):
    page = visit(width=width)
    assert page.locator("[role=status]").count() == 1
    ask(page, "What about radiation?")
    ask(page, "Which side effects are common?")
    assert page.locator("[role=status]").text_content() == "Question 2: 2 quotes found."
    top = page.locator(".turn").first.evaluate("one => one.getBoundingClientRect().top")
    assert 0 <= top <= 120
    assert page.locator(".turn .question").first.text_content() == "Which side effects are common?"
    overflow = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.locator("quotewell-ask").bounding_box()["width"] <= width
    assert page.evaluate(overflow) <= 0


@pytest.mark.parametrize("path", ["/", "/framed"])
def test_an_emergency_is_heard_first_and_the_focus_goes_to_the_answer(visit, path):
    page = visit(path)
    place = place_of(page, path)
    assert place.get_by_role("alert").count() == 1
    ask(place, "emergency")
    assert place.get_by_role("alert").text_content() == "Call your emergency number now."
    assert place.locator("[role=status]").text_content() == "Question 1: 2 quotes found."
    heading = place.locator(".turn .question").first
    assert heading.evaluate("one => one.getRootNode().activeElement === one")
    ask(place, "What about radiation?")
    assert place.get_by_role("alert").text_content() == ""


def test_the_source_opens_by_keyboard_with_the_quote_marked(visit, answerer):
    page = visit()
    ask(page, "What about radiation?")
    page.locator(".source summary").first.press("Enter")
    document = answerer.documents["case_report"]
    assert page.locator(".source mark").first.text_content() == document.sentences[1].text
    around = page.locator(".source .around").first.text_content()
    assert around == document.text.rstrip()


def test_every_target_is_at_least_24_pixels(visit):
    page = visit()
    ask(page, "What about radiation?")
    for summary in page.locator("summary").all():
        summary.click()
    for target in page.locator("quotewell-ask :is(a, button, summary, textarea)").all():
        box = target.bounding_box()
        assert box["width"] >= 24, target.text_content()
        assert box["height"] >= 24, target.text_content()


@pytest.mark.parametrize("width", [320, 1200])
def test_what_this_is_stands_above_the_answer_and_in_view_with_it(visit, width):
    page = visit(width=width)
    line = page.locator(".always")
    assert line.text_content() == (
        "Not medical advice · In an emergency, call your emergency number · "
        "4 documents, newest 19 June 2024"
    )
    assert line.bounding_box()["y"] < 640
    ask(page, "awkward")
    line, question = line.bounding_box(), page.locator(".question").bounding_box()
    assert -1 <= line["y"] < line["y"] + line["height"] <= question["y"] <= 120


def test_everything_is_reached_by_keyboard_and_not_hidden_when_it_is(visit):
    page = visit()
    ask(page, "What about radiation?")
    every = page.locator("quotewell-ask :is(a, button, summary, textarea)").all()
    names = [target.text_content() for target in every if target.is_visible()]
    page.locator("textarea").focus()
    reached = []
    for key in ["Tab"] * (len(names) - 1) + ["Shift+Tab"] * (len(names) - 1):
        page.keyboard.press(key)
        reached.append(page.evaluate(FOCUSED))
    assert [one["name"] for one in reached] == [*names[1:], *names[-2::-1]]
    assert [one for one in reached if not (one["seen"] and one["outlined"])] == []


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        *[("/", "light"), ("/", "dark"), ("/dark", "light"), ("/light", "dark")],
        *[("/framed", "light"), ("/framed", "dark")],
    ],
)
def test_axe_finds_nothing_in_any_state(visit, path, scheme):
    page = visit(path, color_scheme=scheme)
    root = "iframe" if path == "/framed" else "quotewell-ask"
    assert violations_in_every_state(page, place_of(page, path), root) == {}
