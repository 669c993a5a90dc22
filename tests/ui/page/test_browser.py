"""The page in a real Chromium: what is on the screen is what is in the document."""

from pathlib import Path

import pytest

from tests.ui.chat_site import (
    NEEDS_CHROMIUM,
    ask,
    status,
    texts,
    visit,
)
from ui.exports.files import export
from ui.exports.selection import Selection

pytestmark = NEEDS_CHROMIUM

MADE_BY_TEXT = (
    ".stHtml :is(img, script, svg, iframe, form, input:not(.qw-agree *, .qw-find *, .qw-within *))"
)
"""What the hostile strings would make; inputs of ours keep a question with feedback, and search."""


@pytest.fixture
def page(browser, address):
    with visit(browser, address) as page:
        page.locator(".qw-suggestion").first.wait_for()
        yield page


def test_the_first_quote_on_the_screen_is_that_of_the_document(page, answerer):
    ask(page, "What about radiation?")
    report = answerer.documents["case_report"]
    assert texts(page)[0] == report.quote(report.sentences[1].span)
    assert status(page) == "Question 1: 2 quotes found."
    top = page.locator("#turn-1").evaluate("one => one.getBoundingClientRect().top")
    assert 0 <= top <= 120


@pytest.mark.parametrize("read", ["textContent", "innerText"])
def test_awkward_text_is_on_the_screen_character_for_character(page, answerer, read):
    ask(page, "awkward")
    assert texts(page, read) == [s.text for s in answerer.documents["awkward"].sentences]


def test_hostile_text_runs_nothing_and_changes_nothing(page, answerer):
    hostile = [s.text for s in answerer.documents["hostile"].sentences]
    ask(page, "hostile " + " ".join(hostile))
    assert texts(page) == hostile
    page.locator(".qw-source summary").first.click()
    for text in hostile:
        assert page.locator(".qw-label b").first.text_content() == hostile[0]
        assert page.evaluate("window.__x") is None, text
    assert page.locator(".stApp").is_visible()
    assert page.locator(MADE_BY_TEXT).count() == 0


def test_the_source_opens_by_keyboard_with_the_quote_marked(page, answerer):
    ask(page, "What about radiation?")
    page.locator(".qw-source summary").first.press("Enter")
    mark = page.locator(".qw-source mark[data-current]")
    mark.first.wait_for()
    assert "".join(mark.all_text_contents()) == answerer.documents["case_report"].sentences[1].text


def test_a_number_in_brackets_opens_its_reference(page):
    ask(page, "What about radiation?")
    assert not page.locator("#turn-1-quote-1-ref-9").is_visible()
    page.locator("a.qw-cited").first.click()
    page.locator("#turn-1-quote-1-ref-9").wait_for()
    assert "ref" not in page.url


def test_copying_takes_the_quote_with_its_citation(page, answerer):
    ask(page, "awkward")
    page.locator(".qw-copy").nth(12).click()
    page.get_by_text("Copied", exact=True).first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{answerer.documents['awkward'].sentences[12].text}”\n")


def test_a_suggested_question_is_asked_and_no_server_is_sent_an_address_with_it(page, answerer):
    page.locator(".qw-suggestion").first.click()
    page.locator("#turn-1").wait_for()
    assert page.locator(".qw-question").text_content() == answerer.suggestions("patient")[0]
    ask(page, "And radiation?", number=2)
    assert "?" not in page.url
    assert status(page) == "Question 2: 2 quotes found."


def test_the_page_fits_320_pixels_and_keeps_its_warning_in_view(page):
    ask(page, "emergency")
    for scroll in (0, 10_000):
        page.locator(".stMain").evaluate(f"main => main.scrollTo(0, {scroll})")
        assert page.get_by_text("Not medical advice").bounding_box()["y"] < 640
    overflow = "main => main.scrollWidth - main.clientWidth"
    assert page.locator(".stMain").evaluate(overflow) == 0


def take_along(page):
    page.locator(".qw-take summary").first.press("Enter")
    page.get_by_label("Citation style").first.wait_for()


def test_a_quote_is_copied_with_its_citation_in_the_chosen_style(page, answerer):
    ask(page, "What about radiation?")
    take_along(page)
    assert page.locator(".qw-in-vancouver").first.is_visible()
    page.get_by_label("Citation style").select_option("APA")
    assert page.locator(".qw-in-apa").first.is_visible()
    assert not page.locator(".qw-in-vancouver").first.is_visible()
    page.locator(".qw-copy").first.click()
    page.get_by_text("Copied", exact=True).first.wait_for()
    quote = answerer.documents["case_report"].sentences[1].text
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"“{quote}”\nDaniel Y. Reuben. (2024). Case report. Journal of Medical Cases. "
        "https://doi.org/10.14740/jmc4237 (Treatment, paragraph 2)"
    )


def test_the_chosen_style_holds_for_the_next_answer(page):
    ask(page, "What about radiation?")
    take_along(page)
    page.get_by_label("Citation style").select_option("AMA")
    ask(page, "And then?", number=2)
    page.locator("#turn-2 .qw-take summary").press("Enter")
    page.wait_for_function("document.querySelector('#turn-2-style').value === 'ama'")
    assert page.locator("#turn-2 .qw-in-ama").first.is_visible()


@pytest.mark.parametrize(
    ("label", "form"),
    [("Markdown", "markdown"), ("RIS", "ris"), ("BibTeX", "bibtex"), ("CSL-JSON", "csl")],
)
def test_an_answer_is_saved_as_a_file(page, answerer, label, form):
    ask(page, "awkward")
    take_along(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name=f"Save {label}").click()
    file = export(Selection.of(answerer.answer("awkward")), answerer.sources, form)
    assert saved.value.suggested_filename == file.name
    assert Path(saved.value.path()).read_bytes() == file.text.encode()


def test_a_copied_link_asks_the_question_and_sends_it_to_no_server(page, browser):
    question = "What about <b>radiation</b> & R=1?"
    ask(page, question)
    take_along(page)
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied", exact=True).first.wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "#q=" in link
    assert "?" not in link
    with visit(browser, link) as other:
        other.locator("#turn-1").wait_for()
        assert other.locator(".qw-question").text_content() == question


def test_on_paper_are_the_quotes_with_their_citations_and_no_controls(page):
    ask(page, "What about radiation?")
    page.emulate_media(media="print", color_scheme="dark")
    printed = "one => getComputedStyle(one, '::after').content"
    assert "2024 Jun 19" in page.locator(".qw-copy").first.evaluate(printed)
    for control in ("textarea", ".qw-source summary", ".qw-take summary", ".qw-link"):
        assert not page.locator(control).first.is_visible(), control
    assert page.get_by_text("Not medical advice").is_visible()
    ink = "one => getComputedStyle(one).color"
    assert page.locator(".qw-text").first.evaluate(ink) == "rgb(0, 0, 0)"


def test_a_long_answer_is_printed_to_its_end(page):
    ask(page, "awkward")
    pages = page.pdf().count(b"/Type /Page\n")
    assert pages >= 4


def test_a_follow_up_says_how_it_was_read_and_is_asked_alone_by_one_click(page):
    ask(page, "What about radiation?")
    ask(page, "and why?")
    read = page.locator("#turn-2 .qw-read")
    assert read.text_content().startswith("Read as: “What about radiation?” “and why?”")
    read.get_by_role("button", name="Ask it on its own").click()
    page.locator("#turn-3").wait_for()
    assert page.locator("#turn-3 .qw-question").text_content() == "and why?"
    assert page.locator("#turn-3 .qw-read").count() == 0
