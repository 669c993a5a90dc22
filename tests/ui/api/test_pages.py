"""Marks and pictures of pages over HTTP: what is sent, how long it is kept, and what is refused."""

import io
from dataclasses import replace

import jsonschema
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from answer.locating.pages import WIDTHS
from answer.schema import to_json
from tests.ui.api.test_app import problem
from tests.ui.serving.held import held
from tests.ui.web.paged import PagedAnswerer
from ui.api.pages import BUSY, TOO_OFTEN
from ui.facts import Paged
from ui.queue import QuestionQueue
from ui.settings import Limits
from ui.web import server

pytestmark = pytest.mark.slow

PAGE = "/api/documents/pastimes/pages/1"


@pytest.fixture(scope="module")
def library():
    return PagedAnswerer()


def client_of(library, limits=None, **how):
    queue = QuestionQueue(limits or Limits(), 1)
    app = Starlette(
        routes=server.routes(held(library), queue, server.AS_USUAL),
        middleware=server.middleware("*"),
    )
    return TestClient(app, **how)


@pytest.fixture(scope="module")
def client(library):
    with client_of(library) as client:
        yield client


@pytest.mark.parametrize("word", ["page", "beside"])
def test_every_quote_of_a_document_with_pages_names_its_marks(client, word):
    for quote in client.post("/api/ask", json={"question": word}).json()["quotes"]:
        answer = client.get(quote["marks"])
        record = answer.json()
        assert answer.status_code == 200
        assert (record["document"], record["span"]) == (quote["document"], quote["span"])
        assert record["detail"] == ""
        assert {mark["page"] for mark in record["marks"]} <= {p["number"] for p in record["pages"]}
        assert record["marks"]


def test_a_quote_of_any_other_document_names_none(client):
    for question in ("What about radiation?", "closed"):
        quotes = client.post("/api/ask", json={"question": question}).json()["quotes"]
        assert [quote["marks"] for quote in quotes] == [None] * len(quotes)


def test_the_terminal_gives_the_same_addresses(client, library):
    asked = client.post("/api/ask", json={"question": "page"}).json()["quotes"]
    printed = to_json(library.answer("page"), paged=Paged(library.sources))["quotes"]
    assert [one["marks"] for one in asked] == [one["marks"] for one in printed]


def test_words_that_are_not_on_the_pages_are_said_to_be_missing(client):
    record = client.get("/api/documents/beside/marks?start=0&end=3").json()
    assert record["marks"] == []
    assert record["detail"].endswith("Read them in the text.")
    assert len(record["pages"]) > 1


def test_a_page_is_a_picture_that_any_site_may_show_and_that_is_kept_until_it_changes(client):
    answer = client.get(f"{PAGE}?width=640", headers={"Origin": "https://a.example"})
    assert answer.headers["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(answer.content)).width == 640
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(f"{PAGE}?width=640", headers=known).status_code == 304
    assert client.get(f"{PAGE}?width=960", headers=known).status_code == 200


def test_only_the_head_of_a_page_can_be_asked_for(client):
    head = client.head(PAGE)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) > 10_000


@pytest.mark.parametrize("path", [
    "/api/documents/unknown/pages/1",
    "/api/documents/case_report/pages/1",
    "/api/documents/closed/pages/1",
    "/api/documents/pastimes/pages/0",
    "/api/documents/pastimes/pages/999",
    "/api/documents/pastimes/pages/1e0",
    "/api/documents/pastimes.pdf/pages/1",
    "/api/documents/..%2Fpastimes/pages/1",
    "/api/documents/closed/marks?start=0&end=5",
    "/api/documents/pastimes/marks?start=0&end=99999999",
    "/api/documents/pastimes/pages",
    "/api/documents/pastimes",
])  # fmt: skip
def test_there_is_nothing_else(client, path):
    answer = client.get(path)
    assert problem(answer, 404, answer.json()["code"])[-1] == "."


@pytest.mark.parametrize(("query", "code"), [
    ("width=961", "width"),
    ("width=", "width"),
    ("width=99999999999999999999", "width"),
    ("width=９６０", "width"),
    ("start=5", "span"),
    ("start=5&end=5", "span"),
    ("start=-1&end=5", "span"),
])  # fmt: skip
def test_what_is_asked_for_wrongly_is_said(client, query, code):
    assert problem(client.get(f"{PAGE}?{query}"), 422, code)


def test_marks_need_a_place(client):
    assert problem(client.get("/api/documents/pastimes/marks"), 422, "span").startswith("Give")


def test_the_description_has_both_and_what_is_sent_is_as_described(client):
    described = client.get("/api/openapi.json").json()
    paths = described["paths"]
    widths = paths["/api/documents/{document}/pages/{page}"]["get"]["parameters"][2]["schema"]
    assert widths["enum"] == list(WIDTHS)
    answered = paths["/api/documents/{document}/marks"]["get"]["responses"]["200"]
    schema = answered["content"]["application/json"]["schema"] | {
        "components": described["components"]
    }
    jsonschema.validate(client.get("/api/documents/pastimes/marks?start=0&end=9").json(), schema)


def test_only_reading_is_possible(client):
    assert problem(client.post(PAGE), 405, "method_not_allowed")


def test_a_file_that_was_exchanged_is_not_shown(library):
    other = replace(library.sources["pastimes"], sha256="0" * 64)
    changed = PagedAnswerer()
    changed.sources["pastimes"] = other
    with client_of(changed) as client:
        assert "has changed" in problem(client.get(PAGE), 503, "page")


def test_one_address_may_not_ask_without_end(library):
    with client_of(library, Limits(per_minute=1), client=("192.0.2.1", 1)) as client:
        answers = [client.get(f"{PAGE}?start={n}&end=400") for n in range(8)]
        assert problem(answers[-1], 429, "too_often") == TOO_OFTEN
        assert int(answers[-1].headers["Retry-After"]) > 0


def test_what_would_wait_too_long_is_told_when_to_come_back(library, monkeypatch):
    monkeypatch.setattr("ui.api.pages.WAITING", -1)
    with client_of(library) as client:
        assert problem(client.get(PAGE), 503, "busy") == BUSY
