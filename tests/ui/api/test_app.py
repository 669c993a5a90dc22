"""The JSON interface without a server: Starlette's own client, and the made-up library."""

import logging
from datetime import date

import anyio
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.ui.conftest import SUGGESTIONS
from tests.ui.serving.held import held
from ui.api.app import make_api
from ui.api.openapi import description
from ui.api.records import answer_record
from ui.api.request import MAX_BODY
from ui.failures import BROKEN
from ui.queue import QuestionQueue
from ui.settings import Limits
from ui.web import server


@pytest.fixture
def client(answerer):
    app = Starlette(
        routes=server.routes(held(answerer), QuestionQueue(Limits(), 1), server.AS_USUAL),
        middleware=server.middleware("*"),
    )
    with TestClient(app) as client:
        yield client


def ask(client, question="What about radiation?", **more):
    return client.post("/api/ask", json={"question": question, **more})


def problem(response, status, code):
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    record = response.json()
    assert {"type", "title", "status", "detail"} <= set(record)
    assert (record["status"], record["code"]) == (status, code)
    return record["detail"]


def test_an_answer_is_the_schema_with_the_facts_of_each_quoted_document(client):
    answer = ask(client).json()
    assert answer["status"] == "answered"
    assert set(answer["sources"]) == {"case_report", "patient_guide"}
    source = answer["sources"]["case_report"]
    assert source["evidence"] == "single-patient case report, n = 1"
    assert source["link"] == "https://doi.org/10.14740/jmc4237"
    assert answer["quotes"][0]["facts"][0] == "Single-patient case report, n = 1"
    assert answer["quotes"][0]["verified"] is True
    assert answer["quotes"][0]["cite_as"] == (
        "Daniel Y. Reuben. Case report. Journal of Medical Cases. 2024 Jun 19. "
        "doi: 10.14740/jmc4237. (Treatment, paragraph 2)"
    )
    assert set(source["references"]) == {"vancouver", "ama", "apa"}
    assert answer["library"] == {"documents": 4, "newest": "2024-06-19"}


def test_a_quote_and_its_context_are_the_documents_own_text(client, answerer):
    for quote in ask(client).json()["quotes"]:
        text, (start, end) = answerer.documents[quote["document"]].text, quote["span"]
        before, after = quote["context"]["before"], quote["context"]["after"]
        assert text[start:end] == quote["text"]
        assert text[start - len(before) : end + len(after)] == before + quote["text"] + after
        assert before


@pytest.mark.parametrize("name", ["awkward", "hostile"])
def test_no_character_is_changed_on_the_way(client, answerer, name):
    texts = [sentence.text for sentence in answerer.documents[name].sentences]
    answer = ask(client, f"{name} {texts[0]}").json()
    assert [quote["text"] for quote in answer["quotes"]] == texts
    assert answer["question"] == f"{name} {texts[0]}"


def test_not_found_is_an_answer_with_its_closest_passages(client):
    answer = ask(client, "unknown")
    assert answer.status_code == 200
    assert answer.json()["status"] == "not_found"
    assert answer.json()["quotes"] == []
    assert len(answer.json()["related"]) == 2
    assert set(answer.json()["sources"]) == {"case_report", "patient_guide"}


def test_history_documents_and_audience_reach_the_answerer(client, answerer):
    documents = ["patient_guide", "awkward"]
    answer = ask(client, "And?", history=["First?"], documents=documents, audience="patient")
    assert answerer.asked == [("And?", ("First?",), ("patient_guide", "awkward"))]
    assert answer.json()["quotes"][0]["facts"][0] == "American Cancer Society"
    assert answer.json()["searched"]["documents"] == 2


@pytest.mark.parametrize(
    ("question", "first"), [("Q?", "patient_guide"), ("danger", "case_report")]
)
def test_patients_get_their_own_texts_first_unless_safety_fixed_the_order(client, question, first):
    quotes = ask(client, question, audience="patient").json()["quotes"]
    assert [quote["number"] for quote in quotes] == [1, 2]
    assert quotes[0]["document"] == first
    assert ask(client, question).json()["quotes"][0]["document"] == "case_report"


def test_kinds_and_years_say_which_documents_are_searched(client, answerer):
    ask(client, "Q?", kinds=["Patient information page"])
    ask(client, "Q?", from_year=2020, documents=["awkward", "patient_guide"])
    ask(client, "Q?", to_year=2019)
    only = ("patient_guide",)
    assert [documents for _, _, documents in answerer.asked] == [only, ("awkward",), only]


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"kinds": ["poem"]}, "There is no kind 'poem'; choose among patient information page, "),
        ({"documents": ["x"]}, "There is no document 'x'; choose among awkward, "),
        ({"from_year": 2025}, "No document is from 2025; choose other documents, kinds or years."),
        ({"to_year": "2019"}, '"to_year" must be a year of four digits, as a number.'),
        ({"kinds": "poem"}, '"kinds" must be a list of at most 100 strings.'),
    ],
)
def test_a_choice_that_leaves_no_document_is_refused(client, chosen, told):
    answer = ask(client, "Q?", **chosen)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(told)


