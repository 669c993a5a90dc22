"""The server that is embedded, and a site of another origin that embeds it."""

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest

from ui.settings import ROOT

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
START_SECONDS = 60
NEEDS_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"needs Chromium at {CHROMIUM}"),
]

WCAG = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "rules": {"heading-order": {"enabled": True}},
}

# What Bootstrap 5.3 does to bare elements, and its classes that a component may meet.
BOOTSTRAP_CSS = """
*,::after,::before{box-sizing:border-box}
:root{font-size:10px}
body{margin:0;font-family:Georgia,serif;font-size:1.6rem;color:#212529;background-color:#fff;text-align:center}
h1,h2,h3,h4{margin-top:0;margin-bottom:.5rem;font-weight:500;line-height:1.2;color:#b00}
p{margin-top:0;margin-bottom:1rem} ol,ul{padding-left:2rem} a{color:#0d6efd;text-decoration:underline}
button,input,textarea{margin:0;font-family:inherit;font-size:inherit;text-transform:uppercase}
mark,.mark{padding:.1875em;background-color:#fcf8e3} blockquote{margin:0 0 1rem;border-left:5px solid #eee}
.card{position:relative;display:flex;flex-direction:column;background-color:#e00;border:9px solid #000}
.row{--bs-gutter-x:1.5rem;display:flex;margin-right:-75px;margin-left:-75px}
.small{font-size:.875em} .text,.label,.facts{display:none} .btn{padding:.375rem .75rem;color:#fff}
"""


@contextmanager
def chromium(*more):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *more])
        yield browser
        browser.close()


@contextmanager
def visits(browser, *own):
    """Yield a function that opens an address.

    Afterwards nothing but ``own`` addresses was asked for, nothing broke a policy, and there is
    no cookie.
    """
    contexts, requests, complaints = [], [], []

    def visit(address, width=768, height=640, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda line: complaints.append(line.text))
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        assert context.cookies() == []
        context.close()
    allowed = (*own, "data:", "blob:", "about:")
    assert [url for url in requests if not url.startswith(allowed)] == []
    assert [line for line in complaints if "Content Security Policy" in line] == []


@contextmanager
def component_visits(browser, server, hostile=()):
    """Yield a function that opens a page of another site that has the component in it."""
    with (
        host_site(component_pages(server, hostile)) as site,
        visits(browser, site, server) as open_page,
    ):

        def visit(path="/", width=320, *, wait=True, **options):
            page = open_page(f"{site}{path}", width, **options)
            if wait:
                place_of(page, path).locator("textarea").wait_for()
            return page

        yield visit


def place_of(page, path):
    """Where on a page of ``component_pages`` one asks: the page itself, or the frame in it."""
    return page.frame_locator("iframe") if path == "/framed" else page


def component_pages(server, hostile=()):
    script = f'<script src="{server}/embed.js" async></script>'

    def page(attributes=""):
        return host_page(f"<quotewell-ask {attributes}></quotewell-ask>{script}")

    bad = "|".join(hostile).replace("&", "&amp;").replace('"', "&quot;")
    return {
        "/": page('suggestions="What about radiation?|Which side effects are common?"'),
        "/dark": page('theme="dark"'),
        "/light": page('theme="light"'),
        "/patient": page('audience="patient"'),
        "/pinned": page('question="Which side effects are common?"'),
        "/hostile": page(f'suggestions="{bad}" question="{bad}" audience="{bad}" theme="{bad}"'),
        "/later": host_page(
            '<div style="height: 0; overflow: hidden"><quotewell-ask></quotewell-ask></div>'
        ),
        "/framed": host_page(
            f'<iframe src="{server}/embed?audience=clinician" title="Ask" width="100%" height="600"></iframe>{script}'
        ),
        "/module": host_page(
            f'<quotewell-ask></quotewell-ask><script type="module" src="{server}/embed.js"></script>'
        ),
    }


def violations(page, root="html"):
    """What axe finds in a page and the frames in it, in words; empty if nothing."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context={"include": [[root]]}, options=WCAG)
    return found.generate_report() if found.violations_count else ""


def violations_in_every_state(page, place, root="html"):
    """What axe finds as a visitor goes from the start to a failure, by state."""
    found = {"start": violations(page, root)}
    for state, question in {
        "answered": "What about radiation?",
        "notice": "emergency",
        "awkward": "awkward",
        "not found": "unknown",
        "problem": "crash",
    }.items():
        ask(place, question)
        found[state] = violations(page, root)
        for summary in place.locator(".turn").first.locator("summary").all():
            summary.click()
        found[f"{state}, everything open"] = violations(page, root)
    return {state: report for state, report in found.items() if report}


def ask(place, question):
    """Ask in a page or a frame and wait for what comes of it."""
    turns = place.locator(".turn").count()
    place.locator("textarea").fill(question)
    place.locator("textarea").press("Enter")
    place.locator(".turn").nth(turns).wait_for()


@contextmanager
def embedding_server(log, ancestors="*"):
    """Serve the made-up library at 127.0.0.1 with its output in ``log``; yield its address."""
    with fake_server(log, "127.0.0.1", ancestors) as address:
        yield address


@contextmanager
def fake_server(log, host, ancestors, *pages, **variables):
    """Serve the made-up library, ``variables`` in its environment; yield its address."""
    with fake_process(log, host, ancestors, *pages, **variables) as (address, _):
        yield address


@contextmanager
def fake_process(log, host, ancestors, *pages, **variables):
    """Likewise; yield its address and its process."""
    port = free_port()
    command = [sys.executable, str(Path(__file__).with_name("fake_server.py"))]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, host, str(port), ancestors, *map(str, pages)],
            env={"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(log.parent), **variables},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_healthy(f"http://{host}:{port}", process, log)
            yield f"http://{host}:{port}", process
        finally:
            process.terminate()
            process.wait()


def wait_until_healthy(address, process, log, seconds=START_SECONDS):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            with urlopen(f"{address}/healthz", timeout=2) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"not served within {seconds} s: {log.read_text('utf-8')}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def host_site(pages):
    """Serve pages (path to HTML) at localhost, another site than 127.0.0.1; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, pages))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Pages(BaseHTTPRequestHandler):
    def __init__(self, pages, *more):
        self.pages = pages
        super().__init__(*more)

    def do_GET(self):
        page = self.pages.get(self.path)
        self.send_response(404 if page is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((page or "").encode())

    def log_message(self, *words):
        pass


def host_page(body, head=""):
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A course</title>'
        f'<meta name="viewport" content="width=device-width"><style>{BOOTSTRAP_CSS}</style>{head}'
        f'</head><body><main><h1>A course</h1><p class="small">Read <a href="#x">this</a> first.</p>'
        f'<div class="card" id="theirs"><button class="btn">Theirs</button></div>'
        f"<h2>Ask</h2>{body}</main>"
        '<footer style="height: 400px">The course goes on here.</footer></body></html>'
    )
