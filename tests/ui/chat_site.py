"""The chat page over the made-up library, and a visit to it in a real Chromium."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.ui.embed_site import (
    NEEDS_CHROMIUM,
    chromium,
    fake_server,
    free_port,
    wait_until_healthy,
)
from tests.ui.shown_page import FRAGMENTS
from ui.settings import FEEDBACK_VARIABLE, ROOT

__all__ = [
    "NEEDS_CHROMIUM",
    "ask",
    "axe_finds",
    "chromium",
    "restartable_chat",
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
})();"""
"""The page brings what it shows to the top twice: at once, and when fonts have found their size."""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextmanager
def served_chat(feedback):
    """Serve the page, keeping feedback in a file, and yield its address."""
    log, variables = feedback.with_name("log"), {FEEDBACK_VARIABLE: str(feedback)}
    with fake_server(log, "localhost", "*", **variables) as address:
        yield f"{address}/"


class Restartable:
    """The chat page's server, to be frozen, stopped and started again at the same address."""

    def __init__(self, log):
        self.log, self.port, self.process = log, free_port(), None
        self.address = f"http://localhost:{self.port}/"

    def start(self):
        script = Path(__file__).with_name("fake_server.py")
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, str(script), "localhost", str(self.port), "*"],
                env={"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(self.log.parent)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        wait_until_healthy(self.address.rstrip("/"), self.process, self.log)

    def stop(self):
        self.process.kill()
        self.process.wait()

    def freeze(self):
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self):
        os.kill(self.process.pid, signal.SIGCONT)


@contextmanager
def restartable_chat(log):
    """Serve the page; yield its server, which a test may stop and start."""
    server = Restartable(log)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def served_fragments(fragments):
    """Serve fragments of the page, from a file as ``shown_page.py`` wants it; yield the address."""
    script, log = Path(__file__).with_name("shown_page.py"), fragments.with_name("log")
    with fake_server(log, "localhost", "*", script, **{FRAGMENTS: str(fragments)}) as address:
        yield f"{address}/"


@contextmanager
def visit(browser, address, width=320, height=640, script="", **settings):
    """Open the page; afterwards no request has left its own host and no script has failed.

    ``script`` runs before those of the page.
    """
    context = browser.new_context(
        viewport={"width": width, "height": height},
        permissions=["clipboard-read", "clipboard-write"],
        **settings,
    )
    page, asked_for, broken = context.new_page(), [], []
    page.add_init_script(COUNT_SCROLLS + script)
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
