"""Beside the answer, in a real Chromium: pane, full text, feedback, quiz and sheet; text and links
that mean harm."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.ui.chat_site import NEEDS_CHROMIUM, ask, settle, status, texts, visit
from tests.ui.conftest import HOSTILE
from ui.html.sheet import CHANGED, edition

pytestmark = NEEDS_CHROMIUM

PANE = ".qw-source[open] .qw-passage"


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
    mark = wide.locator(f"{PANE} mark")
    assert mark.text_content() == answerer.documents["case_report"].sentences[1].text
    assert 0 <= mark.bounding_box()["y"] <= 800


def test_one_source_at_a_time_is_beside_the_answer(wide, answerer):
    ask(wide, "What about radiation?")
    wide.locator(PANE).wait_for()
    wide.locator(".qw-source summary").nth(1).press("Enter")
    guide = answerer.documents["patient_guide"].sentences[0].text
    wide.locator(f"{PANE} mark", has_text=guide[:20]).wait_for()
    wide.locator(PANE).nth(1).wait_for(state="detached")
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


def test_on_a_phone_the_source_opens_in_place_and_only_when_asked(browser, address):
    with visit(browser, address) as page:
        ask(page, "What about radiation?")
        settle(page, "turn-1")
        assert page.locator(PANE).count() == 0
        page.locator(".qw-source summary").first.click()
        card = page.locator(".qw-card").first.bounding_box()
        pane = page.locator(PANE).bounding_box()
        assert card["x"] < pane["x"] < pane["x"] + pane["width"] < card["x"] + card["width"]
        assert not page.locator(".qw-close").first.is_visible()


def test_the_pane_leads_to_the_section_in_the_full_text(wide, address, answerer):
    ask(wide, "What about radiation?")
    wide.locator(PANE).wait_for()
    link = wide.locator(f"{PANE} .qw-link").get_attribute("href")
    assert link == "sources#case_report-section-1"
    wide.goto(address + link)
    section = wide.locator("#case_report-section-1[open]")
    section.wait_for()
    text = answerer.documents["case_report"].text
    assert section.locator(".qw-around").text_content() == text
    settle(wide, "case_report-section-1")
    assert section.bounding_box()["y"] < 200


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
    assert teaching.evaluate("document.activeElement.id") == "turn-1-question"
    assert texts(teaching) == [right]
    teaching.get_by_role("button", name="Next question").press("Enter")
    teaching.get_by_text("Quiz, question 2.").wait_for()
    teaching.locator(".qw-option").nth((options.index(right) + 1) % 4).press("Enter")
    teaching.locator(".qw-verdict").wait_for()
    assert teaching.evaluate("window.__x") is None


def test_a_sheet_holds_what_was_asked_can_be_cut_saved_and_printed(teaching, answerer):
    ask(teaching, "What about radiation?")
    ask(teaching, "unknown", 2)
    ask(teaching, "emergency", 3)
    go(teaching, "Sheet")
    assert teaching.locator(".qw-sheet .qw-question").all_text_contents() == [
        "What about radiation?",
        "emergency",
    ]
    teaching.get_by_label("Title of the sheet").fill("Week *3* <b>")
    teaching.get_by_label("Title of the sheet").press("Enter")
    teaching.get_by_role("heading", name="Week *3* <b>").wait_for()
    teaching.locator("[data-choice='3']").click()
    teaching.locator("[data-choice='3']").wait_for(state="detached")
    with teaching.expect_download() as saved:
        teaching.get_by_role("button", name="Save Markdown").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "emergency" not in text
    assert edition(answerer.documents) in text
    teaching.emulate_media(media="print")
    for control in (".qw-leave", ".qw-files", ".st-key-head", ".st-key-sheet-title"):
        assert not teaching.locator(control).first.is_visible(), control
    assert teaching.locator(".qw-made").is_visible()
    assert teaching.locator(".qw-text").first.is_visible()


def test_a_link_to_a_sheet_asks_its_questions_and_says_if_the_files_are_others(
    teaching, browser, address
):
    ask(teaching, "What about radiation?")
    go(teaching, "Sheet")
    teaching.get_by_role("button", name="Copy link").click()
    teaching.get_by_text("Copied", exact=True).first.wait_for()
    link = teaching.evaluate("navigator.clipboard.readText()")
    with visit(browser, link, 1200) as page:
        page.locator(".qw-sheet").wait_for()
        assert page.locator(".qw-question").all_text_contents() == ["What about radiation?"]
        assert page.get_by_text(CHANGED).count() == 0
        page.reload()
        page.locator(".qw-sheet").wait_for()
    with visit(browser, link.replace("edition=", "edition=0"), 1200) as page:
        page.get_by_text(CHANGED).wait_for()


def test_educators_find_the_way_to_embedding_and_others_do_not(browser, address):
    with visit(browser, f"{address}?audience=educator") as page:
        link = page.get_by_role("link", name="Embed it in your course page")
        assert link.get_attribute("href") == "embed"
    with visit(browser, f"{address}?audience=clinician") as page:
        page.locator(".qw-suggestion").first.wait_for()
        assert page.get_by_text("Embed it").count() == 0


@pytest.mark.parametrize("place", ["?audience={0}#q={0}", "sheet#q={0}&edition={0}", "sources#{0}"])
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
        for name in ("Sheet", "Sources"):
            go(page, name)
            for section in page.locator(".qw-section").all():
                section.evaluate("one => { one.open = true }")
            assert page.evaluate("window.__x") is None
            assert page.locator(".stHtml :is(img, script, svg, iframe, form)").count() == 0
        title = page.locator(".qw-document h2", has_text="onerror")
        assert title.text_content() == HOSTILE[0]
