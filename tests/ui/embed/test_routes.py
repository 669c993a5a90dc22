"""What other sites load, as served; test_frame_browser.py has it in a browser."""

import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.ui.serving.held import held
from ui.embed.pages import SANDBOX, SNIPPETS, frame_html, help_html
from ui.embed.routes import EMBED, script_text
from ui.errors import CommandError
from ui.queue import QuestionQueue
from ui.settings import ROOT, Limits
from ui.web import server
from ui.web.headers import callers, frame_ancestors

SUGGESTED = {"clinician": ("Who's <who>?", "What?"), "patient": (), "educator": ()}
SCRIPT = script_text("2 documents, newest 1 May 2024", SUGGESTED)
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def client(answerer):
    ancestors = "'self' https://a.org"
    app = Starlette(
        routes=server.routes(held(answerer), QuestionQueue(Limits(), 1), server.Wanted(ancestors)),
        middleware=server.middleware(ancestors),
    )
    with TestClient(app) as client:
        yield client


def test_the_script_is_small(client):
    assert len(gzip.compress(SCRIPT.encode(), 9)) <= 15_000
    served = client.get("/embed.js")
    assert served.headers["content-encoding"] == "gzip"
    assert int(served.headers["content-length"]) <= 15_000
    assert served.headers["content-type"] == "text/javascript; charset=utf-8"
    assert served.headers["access-control-allow-origin"] == "*"


def test_script_and_answer_together_cost_a_phone_little(client):
    answer = client.post("/api/ask", json={"question": "radiation"})
    sizes = [int(one.headers["content-length"]) for one in (client.get("/embed.js"), answer)]
    assert sum(sizes) <= 25_000


def test_the_script_says_how_fresh_the_library_is(client):
    assert '"4 documents, newest 19 June 2024"' in client.get("/embed.js").text


def test_an_unchanged_script_is_not_sent_again(client):
    tag = client.get("/embed.js").headers["etag"]
    again = client.get("/embed.js", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_no_script_makes_html_of_a_text_or_keeps_anything():
    for path in EMBED.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for forbidden in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
        ):
            assert forbidden not in text, path.name
        for kept in ("localStorage", "sessionStorage", "indexedDB", "WebSocket"):
            assert kept not in text, path.name


def test_no_script_names_another_site():
    addresses = re.findall(r"https?://[^\s\"'`$]+", SCRIPT)
    assert set(addresses) <= {"https://doi.org/"}


@pytest.mark.parametrize("path", ["/embed", "/embed?audience=patient"])
def test_pages_say_who_may_frame_them_and_load_nothing_from_elsewhere(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://a.org")
    assert "unsafe" not in policy
    assert "x-frame-options" not in headers
    assert "set-cookie" not in headers


def test_with_parameters_the_page_is_the_component_alone(client):
    page = client.get(
        "/embed",
        params={"audience": "patient", "theme": "dark", "question": HOSTILE, "on": HOSTILE},
    ).text
    assert 'audience="patient" theme="dark"' in page
    assert 'data-theme="dark"' in page
    assert 'question="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page
    assert "<script>alert" not in page
    assert page.count("<script") == 2


def test_an_unknown_theme_dresses_nothing():
    page = frame_html({"theme": HOSTILE})
    assert "data-theme" not in page
    assert "<script>alert" not in page


def test_without_parameters_the_page_shows_how_to_embed(client):
    page = client.get("/embed").text
    for name, _, _ in SNIPPETS:
        assert f"<summary>{name}</summary>" in page
    assert "http://testserver/embed?audience=clinician" in page
    assert "http://testserver/embed.js" in page
    assert "<code>&#x27;self&#x27; https://a.org</code>" in page
    assert SANDBOX in page


def test_the_help_page_trusts_no_host_name():
    assert "<script>alert" not in help_html(f"http://{HOSTILE}/", "*", SUGGESTED)


def test_canvas_gets_a_bare_frame():
    snippet = {name: text for name, _, text in SNIPPETS}["Canvas"]
    assert snippet.startswith("<iframe ")
    assert "<script" not in snippet


@pytest.mark.parametrize(
    ("setting", "sites"),
    [
        ("*", "*"),
        ("", "*"),
        ("none", "'none'"),
        ("https://a.org", "'self' https://a.org"),
        ("https://a.org https://*.b.org:8443", "'self' https://a.org https://*.b.org:8443"),
        ("http://localhost:*", "'self' http://localhost:*"),
    ],
)
def test_one_setting_says_who_may_frame(setting, sites):
    assert frame_ancestors(setting) == sites


@pytest.mark.parametrize(
    ("origin", "may_ask"),
    [
        ("https://a.org", True),
        ("https://x.b.org:8443", True),
        ("http://localhost:5000", True),
        ("http://a.org", False),
        ("https://xa.org", False),
        ("https://b.org.evil.org:8443", False),
        ("null", False),
    ],
)
def test_the_pages_that_may_frame_may_ask(origin, may_ask):
    sites = frame_ancestors("https://a.org https://*.b.org:8443 http://localhost:*")
    assert bool(re.fullmatch(callers(sites), origin)) == may_ask


def test_any_page_may_ask_where_any_may_frame_and_none_where_none_may():
    assert callers(frame_ancestors("*")) is None
    assert callers(frame_ancestors("none")) == ""


def test_the_private_server_says_that_it_cannot_be_embedded():
    told = help_html("http://a/", "*", SUGGESTED, is_private=True)
    assert "started with <code>quotewell serve</code>" in told
    assert "quotewell chat" not in help_html("http://a/", "*", SUGGESTED)


@pytest.mark.parametrize(
    "setting", ["a.org", "https://a.org/x", "https://a.org; script-src *", "* x"]
)
def test_what_is_no_site_is_refused_by_name(setting):
    with pytest.raises(CommandError, match=r"--frame-ancestors: .* is not the address of a site"):
        frame_ancestors(setting)


def test_every_asset_is_at_most_250_lines():
    for path in [*EMBED.iterdir(), ROOT / "ui" / "web" / "server.py"]:
        assert path.read_text(encoding="utf-8").count("\n") <= 250, path.name
