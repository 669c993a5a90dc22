"""Whole documents at their addresses: what is sent, how long it is kept, and what cannot happen."""

from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.ui.serving.held import held
from ui.html.document import document_html
from ui.queue import QuestionQueue
from ui.settings import Limits
from ui.web import documents, server


def client_of(answerer):
    return TestClient(
        Starlette(
            routes=server.routes(held(answerer), QuestionQueue(Limits(), 1), server.AS_USUAL),
            middleware=server.middleware("*"),
        )
    )


@pytest.fixture
def client(answerer):
    return client_of(answerer)


def test_a_document_is_sent_as_a_fragment(client, answerer):
    for doc_id, document in answerer.documents.items():
        answer = client.get(f"/documents/{doc_id}")
        assert answer.text == document_html(document)
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_browser_that_has_it_is_sent_nothing_again(client):
    tag = client.get("/documents/case_report").headers["ETag"]
    again = client.get("/documents/case_report", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/documents/patient_guide", headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_opened_by_itself_nothing_in_it_can_run(client):
    headers = client.get("/documents/hostile").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("name", ["unknown", "%2e%2e", "case_report/more", "", "<b>"])
def test_there_is_nothing_at_any_other_address(client, name):
    answer = client.get(f"/documents/{name}")
    assert answer.status_code == 404
    assert "<b>" not in answer.text


def test_a_document_may_have_any_name_that_a_file_may_have(answerer, make_document):
    name = "Größe & 100 % #1?"
    answerer.documents[name] = make_document(name, "Title", ["Said."])
    answerer.sources[name] = answerer.sources["awkward"]
    assert client_of(answerer).get(f"/documents/{quote(name, safe='')}").status_code == 200


def test_a_document_is_made_once(client, monkeypatch):
    made = []
    monkeypatch.setattr(documents, "document_html", lambda one, said: made.append(one.doc_id) or "")
    for _ in range(3):
        client.get("/documents/case_report")
    assert made == ["case_report"]
