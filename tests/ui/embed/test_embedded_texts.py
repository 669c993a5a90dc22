"""Texts in the component and in the frame: on the screen as they are, and without any effect."""

import pytest

from tests.ui.conftest import HOSTILE
from tests.ui.embed_site import (
    NEEDS_CHROMIUM,
    ask,
    chromium,
    component_visits,
    place_of,
)

pytestmark = NEEDS_CHROMIUM

MADE = ":is(img, script, svg, iframe, style, input, form form, [onclick], [style]:not(.turn))"
LOOKS = """(one) => {
  const { display, position, visibility, font, color, background, margin } = getComputedStyle(one);
  return [display, position, visibility, font, color, background, margin].join();
}"""
OURS = ("status", "audience", "document", "kind")
"""Fields of an answer that hold words of ours."""


@pytest.fixture(scope="module")
def browser():
    # As browsers do by now: no cookies for those who are framed.
    with chromium("--test-third-party-cookie-phaseout") as browser:
        yield browser


@pytest.fixture
def visit(browser, server):
    with component_visits(browser, server, HOSTILE) as visit:
        yield visit


def texts(place, read="textContent"):
    return place.locator(".text").evaluate_all(f"all => all.map(one => one.{read})")


def replaced(value, text, name=""):
    """An answer with ``text`` for every text in it that comes from a source."""
    if isinstance(value, dict):
        return {key: replaced(one, text, key) for key, one in value.items()}
    if isinstance(value, list):
        return [replaced(one, text, name) for one in value]
    return text if isinstance(value, str) and name not in OURS else value


@pytest.mark.parametrize("path", ["/", "/framed"])
@pytest.mark.parametrize("read", ["textContent", "innerText"])
def test_awkward_text_is_on_the_screen_character_for_character(visit, answerer, path, read):
    page = visit(path)
    place = place_of(page, path)
    ask(place, "awkward")
    expected = [one.text for one in answerer.documents["awkward"].sentences]
    assert texts(place, read) == expected
    for summary in place.locator(".source summary").all():
        summary.click()
    assert place.locator(".source mark").all_text_contents() == expected


@pytest.mark.parametrize(
    ("start", "end", "standing_out"),
    [
        (0, 5, "After"),
        (15, 34, "e of radiation he k"),
        (64, 77, "sites [8-10]."),
        (64, 73, "sites [8-10]"),
        (73, 77, "."),
    ],
)
def test_the_words_that_answer_stand_out_and_every_character_stays(
    visit, server, answerer, start, end, standing_out
):
    page = visit("/")

    def answer(route):
        response = route.fetch()
        record = response.json()
        quote = record["quotes"][0]
        quote["emphasis"] = [quote["span"][0] + start, quote["span"][0] + end]
        route.fulfill(response=response, json=record)

    page.route(f"{server}/api/ask", answer)
    ask(page, "What about radiation?")
    shown = page.locator(".text").first
    assert shown.text_content() == answerer.documents["case_report"].sentences[1].text
    assert shown.locator("strong").all_text_contents() == [standing_out]
    assert shown.locator(".seam").count() == 1
    assert shown.locator(".cited").text_content() == "[8-10]"


@pytest.mark.parametrize("path", ["/", "/framed"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_anywhere_in_an_answer_has_no_effect(visit, server, path, hostile):
    page = visit(path)
    place = place_of(page, path)

    def answer(route):
        response = route.fetch()
        route.fulfill(response=response, json=replaced(response.json(), hostile))

    page.route(f"{server}/api/ask", answer)
    before = place.locator("body").evaluate(LOOKS)
    for question in (f"{hostile} emergency", f"unknown {hostile}"):
        ask(place, question)
        turn = place.locator(".turn").first
        assert turn.locator(".question").text_content() == question
        assert turn.locator(".text").all_text_contents() == [hostile, hostile]
        assert turn.locator(".label b").all_text_contents() == [hostile, hostile]
        for summary in turn.locator("summary").all():
            summary.click()
    assert place.locator("quotewell-ask").locator(MADE).count() == 0
    assert place.locator("quotewell-ask a[href^=javascript]").count() == 0
    assert place.locator("body").evaluate(LOOKS) == before
    assert [frame.evaluate("window.__x") for frame in page.frames] == [None] * len(page.frames)


def test_hostile_attributes_have_no_effect(visit):
    page = visit("/hostile")
    page.locator(".turn").wait_for()
    assert page.locator(".ideas button").all_text_contents() == "|".join(HOSTILE).split("|")
    assert page.locator(".turn .question").text_content() == "|".join(HOSTILE)
    assert page.evaluate("window.__x") is None
    assert page.locator("quotewell-ask").locator(MADE).count() == 0
