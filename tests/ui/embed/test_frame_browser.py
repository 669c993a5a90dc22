"""/embed and the chat page in a real Chromium: framed by another site, and by themselves."""

import pytest

from tests.ui.conftest import HOSTILE, SUGGESTIONS
from tests.ui.embed_site import (
    NEEDS_CHROMIUM,
    ask,
    chromium,
    embedding_server,
    host_page,
    host_site,
    violations,
    visits,
)
from ui.embed.pages import SANDBOX

pytestmark = NEEDS_CHROMIUM

LISTEN = "<script>const told = []; addEventListener('message', (e) => told.push(e.data));</script>"
HEAR_A_MESSAGE = """() => new Promise((heard) => {
  addEventListener("message", heard, { once: true });
  postMessage({ type: "quotewell:height", height: 9999 }, "*");
})"""
"""The component listened first, so that it has heard the message when this has."""


@pytest.fixture(scope="module")
def site(server):
    def frame(address, more=""):
        return f'<iframe src="{address}" title="Ask" width="100%" height="600" {more}></iframe>'

    script = f'<script src="{server}/embed.js" async></script>'
    pages = {
        "/grows": host_page(f"{frame(f'{server}/embed?audience=patient')}{script}", LISTEN),
        "/bare": host_page(frame(f"{server}/embed?audience=clinician"), LISTEN),
        "/sandbox": host_page(frame(f"{server}/embed?audience=clinician", f'sandbox="{SANDBOX}"')),
        "/chat": host_page(frame(f"{server}/?embed=true")),
    }
    with host_site(pages) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    # As browsers do by now: no cookies for those who are framed.
    with chromium("--test-third-party-cookie-phaseout") as browser:
        yield browser


@pytest.fixture
def visit(browser, site, server):
    with visits(browser, site, server, server.replace("http", "ws")) as visit:
        yield visit


@pytest.mark.parametrize("width", [320, 768, 1200])
def test_a_frame_grows_with_its_answer_and_shows_it_from_its_top(visit, site, width):
    page = visit(f"{site}/grows", width)
    frame = page.frame_locator("iframe")
    frame.locator("textarea").wait_for()
    page.wait_for_function("document.querySelector('iframe').style.height !== ''")
    before = page.locator("iframe").bounding_box()["height"]
    ask(frame, "What about radiation?")
    page.wait_for_function(
        f"document.querySelector('iframe').getBoundingClientRect().height > {before}"
    )
    page.frames[1].wait_for_function("document.documentElement.scrollHeight <= innerHeight")
    assert page.frames[1].evaluate("document.documentElement.scrollWidth") <= width
    top = frame.locator(".turn").bounding_box()["y"]
    assert 0 <= top <= 120


def test_a_frame_tells_learning_platforms_its_height(visit, site):
    page = visit(f"{site}/bare")
    page.frame_locator("iframe").locator("textarea").wait_for()
    page.wait_for_function("told.length >= 4")
    hello, *told = page.evaluate("told")
    assert hello == {"type": "quotewell:hello"}
    assert {one.get("subject", one.get("type")) for one in told} == {
        "quotewell:height",
        "lti.frameResize",
        "org.imsglobal.lti.frameResize",
    }
    assert len({one["height"] for one in told}) == 1


def test_a_frame_of_fixed_height_can_be_scrolled(visit, site):
    page = visit(f"{site}/bare", 320)
    frame = page.frame_locator("iframe")
    ask(frame, "awkward")
    last = frame.locator(".card").last
    last.scroll_into_view_if_needed()
    assert last.is_visible()


def test_a_sandboxed_frame_works(visit, site):
    page = visit(f"{site}/sandbox")
    frame = page.frame_locator("iframe")
    ask(frame, "What about radiation?")
    with page.context.expect_page() as opened:
        frame.get_by_text("Open original").first.click()
    assert opened.value.url


def test_another_sites_message_changes_no_frame(visit, site):
    page = visit(f"{site}/grows")
    page.wait_for_function("document.querySelector('iframe').style.height !== ''")
    height = page.locator("iframe").bounding_box()["height"]
    page.evaluate(HEAR_A_MESSAGE)
    assert page.locator("iframe").bounding_box()["height"] == height


def test_only_listed_sites_may_frame_it(browser, site, tmp_path):
    with embedding_server(tmp_path / "log", "https://a.org") as closed:
        pages = {"/": host_page(f'<iframe src="{closed}/embed?theme=light" title="Ask"></iframe>')}
        with host_site(pages) as address:
            page = browser.new_context().new_page()
            with page.expect_console_message(lambda line: "frame-ancestors" in line.text):
                page.goto(address)
            assert page.frame_locator("iframe").locator("textarea").count() == 0
            page.context.close()


def test_hostile_parameters_run_nothing(visit, server):
    page = visit("about:blank")
    for hostile in HOSTILE:
        query = "&".join(
            f"{name}={page.evaluate('encodeURIComponent', hostile)}"
            for name in ("audience", "theme", "suggestions", "question", "other")
        )
        page.goto(f"{server}/embed?{query}")
        page.locator(".turn").wait_for()
        assert page.locator(".turn .question").text_content() == hostile.strip()
        assert page.evaluate("window.__x") is None
        assert page.locator("main > *").count() == 3
        assert page.locator("quotewell-ask").locator(":is(img, script, svg, iframe)").count() == 0


