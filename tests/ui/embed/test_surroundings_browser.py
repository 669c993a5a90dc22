"""The component and the frame among what is around them: dark and light pages, bars that stay."""

import pytest

from tests.ui.embed_site import (
    NEEDS_CHROMIUM,
    ask,
    host_page,
    host_site,
    violations_in_every_state,
    visits,
)

pytestmark = NEEDS_CHROMIUM

DARK, LIGHT = "body { background: #14161a; color: #ddd }", "body { background: #fff; color: #222 }"
CLEAR = "body { background: none; %s } html { %s }"
HOSTS = {
    "dark": (DARK, "dark"),
    "light": (LIGHT, "light"),
    "without a background": (CLEAR % ("", ""), "light"),
    "dark by its color-scheme": (CLEAR % ("", "color-scheme: dark"), "dark"),
    "dark in another colour space": (CLEAR % ("", "background: oklch(0.25 0.05 260)"), "dark"),
    "light in another colour space": ("body { background: color(display-p3 0.9 0.9 1) }", "light"),
    "dark behind a veil": (
        CLEAR % ("background: rgb(255 255 255 / 10%)", "background: #111"),
        "dark",
    ),
    "white on a picture": ("body { background: linear-gradient(#000, #124); color: #fff }", "dark"),
    "dark where it stands": (f"{LIGHT} main {{ background: rgb(20, 20, 40) }}", "dark"),
}
BAR = (
    '<nav class="sticky-top" style="position: {}; top: 0; left: 0; right: 0; height: 56px;'
    ' background: #7952b3">The course</nav>'
)
"""As hosts have them, without a z-index."""
IN_FRONT = """() => [0, 20, 55].every((y) =>
  document.elementFromPoint(innerWidth / 2, y).matches(".sticky-top"))"""


def component(attributes=""):
    return f"<quotewell-ask {attributes}></quotewell-ask>"


@pytest.fixture
def visit(browser, server):
    """Open a page with something of ours on it, a style, and our script unless it goes without."""
    script = f'<script src="{server}/embed.js" async></script>'
    pages = {}
    with host_site(pages) as site, visits(browser, site, server) as open_page:

        def visit(body, style="", scheme="light", *, script=script, **options):
            pages["/"] = host_page(f"{body}{script}", f"<style>{style}</style>")
            return open_page(site, color_scheme=scheme, **options)

        yield visit


@pytest.fixture
def frame(server):
    def frame(query="audience=clinician"):
        address = f"{server}/embed?{query}"
        return f'<iframe src="{address}" title="Ask" width="100%" height="600"></iframe>'

    return frame


def wait_for_theme(place, theme):
    wanted = "section.box.dark" if theme == "dark" else "section.box:not(.dark)"
    place.locator(wanted).wait_for()
    colour = place.locator("section.box").evaluate("one => getComputedStyle(one).backgroundColor")
    assert colour == ("rgb(21, 24, 27)" if theme == "dark" else "rgb(252, 251, 248)")


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize(("style", "theme"), HOSTS.values(), ids=HOSTS)
def test_the_component_is_as_its_page_is_whatever_the_system_prefers(visit, style, theme, system):
    wait_for_theme(visit(component(), style, system), theme)


@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_page_that_follows_the_system_takes_the_component_along(visit, system):
    page = visit(component(), CLEAR % ("", "color-scheme: light dark"), system)
    wait_for_theme(page, system)
    other = {"light": "dark", "dark": "light"}[system]
    page.emulate_media(color_scheme=other)
    wait_for_theme(page, other)


def test_the_component_changes_with_its_page(visit):
    style = f"{LIGHT} .night {{ background: #111; transition: background .2s }}"
    page = visit(component(), style)
    wait_for_theme(page, "light")
    page.evaluate("document.body.classList.add('night')")
    wait_for_theme(page, "dark")
    page.locator("quotewell-ask").evaluate("one => one.setAttribute('theme', 'light')")
    wait_for_theme(page, "light")


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize(("style", "theme"), [(DARK, "dark"), (LIGHT, "light")])
def test_a_frame_is_as_the_script_says_that_its_page_is(visit, frame, style, theme, system):
    page = visit(frame(), style, system)
    wait_for_theme(page.frame_locator("iframe"), theme)
    page.evaluate("document.body.style.background = '#777'")
    wait_for_theme(page.frame_locator("iframe"), "light")


def test_a_frame_that_nothing_is_told_is_light_and_as_its_address_says(visit, frame):
    place = visit(frame(), DARK, "dark", script="").frame_locator("iframe")
    place.locator("textarea").wait_for()
    wait_for_theme(place, "light")
    dark = visit(frame("theme=dark"), LIGHT, "light").frame_locator("iframe")
    dark.locator("textarea").wait_for()
    wait_for_theme(dark, "dark")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_in_a_tab_of_its_own_it_is_as_the_system_prefers(visit, server, system):
    page = visit("", scheme=system)
    page.goto(f"{server}/embed?audience=clinician")
    wait_for_theme(page, system)