def test_an_old_source_is_marked(answerer):
    record = answer_record(answerer.answer("What?"), answerer, "clinician", date(2024, 12, 1))
    assert {name: one.old for name, one in record.sources.items()} == {
        "case_report": False,
        "patient_guide": True,
    }


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "json"),
        (b'{"question": " "}', 422, "question"),
        (b" " * (MAX_BODY + 1), 413, "too_large"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_that_says_what_to_change(client, body, status, code):
    sent = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert problem(sent, status, code).endswith(".")


def test_a_form_is_no_question(client):
    problem(client.post("/api/ask", data={"question": "Q"}), 415, "content_type")


def test_another_method_or_path_is_a_problem_too(client):
    response = client.get("/api/ask")
    problem(response, 405, "method_not_allowed")
    assert "POST" in response.headers["allow"]
    problem(client.get("/api/questions"), 404, "not_found")


def test_a_failure_is_told_apart_and_logged_without_the_question(
    client, answerer, monkeypatch, caplog
):
    def fail(question, history, documents):
        raise KeyError(question)

    monkeypatch.setattr(answerer, "answer", fail)
    assert problem(ask(client, "Jane Doe has what?"), 500, "failed") == BROKEN
    assert "KeyError" in caplog.text
    assert "test_app.py" in caplog.text
    assert "Jane Doe" not in caplog.text


def test_no_question_is_logged_at_any_level(client, caplog):
    caplog.set_level(logging.DEBUG)
    ask(client, "about Jane Doe")
    ask(client, " ", history=["about Jane Doe"])
    assert "Jane Doe" not in caplog.text


def test_pages_of_any_site_may_ask_but_never_with_credentials(client):
    headers = {
        "Origin": "https://course.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    allowed = client.options("/api/ask", headers=headers)
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "*"
    answer = client.post("/api/ask", json={"question": "Q?"}, headers=headers)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    refused = client.post("/api/ask", json={}, headers=headers)
    assert refused.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("callers", "allowed"), [(r"https://a\.example", True), ("", False)])
def test_only_pages_of_the_sites_named_are_told_the_answer(answerer, callers, allowed):
    wanted = server.Wanted(callers=callers)
    app = Starlette(routes=server.routes(held(answerer), QuestionQueue(Limits(), 1), wanted))
    with TestClient(app) as client:
        for origin, is_allowed in [("https://a.example", allowed), ("https://a.example.b", False)]:
            headers = {"Origin": origin}
            answer = client.post("/api/ask", json={"question": "Q?"}, headers=headers)
            told = answer.headers.get("access-control-allow-origin")
            assert told == (origin if is_allowed else None)
            headers["Access-Control-Request-Method"] = "POST"
            assert (client.options("/api/ask", headers=headers).status_code == 200) == is_allowed


def test_an_answer_is_compressed_kept_nowhere_and_sets_no_cookie(client):
    answer = ask(client)
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


def test_the_server_is_healthy_when_it_has_documents(client):
    assert client.get("/healthz").json() == {"status": "ok", "documents": 4}


def test_the_description_is_served_and_describes_every_status(client):
    served = client.get("/api/openapi.json").json()
    assert served == description(SUGGESTIONS[0])
    assert set(served["paths"]["/api/ask"]["post"]["responses"]) == {
        *("200", "400", "408", "413", "415", "422", "429", "500", "503")
    }


def test_the_api_stands_alone(answerer):
    with TestClient(make_api(held(answerer), QuestionQueue(Limits(), 1))) as client:
        assert client.post("/ask", json={"question": "Q?"}).status_code == 200


def test_a_client_that_breaks_off_is_let_go_quietly(answerer, caplog):
    caplog.set_level(logging.INFO)
    app = Starlette(
        routes=server.routes(held(answerer), QuestionQueue(Limits(), 1), server.AS_USUAL),
        middleware=server.middleware("*"),
    )
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/ask",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"host", b"localhost")],
    }
    coming = iter(
        [
            {"type": "http.request", "body": b'{"question": "abo', "more_body": True},
            {"type": "http.disconnect"},
        ]
    )

    async def receive():
        return next(coming)

    async def send(message):
        pass

    anyio.run(app, scope, receive, send)
    assert answerer.asked == []
    assert caplog.records == []


def test_an_answer_says_what_has_happened_to_its_sources_and_its_version(client):
    found = client.post("/api/ask", json={"question": "retracted"}).json()
    sound, gone = found["quotes"]
    assert (sound["status"], sound["cautions"], sound["is_ocr"]) == ([], [], False)
    assert gone["status"][0] == {
        "kind": "retracted",
        "date": "2024-05-04",
        "doi": "10.1000/retraction",
        "document": "",
        "known_from": "Retraction Watch",
    }
    assert gone["cautions"][0] == {
        "kind": "retracted",
        "text": "Retracted on 4 May 2024: do not rely on it.",
        "link": "https://doi.org/10.1000/retraction",
    }
    assert gone["is_ocr"]
    assert gone["cautions"][-1]["kind"] == "scan"
    assert found["version"] == "0123456789ab"


def test_only_texts_written_for_somebody_are_searched(client, answerer):
    client.post("/api/ask", json={"question": "Q?", "written_for": "patient"})
    assert answerer.asked[-1][2] == ("patient_guide",)
    refused = client.post("/api/ask", json={"question": "Q?", "written_for": "educator"})
    assert refused.json()["detail"] == '"written_for" must be one of clinician, patient.'