def test_the_chat_page_works_in_a_frame_under_its_policy(visit, site, answerer):
    page = visit(f"{site}/chat", height=900)
    frame = page.frame_locator("iframe")
    frame.locator("textarea").wait_for()
    frame.locator("textarea").fill("What about radiation, Jane Doe?")
    frame.locator("textarea").press("Enter")
    frame.locator(".qw-text").first.wait_for()
    text = answerer.documents["case_report"].sentences[1].text
    assert frame.locator(".qw-text").first.text_content() == text


def test_the_help_page_shows_what_is_chosen_as_it_is_chosen(visit, server):
    page = visit(f"{server}/embed")
    page.locator("#preview textarea").wait_for()
    page.locator("#audience").select_option("patient")
    page.locator("#theme").select_option("dark")
    page.locator("#suggestions").press_sequentially('One?\nTwo & "three"?')
    page.locator("#preview .ideas button", has_text="three").wait_for()
    ideas = page.locator("#preview .ideas button").all_text_contents()
    assert ideas == ["One?", 'Two & "three"?']
    assert page.locator("#preview quotewell-ask").get_attribute("theme") == "dark"
    snippets = page.locator("[data-template]").all_text_contents()
    assert '<quotewell-ask audience="patient" theme="dark"' in snippets[0]
    assert 'suggestions="One?|Two &amp; &quot;three&quot;?"' in snippets[0]
    assert "theme=dark&amp;suggestions=One%3F%7CTwo+%26" in snippets[1]
    assert snippets[4].startswith(f"{server}/embed?audience=patient&theme=dark&suggestions=One")
    assert snippets[0].count(f"{server}/embed.js") == 1


def test_the_preview_asks_a_pinned_question_when_it_is_whole(visit, server):
    page, asked = visit(f"{server}/embed"), []
    page.on("request", lambda request: asked.append(request.post_data))
    page.locator("#pinned").press_sequentially("What about radiation?")
    page.locator("#pinned").press("Enter")
    page.locator("#preview .quotes").wait_for()
    assert len([one for one in asked if one]) == 1
    assert "#" not in page.url
    assert "?" not in page.url


def test_a_snippet_is_copied_and_works_on_another_site(visit, server):
    page = visit(f"{server}/embed", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#theme").select_option("light")
    for number, name in enumerate(("Any web page", "Canvas", "Moodle", "Markdown course pages")):
        if number:
            page.locator("summary", has_text=name).click()
        page.get_by_role("button", name=f"Copy for: {name}").click()
        page.locator("#status", has_text="Copied").wait_for()
        snippet = page.evaluate("navigator.clipboard.readText()")
        with host_site({"/": host_page(snippet)}) as course:
            other = page.context.new_page()
            other.goto(course)
            framed = "<iframe" in snippet
            place = other.frame_locator("iframe") if framed else other
            ask(place, "What about radiation?")
            assert place.locator(".quotes .card").count() == 2
            other.close()


def test_the_help_page_tests_its_server(visit, server):
    page = visit(f"{server}/embed")
    page.locator("#test").click()
    page.locator("#status", has_text="tests").wait_for()
    assert page.locator("#tests li").all_text_contents()[-1] == "✓ No cookie is set: none"
    assert page.locator("#status").text_content() == "All tests passed."
    (asked,) = page.locator("#tests li", has_text="suggested").all_text_contents()
    assert asked.startswith(
        f"✓ A suggested question is answered with quotes: “{SUGGESTIONS[0]}”, 2 "
    )


def test_the_help_page_says_what_is_wrong_with_an_answer(visit, server):
    page = visit(f"{server}/embed")

    def answer(route):
        response = route.fetch()
        record = response.json()
        if record["status"] == "answered":
            record["quotes"][0]["text"] += " And more."
        route.fulfill(response=response, json=record)

    page.route(f"{server}/api/ask", answer)
    page.locator("#test").click()
    page.locator("#status", has_text="failed").wait_for()
    assert page.locator("#status").text_content() == "1 of 7 tests failed."
    assert "not word for word" in page.locator("#tests .failed").text_content()


def test_the_help_page_leads_back_and_suggests_what_the_library_does(visit, server):
    page = visit(f"{server}/embed")
    assert page.get_by_role("link", name="Quotewell").get_attribute("href") == "./"
    links = page.get_by_role("navigation").get_by_role("link").all_text_contents()
    assert links == ["Ask", "Sources", "About"]
    assert page.locator("#suggestions").get_attribute("placeholder") == "\n".join(SUGGESTIONS)
    assert page.locator("#preview .ideas button").all_text_contents() == list(SUGGESTIONS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_axe_finds_nothing_on_the_help_page(visit, server, scheme, width):
    page = visit(f"{server}/embed", width, color_scheme=scheme)
    page.locator("#preview textarea").wait_for()
    for summary in page.locator("main > details > summary").all():
        summary.press("Enter")
        assert violations(page) == ""
    page.locator("#test").click()
    page.locator("#status", has_text="passed").wait_for()
    assert violations(page) == ""
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0
    for target in page.locator("main :is(a, button, summary, select, input, textarea)").all():
        box = target.bounding_box()
        inline = target.evaluate("one => one.tagName === 'A'")
        assert inline or min(box["width"], box["height"]) >= 24, target.text_content()
