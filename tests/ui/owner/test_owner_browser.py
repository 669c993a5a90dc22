"""An owner's afternoon in a real browser: files dropped, a fact corrected, a document withdrawn."""

import re
import subprocess
import sys
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from benchmarks.formats.package import docx, p
from tests.ui.chat_site import NEEDS_CHROMIUM, axe_finds
from tests.ui.embed_site import free_port, wait_until_healthy
from tests.ui.owner.conftest import GOUT
from ui.settings import ROOT

pytestmark = NEEDS_CHROMIUM
LEAFLET = """<!DOCTYPE html><html lang="en"><head><title>Living with asthma</title></head><body>
<nav><a href="/">Home</a><a href="/topics">More topics</a></nav><main><h1>Living with asthma</h1>
<p>Asthma narrows the airways of the lungs. Salbutamol opens the airways within minutes.</p>
<p>Tell your nurse if you need the inhaler more than twice a week.</p></main>
<footer>Cookie settings</footer></body></html>"""
BUILT_MS = 240_000
"""For a job with its build: the encoder is loaded, and then the library."""
SHIFTS = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().reduce((sum, one) =>
    sum + (one.hadRecentInput ? 0 : one.value), 0))).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(0), 300);
})"""

OPENED = 0.25
"""What may move, as parts of the page, when the section of a job opens above the documents."""


def run(folder, *arguments):
    return [sys.executable, "-m", "ui", *arguments, "--corpus", str(folder / "library")]


@contextmanager
def chat(folder):
    """Serve the library in a folder; yield the address of the library page, with its code."""
    variables = {"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(folder)}
    (folder / "gout.md").write_text(GOUT, "utf-8")
    add = run(folder, "add", str(folder / "gout.md"))
    subprocess.run(add, env=variables, check=True, capture_output=True, timeout=300)
    port, log = free_port(), folder / "log"
    with log.open("wb") as output:
        command = run(folder, "chat", "--port", str(port))
        process = subprocess.Popen(command, env=variables, stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_until_healthy(f"http://localhost:{port}", process, log, 120)
            yield re.search(r"Library page: (\S+)", log.read_text("utf-8"))[1]
        finally:
            process.terminate()
            process.wait()


@pytest.fixture(scope="module")
def link(tmp_path_factory):
    folder = tmp_path_factory.mktemp("owner")
    with chat(folder) as link:
        yield link
    lines = (folder / "log").read_text("utf-8").splitlines()
    said = [line for line in lines if not line.startswith("{")]
    assert len(said) == 2, "nothing but the two addresses, and the log"


def until_done(page, title):
    expect(page.locator("#job-title")).to_have_text(title, timeout=BUILT_MS)
    expect(page.locator("#pending")).to_be_hidden()


def ask(page, question, number):
    page.locator("textarea").fill(question)
    page.locator("textarea").press("Enter")
    turn = page.locator(f"#turn-{number}")
    turn.wait_for(timeout=30_000)
    return turn


def test_a_library_is_changed_in_the_browser_while_it_answers(browser, link, tmp_path):
    leaflet, letter = tmp_path / "asthma.html", tmp_path / "letter.docx"
    leaflet.write_text(LEAFLET, "utf-8")
    letter.write_bytes(
        docx(p("A letter on migraine", style="Titel"), p("Triptans stop a migraine attack."))
    )
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page, chat_page = context.new_page(), context.new_page()
    broken = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    chat_page.goto(link.partition("/owner")[0])
    expect(ask(chat_page, "What opens the airways within minutes?", 1)).to_contain_text(
        "not answer"
    )

    page.goto(link)
    expect(page.locator("#documents h3")).to_have_text(["Gout in practice"])
    assert page.url.endswith("/owner"), "the code is not left in the address"
    assert axe_finds(page) == []
    assert page.evaluate(SHIFTS) < 0.01

    page.locator("#files").set_input_files([leaflet, letter])
    expect(page.locator("#job-title")).to_have_text("Adding documents")
    until_done(page, "Documents added")
    expect(page.locator("#pace")).to_have_text("2 added")
    expect(page.locator("#status")).to_have_text("Documents added. 2 added")
    expect(page.locator("#documents h3")).to_have_count(3)
    assert axe_finds(page) == []
    assert page.evaluate(SHIFTS) < OPENED

    asthma = page.locator("[data-document=asthma]")
    asthma.locator("summary").click()
    expect(asthma.locator("details")).to_contain_text("Cookie settings")
    asthma.get_by_role("button", name="Facts").click()
    expect(page.locator("#fact-title")).to_have_value("Living with asthma")
    page.locator("#fact-issued").fill("next year")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#facts-problem")).to_contain_text("is not a date")
    page.locator("#fact-issued").fill("2023-05")
    page.locator("#fact-publisher").fill("The lung clinic")
    page.locator("#fact-audience").select_option("patient")
    assert axe_finds(page) == []
    page.get_by_role("button", name="Save").click()
    until_done(page, "Facts saved")

    quoted = ask(chat_page, "What opens the airways of the lungs within minutes?", 2)
    expect(quoted).to_contain_text("Salbutamol opens the airways within minutes.")
    expect(quoted).to_contain_text("The lung clinic")
    chat_page.goto(f"{link.partition('/owner')[0]}/sources")
    expect(chat_page.locator(".qw-choice li")).to_have_count(3)

    asthma.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.locator("#sure").get_by_role("button", name="Withdraw").click()
    until_done(page, "Document withdrawn")
    expect(page.locator("#documents h3")).to_have_count(2)
    chat_page.goto(link.partition("/owner")[0])
    again = ask(chat_page, "What opens the airways of the lungs within minutes?", 1)
    expect(again).to_contain_text("not answer")
    expect(again).not_to_contain_text("Salbutamol")
    assert context.cookies() == []
    assert broken == []
    context.close()


def test_a_link_that_was_used_says_what_to_do(browser, link):
    browser.new_page().goto(link)
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme="dark")
    page = context.new_page()
    page.goto(link)
    expect(page.locator("#enter-problem")).to_contain_text("has been used already")
    expect(page.locator("#library")).to_be_hidden()
    expect(page.locator("#secret")).to_be_focused()
    assert axe_finds(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