@pytest.mark.parametrize("position", ["sticky", "fixed"])
@pytest.mark.parametrize("width", [360, 1200])
def test_the_pages_own_bar_stays_in_front_and_the_answer_below_it(visit, position, width):
    body = BAR.format(position) + component()
    page = visit(body, "html { scroll-behavior: smooth } #theirs { position: static }", width=width)
    # First in the body, as bars are.
    page.evaluate("document.body.prepend(document.querySelector('nav'))")
    ask(page, "awkward")
    line, question = (
        page.locator(".always").bounding_box(),
        page.locator(".question").bounding_box(),
    )
    assert 55 <= line["y"] < line["y"] + line["height"] <= question["y"] <= 56 + 120
    for down in range(0, 2000, 160):
        page.evaluate("top => scrollTo({ top, behavior: 'instant' })", down)
        if position == "fixed" or page.evaluate("scrollY") > 0:
            assert page.evaluate(IN_FRONT)


def test_a_growing_frame_shows_its_answer_below_the_pages_bar(visit, frame):
    page = visit(BAR.format("fixed") + frame())
    place = page.frame_locator("iframe")
    place.locator("textarea").wait_for()
    ask(place, "awkward")
    page.wait_for_function("scrollY > 50")
    page.wait_for_timeout(200)
    assert 55 <= place.locator(".always").bounding_box()["y"] <= 60


@pytest.mark.parametrize("width", [320, 1200])
def test_a_frame_of_fixed_height_keeps_its_ask_box_in_view(visit, frame, width):
    page = visit(frame(), width=width, script="")
    place = page.frame_locator("iframe")
    place.locator("textarea").wait_for()
    ask(place, "What about radiation?")
    top = page.locator("iframe").bounding_box()["y"]
    assert place.locator("label").bounding_box()["y"] >= top
    assert place.locator(".question").bounding_box()["y"] < top + 500
    assert page.frames[1].evaluate("scrollY") == 0


@pytest.mark.parametrize(
    ("before", "attributes", "levels"),
    [
        ("", "", [3, 4, 5]),
        ("<h4>A deep place</h4>", "", [5, 6, 6]),
        ("", 'heading-level="2"', [2, 3, 4]),
    ],
)
def test_no_heading_level_is_skipped(visit, before, attributes, levels):
    page = visit(before + component(attributes))
    ask(page, "radiation // unknown")
    ask(page, "unknown")
    found = [
        page.locator(one).first.evaluate("one => one.tagName") for one in (".question", ".part")
    ]
    # The closest passages stand under the question, or under its part.
    assert found == [f"H{levels[0]}", f"H{levels[1]}"]
    assert page.locator(".closest").first.evaluate("one => one.tagName") == f"H{levels[1]}"
    assert page.locator(".closest").last.evaluate("one => one.tagName") == f"H{levels[2]}"


@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize(
    ("question", "kind"), [("emergency", "emergency"), ("thank you", "small_talk")]
)
def test_a_notice_is_shown_and_announced_once(visit, frame, framed, question, kind):
    page = visit(frame() if framed else component())
    place = page.frame_locator("iframe") if framed else page
    ask(place, question)
    text = place.locator(f".notice.{kind}").text_content()
    seen = place.locator("section.box").inner_text()
    hidden = place.locator(":is([role=alert], [role=status] .hidden)").all_text_contents()
    heard = [one.strip() for one in hidden if one.strip()]
    assert heard == [text]
    assert place.locator("section.box :not(.hidden, .hidden *)", has_text=text).last.is_visible()
    assert seen.count(text) - len(heard) == 1


def test_beside_a_quote_stands_what_stands_beside_it_on_the_page(visit):
    page = visit(component())
    ask(page, "approved")
    card = page.locator("li.card").first
    assert card.locator(".kind").text_content() == "Single-patient case report, n = 1"
    assert card.locator(".small").first.text_content().startswith("Context: “The patient required")
    assert card.locator(".dated").text_content() == "As of June 2024."
    assert (
        card.locator("article").get_attribute("aria-label") == "Quote 1: Case report, Reuben 2024"
    )
    number, quote = card.locator(".number").bounding_box(), card.locator(".text").bounding_box()
    assert number["x"] + number["width"] <= quote["x"]


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("style", [DARK, LIGHT])
def test_axe_finds_nothing_on_a_page_that_differs_from_the_system(visit, frame, style, system):
    page = visit(component(), style, system)
    page.locator("textarea").wait_for()
    assert violations_in_every_state(page, page, "quotewell-ask") == {}
    page = visit(frame(), style, system)
    place = page.frame_locator("iframe")
    place.locator("textarea").wait_for()
    assert violations_in_every_state(page, place, "iframe") == {}
