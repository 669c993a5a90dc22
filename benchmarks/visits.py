"""Measure in a visitor's browser how long it takes to show a quote, and what is loaded."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.served import BenchmarkError

WIDTH, HEIGHT = 1200, 800
TIMEOUT_MS, POLL_MS = 60_000, 25
PAUSE_MS = 500
"""Before each question: the page still settles after it shows a quote. A visitor reads longer."""
QUESTIONS_PER_VISIT = 10

_WATCH = """
(() => {
  const usable = () => document.querySelector("textarea:not([disabled])");
  const watch = setInterval(() => {
    if (!usable()) return;
    window.benchmarkUsable = performance.now();
    clearInterval(watch);
  }, 5);
})();
"""
"""Records when the page can be typed in, in milliseconds since the visitor followed the link."""

_ASKED = """
(host) => {
  const root = host ? document.querySelector(host).shadowRoot : document;
  const turns = () => [...root.querySelectorAll(".qw-turn, .turn")];
  const seen = new Set(turns().map((one) => one.id || one));
  window.benchmarkTook = null;
  addEventListener("keydown", () => {
    const began = performance.now();
    const watch = setInterval(() => {
      const newest = turns().find((one) => !seen.has(one.id || one));
      if (!newest?.querySelector("blockquote, .none, .qw-none")) return;
      clearInterval(watch);
      requestAnimationFrame(() => { window.benchmarkTook = performance.now() - began; });
    }, 2);
  }, { capture: true, once: true });
}
"""
"""Records the milliseconds from the next Enter to the frame in which the first quote is drawn."""


@dataclass
class Loaded:
    """Bytes that came over the network, compressed, with headers."""

    http: int = 0
    socket: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All bytes."""
        return self.http + self.socket


@contextmanager
def visit(browser: Browser) -> Iterator[Page]:
    """Yield a page of a first-time visitor."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    page.add_init_script(_WATCH)
    yield page
    context.close()


def count_bytes(page: Page, home: str) -> Loaded:
    """Return a record that grows with what the page loads from ``home``."""
    loaded, own = Loaded(), set[str]()
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")

    def on_response(event: dict[str, Any]) -> None:
        if event["response"]["url"].startswith(home):
            own.add(event["requestId"])

    def on_finished(event: dict[str, Any]) -> None:
        if event["requestId"] in own:
            loaded.http += int(event["encodedDataLength"])

    def on_frame(event: dict[str, Any]) -> None:
        loaded.socket += len(event["response"]["payloadData"])

    client.on("Network.responseReceived", on_response)
    client.on("Network.loadingFinished", on_finished)
    client.on("Network.webSocketFrameReceived", on_frame)
    return loaded


def usable_after(page: Page, address: str) -> float:
    """Open the page and return the seconds until a question can be typed."""
    page.goto(address)
    return _noted(page, "benchmarkUsable")


def seconds_to_first_quote(page: Page, question: str, host: str = "") -> float:
    """Type a question, press Enter, and return the seconds until its first quote is drawn.

    Args:
        page: opened and usable.
        question: what to type.
        host: the element in whose shadow root to ask; empty for the chat page.

    """
    page.wait_for_timeout(PAUSE_MS)
    page.locator("textarea").fill(question)
    page.evaluate(_ASKED, host)
    page.locator("textarea").press("Enter")
    return _noted(page, "benchmarkTook")


def _noted(page: Page, name: str) -> float:
    """Wait for what a script recorded in milliseconds, and return it in seconds."""
    deadline = time.monotonic() + TIMEOUT_MS / 1000
    while time.monotonic() < deadline:
        if (noted := page.evaluate(f"window.{name} ?? null")) is not None:
            return float(noted) / 1000
        page.wait_for_timeout(POLL_MS)
    raise BenchmarkError(f"nothing within {TIMEOUT_MS // 1000} s on {page.url}")


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that at most ``1 - share`` of the values exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
