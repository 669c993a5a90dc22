"""The chat page over the made-up library, and a visit to it in a real Chromium."""

from contextlib import contextmanager
from pathlib import Path

from tests.ui.embed_site import NEEDS_CHROMIUM, chromium, fake_server
from tests.ui.shown_page import FRAGMENTS
from ui.settings import FEEDBACK_VARIABLE

__all__ = [
    "NEEDS_CHROMIUM",
    "ask",
    "axe_finds",
    "chromium",
    "served_chat",
    "served_fragments",
    "settle",
    "status",
    "texts",
    "visit",
]

COUNT_SCROLLS = """(() => {
  const scroll = Element.prototype.scrollIntoView;
  window.broughtToTop = {};
  Element.prototype.scrollIntoView = function (...how) {
    scroll.apply(this, how);
    window.broughtToTop[this.id] = (window.broughtToTop[this.id] ?? 0) + 1;
  };
})()"""
"""The page brings what it shows to the top twice: at once, and when fonts have found their size."""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextmanager
def served_chat(feedback):
    """Serve the page, keeping feedback in a file, and yield its address."""
    log, variables = feedback.with_name("log"), {FEEDBACK_VARIABLE: str(feedback)}
    with fake_server(log, "localhost", "*", **variables) as address:
        yield f"{address}/"


@contextmanager
def served_fragments(fragments):
    """Serve fragments of the page, from a file as ``shown_page.py`` wants it; yield the address."""
    script, log = Path(__file__).with_name("shown_page.py"), fragments.with_name("log")
    with fake_server(log, "localhost", "*", script, **{FRAGMENTS: str(fragments)}) as address:
        yield f"{address}/"


@contextmanager
def visit(browser, address, width=320, height=640, **settings):
    """Open the page; afterwards no request has left its own host and no script has failed."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        permissions=["clipboard-read", "clipboard-write"],
        **settings,
    )
    page, asked_for, broken = context.new_page(), [], []
    page.add_init_script(COUNT_SCROLLS)
    page.on("request", lambda request: asked_for.append(request.url))
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(address)
    page.locator(".qw-always").first.wait_for()
    yield page
    origin = "/".join(address.split("/")[:3]) + "/"
    own = (origin, origin.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked_for if not url.startswith(own)] == []
    assert broken == []
    context.close()


def ask(page, question, number=1):
    page.locator("textarea").fill(question)
    page.locator("textarea").press("Enter")
    page.locator(f"#turn-{number}").wait_for()


def settle(page, name):
    """Wait until the page has brought an element to the top and will not scroll again."""
    page.wait_for_function("name => window.broughtToTop[name] === 2", arg=name)


def texts(page, read="textContent"):
    return page.locator(".qw-turn .qw-text").evaluate_all(f"all => all.map(one => one.{read})")


def status(page):
    return page.locator("[role=status][aria-live=polite]").first.text_content()


def axe_finds(page):
    """Return the rules of WCAG 2.0 to 2.2, A and AA, that the page breaks, and where."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_timeout(300)  # until colours have faded in
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    return [
        (rule["id"], [node["target"] for node in rule["nodes"]])
        for rule in found.response["violations"]
    ]
