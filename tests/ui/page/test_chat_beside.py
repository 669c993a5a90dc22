"""Beside the answer, in a real Chromium: pane, feedback and quiz; text and links that mean harm."""

import json
from urllib.parse import quote

import pytest

from tests.ui.chat_site import NEEDS_CHROMIUM, ask, settle, status, texts, visit
from tests.ui.conftest import HOSTILE

pytestmark = NEEDS_CHROMIUM

PANE = ".qw-source[open] > .qw-viewer"


@pytest.fixture
def wide(browser, address):
    with visit(browser, address, 1200, 800) as page:
        page.locator(".qw-suggestion").first.wait_for()
        yield page


@pytest.fixture
def teaching(browser, address):
    with visit(browser, f"{address}?audience=educator", 1200, 800) as page:
        page.locator(".qw-suggestion").first.wait_for()
        yield page


def go(page, name):
    page.locator(".st-key-head").get_by_role("link", name=name).click()
    page.locator(".qw-title, .qw-quiz").first.wait_for()


def test_on_a_wide_screen_the_first_quote_stands_in_its_source_beside_the_answer(wide, answerer):
    ask(wide, "What about radiation?")
    wide.locator(PANE).wait_for()
    pane, card = wide.locator(PANE).bounding_box(), wide.locator(".qw-card").first.bounding_box()
    assert card["x"] + card["width"] <= pane["x"]
    assert pane["x"] + pane["width"] == 1200
    assert pane["height"] == 800
    mark = wide.locator(f"{PANE} mark[data-current]")
    mark.first.wait_for()
    marked = "".join(mark.all_text_contents())
    assert marked == answerer.documents["case_report"].sentences[1].text
    assert 0 <= mark.first.bounding_box()["y"] <= 800


def test_one_source_at_a_time_is_beside_the_answer(wide, answerer):
    ask(wide, "What about radiation?")
    wide.locator(PANE).wait_for()
    wide.locator(".qw-source summary").nth(1).press("Enter")
    guide = answerer.documents["patient_guide"].sentences[0].text
    wide.locator(f"{PANE} mark", has_text=guide[:20]).wait_for()
    assert wide.locator(PANE).count() == 1


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_a_closed_pane_gives_the_focus_back_and_stays_closed(wide, way):
    ask(wide, "What about radiation?")
    wide.locator(PANE).wait_for()
    if way == "button":
        wide.locator(f"{PANE} .qw-close").click()
    else:
        wide.keyboard.press("Escape")
    wide.locator(PANE).wait_for(state="detached")
    summary = wide.locator(".qw-source summary").first
    assert summary.evaluate("one => one === document.activeElement")
    ask(wide, "And then?", 2)
    settle(wide, "turn-2")
    assert wide.locator(PANE).count() == 0


def test_on_a_phone_the_source_opens_only_when_asked(browser, address):
    with visit(browser, address) as page:
        ask(page, "What about radiation?")
        settle(page, "turn-1")
        assert page.locator(PANE).count() == 0
        page.locator(".qw-source summary").first.click()
        page.locator(PANE).wait_for()


def test_feedback_is_kept_without_the_question_unless_the_box_is_ticked(wide, kept):
    kept.unlink(missing_ok=True)
    ask(wide, "Does radiation help Jane Doe?")
    wide.locator(".qw-feedback summary").click()
    wide.locator("[data-feedback=wrong_quote]").click()
    wide.get_by_text("kept without your question").first.wait_for()
    assert status(wide) == "Thank you. This was kept without your question."
    wide.get_by_label("Keep my question with it").check()
    wide.locator("[data-feedback=missing]").click()
    wide.get_by_text("kept with your question").first.wait_for()
    first, second = kept.read_text("utf-8").splitlines()
    assert "Jane Doe" not in first
    assert json.loads(second)["question"] == "Does radiation help Jane Doe?"


def test_a_quiz_is_taken_by_keyboard_and_every_option_is_verbatim(teaching, answerer):
    go(teaching, "Quiz")
    quoted = {s.text for document in answerer.documents.values() for s in document.sentences}
    options = texts(teaching)
    assert len(options) == 4
    assert set(options) <= quoted
    right = answerer.documents["case_report"].sentences[0].text
    teaching.locator(".qw-option", has_text=right).press("Enter")
    teaching.locator(".qw-verdict").wait_for()
    assert status(teaching).startswith("Right. Passage ")
    teaching.wait_for_function("() => document.activeElement.id === 'turn-1-question'")
    assert texts(teaching) == [right]
    teaching.get_by_role("button", name="Next question").press("Enter")
    teaching.get_by_text("Quiz, question 2.").wait_for()
    teaching.locator(".qw-option").nth((options.index(right) + 1) % 4).press("Enter")
    teaching.locator(".qw-verdict").wait_for()
    assert teaching.evaluate("window.__x") is None


def test_educators_find_the_way_to_embedding_and_others_do_not(browser, address):
    with visit(browser, f"{address}?audience=educator") as page:
        link = page.get_by_role("link", name="Embed it in your course page")
        assert link.get_attribute("href") == "embed"
    with visit(browser, f"{address}?audience=clinician") as page:
        page.locator(".qw-suggestion").first.wait_for()
        assert page.get_by_text("Embed it").count() == 0


@pytest.mark.parametrize(
    "place", ["?audience={0}#q={0}", "sheet#q={0}&sheet={0}", "sheet#sheet={0}", "sources#{0}"]
)
def test_an_address_that_means_harm_runs_nothing_and_changes_nothing(browser, address, place):
    for text in HOSTILE:
        with visit(browser, address + place.format(quote(text, safe=""))) as page:
            page.locator("#turn-1, .qw-sheet, .qw-document").first.wait_for()
            assert page.evaluate("window.__x") is None, text
            assert page.locator(".stApp").is_visible()
            made = ".stHtml :is(img, script, svg, iframe, form, [onclick], [style])"
            assert page.locator(made).count() == 0, text


@pytest.mark.parametrize("wide_enough", [320, 1200])
def test_hostile_titles_and_terms_stay_text_on_every_page(browser, address, answerer, wide_enough):
    with visit(browser, f"{address}?audience=educator", wide_enough) as page:
        ask(page, "hostile " + " ".join(HOSTILE))
        settle(page, "turn-1")
        for name in ("Sheet", "Sources"):
            go(page, name)
            for link in page.locator("[data-choose]").all():
                link.click()
            for section in page.locator(".qw-section").all():
                section.evaluate("one => { one.open = true }")
            assert page.evaluate("window.__x") is None
            assert page.locator(".stHtml :is(img, script, svg, iframe, form)").count() == 0
        page.locator(".qw-choice").get_by_text(HOSTILE[0]).click()
        page.locator(".qw-document h2:visible", has_text=HOSTILE[0]).wait_for()
