"""<quotewell-ask> by keyboard, by touch, announced, at every width, and through axe."""

import pytest

from tests.ui.embed_site import NEEDS_CHROMIUM, ask, chromium, component_visits, embedding_server

pytestmark = NEEDS_CHROMIUM

AXE = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    log = tmp_path_factory.mktemp("server") / "log"
    with embedding_server(log) as address:
        yield address
    assert "Jane Doe" not in log.read_text("utf-8")


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


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
    assert page.locator(".turn h3").first.text_content() == "Which side effects are common?"
    overflow = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.locator("quotewell-ask").bounding_box()["width"] <= width
    assert page.evaluate(overflow) <= 0


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/dark", "/light"])
def test_axe_finds_nothing_in_any_state(visit, path, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(path, color_scheme=scheme)
    violations = {}

    def check(state):
        found = axe.run(page, context={"include": [["quotewell-ask"]]}, options=AXE)
        violations[state] = found.generate_report() if found.violations_count else ""

    check("empty")
    ask(page, "What about radiation, emergency?")
    check("answered")
    for summary in page.locator("summary").all():
        summary.click()
    check("open")
    ask(page, "unknown")
    check("not found")
    ask(page, "crash")
    check("problem")
    assert violations == dict.fromkeys(violations, "")
