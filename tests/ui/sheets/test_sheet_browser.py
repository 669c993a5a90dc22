"""The sheet in a real Chromium: arranged by keyboard, kept over a reload, opened from its link."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.chat_site import NEEDS_CHROMIUM, ask, axe_finds, restartable_chat, status, visit
from ui.sheets.link import DAMAGED, pack, unpack

pytestmark = NEEDS_CHROMIUM

QUESTIONS = ["What about radiation?", "emergency", "side effects"]
HOSTILE = "<img src=x onerror=\"window.__x='img'\">"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with restartable_chat(tmp_path_factory.mktemp("sheet") / "log") as server:
        yield server


@pytest.fixture
def page(browser, server):
    with visit(browser, f"{server.address}?audience=educator", 1200, 800) as page:
        page.locator(".qw-suggestion").first.wait_for()
        yield page


@pytest.fixture
def sheet(page):
    for number, question in enumerate(QUESTIONS, start=1):
        ask(page, question, number)
    go(page, "Sheet")
    return page


def go(page, name):
    page.locator(".st-key-head").get_by_role("link", name=name).click()
    page.locator(".qw-title, .qw-lead, .qw-newest").first.wait_for()


def order(page):
    return page.locator(".qw-sheet .qw-question").all_text_contents()


def entitle(page, title):
    page.get_by_label("Title of the sheet").fill(title)
    page.get_by_label("Title of the sheet").press("Enter")
    page.get_by_role("heading", name=title).wait_for()


def note(page, text, number=1):
    page.locator(f"#sheet-{number}-note").press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.st-key-sheet-note textarea')")
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")
    page.locator(".qw-own-text").first.wait_for()


def leave_out(page, number):
    """Leave a question out; return when the browser has kept that."""
    page.locator(f"#sheet-{number}-out").click()
    page.locator(f"#sheet-{number}-out").wait_for(state="detached")
    page.wait_for_function("() => JSON.parse(sessionStorage.getItem('quotewell-sheet')).left_out")


def copied_link(page):
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied", exact=True).first.wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def quotes(page):
    return page.locator(".qw-sheet .qw-text").all_text_contents()


def test_it_is_arranged_by_keyboard_announced_and_the_focus_stays(sheet):
    sheet.locator("#sheet-3-up").press("Enter")
    sheet.get_by_text("Moved: now question 2 of 3.").wait_for(state="attached")
    sheet.wait_for_function("() => document.querySelectorAll('.qw-question')[1].id.includes('3')")
    sheet.wait_for_function("() => document.activeElement.id === 'sheet-3-up'")
    assert order(sheet) == ["What about radiation?", "side effects", "emergency"]
    assert status(sheet) == "Moved: now question 2 of 3."
    sheet.keyboard.press("Enter")
    sheet.wait_for_function("() => document.activeElement.id === 'sheet-3-down'")
    assert order(sheet) == ["side effects", "What about radiation?", "emergency"]
    sheet.locator("#sheet-2-out").press("Enter")
    sheet.locator("#sheet-2-out").wait_for(state="detached")
    sheet.wait_for_function("() => document.activeElement.id === 'sheet-title'")
    sheet.get_by_role("button", name="Put back what was left out").click()
    sheet.locator("#sheet-2-out").wait_for()
    assert order(sheet) == ["side effects", "What about radiation?", "emergency"]


def test_it_is_saved_in_four_formats_with_its_title_and_notes(sheet, answerer):
    entitle(sheet, "Week *3* <b>")
    note(sheet, "Ask why.")
    found = {}
    for label in ("Markdown", "RIS", "BibTeX", "CSL-JSON"):
        with sheet.expect_download() as saved:
            sheet.get_by_role("button", name=f"Save {label}").click()
        found[label] = Path(saved.value.path()).read_text(encoding="utf-8")
        assert saved.value.suggested_filename.startswith("quotewell-sheet.")
        assert "not from the sources:" in found[label]
        assert "Ask why." in found[label]
        assert answerer.version in found[label]
    assert found["Markdown"].startswith("# Week \\*3\\* \\<b\\>\n\n## What about radiation?\n")
    assert len(json.loads(found["CSL-JSON"])) == 2


def test_on_paper_are_title_notes_and_quotes_and_no_controls(sheet):
    note(sheet, "Ask why.")
    sheet.emulate_media(media="print")
    for control in (".qw-arrange", ".qw-files", ".st-key-head", ".st-key-sheet-title"):
        assert not sheet.locator(control).first.is_visible(), control
    assert not sheet.locator(".st-key-sheet-note").is_visible()
    for shown in (".qw-made", ".qw-text", ".qw-own"):
        assert sheet.locator(shown).first.is_visible(), shown


def test_its_link_opens_it_elsewhere_with_its_own_quotes_and_asks_nothing(sheet, browser, server):
    entitle(sheet, "Week 3")
    note(sheet, HOSTILE)
    sheet.locator("#sheet-3-up").click()
    sheet.locator("#sheet-3-up").wait_for()
    sheet.wait_for_function("() => document.querySelectorAll('.qw-question')[1].id.includes('3')")
    link, shown = copied_link(sheet), quotes(sheet)
    assert len(link) < 2000
    assert "?audience=educator#sheet=" in link
    with visit(browser, link, 360, 640) as other:
        other.get_by_text("opened from a link").wait_for()
        assert order(other) == ["What about radiation?", "side effects", "emergency"]
        assert quotes(other) == shown
        assert other.locator("h1").text_content() == "Week 3"
        assert other.locator(".qw-own-text").text_content() == HOSTILE
        assert other.evaluate("window.__x") is None
        assert axe_finds(other) == []
        other.reload()
        other.get_by_text("opened from a link").wait_for()
        assert quotes(other) == shown
        go(other, "Ask")
        other.locator(".qw-suggestion").first.wait_for()
        assert other.locator(".qw-turn").count() == 0


def test_a_link_from_other_documents_says_so_and_its_questions_are_asked_again(
    sheet, browser, server
):
    where, _, text = copied_link(sheet).partition("#sheet=")
    linked = unpack(text)
    changed = replace(linked, fingerprints={**linked.fingerprints, "patient_guide": "0" * 12})
    with visit(browser, f"{where}#sheet={pack(changed)}", 360, 640) as other:
        other.get_by_text("quotes from them are not shown: Patient guide.").wait_for()
        assert len(quotes(other)) == 3
        assert other.get_by_text("1 quote is not shown, from: Patient guide.").count() == 3
        assert axe_finds(other) == []
        other.reload()
        other.get_by_text("quotes from them are not shown: Patient guide.").wait_for()
        other.get_by_role("button", name="Ask its questions again").click()
        other.locator("#sheet-again").wait_for(state="detached")
        assert len(quotes(other)) == 6
        assert other.get_by_text("not shown").count() == 0


def test_a_reload_keeps_it(sheet):
    entitle(sheet, "Week 3")
    leave_out(sheet, 2)
    for again in (sheet.reload, lambda: go_and_reload(sheet)):
        again()
        sheet.get_by_role("heading", name="Week 3").wait_for()
        sheet.locator("#sheet-2-up, #sheet-3-up").first.wait_for()
        assert order(sheet) == ["What about radiation?", "side effects"]
        assert sheet.get_by_text("opened from a link").count() == 0
    sheet.get_by_role("button", name="Put back what was left out").click()
    sheet.get_by_role("heading", name="emergency").wait_for()
    assert len(order(sheet)) == 3


def go_and_reload(page):
    go(page, "Ask")
    page.reload()
    page.locator(".qw-newest .qw-card").first.wait_for()
    go(page, "Sheet")


def test_a_new_question_is_added_at_the_end(sheet):
    sheet.locator("#sheet-3-up").click()
    sheet.wait_for_function("() => document.querySelectorAll('.qw-question')[1].id.includes('3')")
    go(sheet, "Ask")
    ask(sheet, "approved", 4)
    go(sheet, "Sheet")
    sheet.locator(".qw-sheet .qw-question", has_text="approved").wait_for()
    assert order(sheet) == ["What about radiation?", "side effects", "emergency", "approved"]


def test_a_link_put_into_the_address_of_an_open_sheet_is_followed(sheet):
    link = copied_link(sheet)
    leave_out(sheet, 2)
    followed = link.partition("#")[2]
    sheet.evaluate("hash => { location.hash = hash }", followed)
    sheet.get_by_text("opened from a link").wait_for()
    sheet.get_by_role("heading", name=QUESTIONS[1]).wait_for()
    assert order(sheet) == QUESTIONS


@pytest.mark.parametrize("broken", ["x", HOSTILE, "%00", "A" * 3000, "&sheet=", "%E4"])
def test_a_damaged_link_is_told_in_one_line(browser, server, broken):
    with visit(browser, f"{server.address}sheet#sheet={broken}") as page:
        if broken != "&sheet=":
            page.get_by_text(DAMAGED).wait_for()
        page.get_by_text("Ask some questions first.").wait_for()
        assert page.evaluate("window.__x") is None


def test_an_earlier_question_shows_the_answer_it_was_given(page):
    for number in range(1, 13):
        ask(page, f"Question {number}", number)
    page.locator(".qw-earlier summary").click()
    page.get_by_role("button", name="Question 2", exact=True).press("Enter")
    page.locator("#turn-2 .qw-card").first.wait_for()
    page.wait_for_function("() => document.activeElement.id === 'turn-2-question'")
    assert page.locator(".qw-turn").count() == 11
    assert page.evaluate("new URLSearchParams(location.hash.slice(1)).getAll('q').length") == 12
