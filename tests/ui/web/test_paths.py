"""Only the addresses that are of use are served; the rest of Streamlit's are closed."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from tests.ui.serving.held import held
from ui.queue import QuestionQueue
from ui.settings import ROOT, Limits
from ui.web import server
from ui.web.paths import PAGES, KnownPaths, is_served

CLOSED = [
    "/_stcore/metrics",
    "/_st_metrics",
    "/_stcore/upload_file/a/b",
    "/_stcore/script-health-check",
    "/_stcore/agent/interact",
    "/_stcore/agent/mcp",
    "/_stcore/agent/openapi.json",
    "/_stcore/bidi-components/quotewell_live/x",
    "/_stcore/healthy",
    "/component/x/index.html",
    "/app/static/x",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/sources/_stcore/health",
    "/embedded",
    "/nope",
    "/.env",
]


@pytest.fixture
def client():
    async def anything(request):
        return PlainTextResponse("served")

    async def socket(websocket):
        await websocket.accept()
        await websocket.close()

    routes = [
        Route("/{path:path}", anything, methods=["GET", "POST", "PUT"]),
        WebSocketRoute("/{path:path}", socket),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(KnownPaths)]))


@pytest.mark.parametrize("path", CLOSED)
def test_an_address_without_use_is_not_found(client, path):
    for method in ("GET", "POST", "PUT"):
        answer = client.request(method, path)
        assert answer.status_code == 404
        assert "Ask a question" in answer.text


@pytest.mark.parametrize("path", ["//", "//sources", "/sources//", "/api.json", "/static.js"])
def test_an_address_that_looks_like_a_served_one_is_not(path):
    assert not is_served(path)


def test_no_socket_but_the_pages_is_opened(client):
    with client.websocket_connect("/_stcore/stream"):
        pass
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/agent"):
        pass


@pytest.mark.parametrize(
    "path", ["/", "/ask", "/quiz/", "/static/js/a.js", "/_stcore/host-config", "/media/a.svg"]
)
def test_the_page_and_what_it_loads_are_served(client, path):
    assert client.get(path).text == "served"


def test_every_page_and_every_route_of_ours_is_served(answerer):
    shown = (ROOT / "ui" / "page" / "app.py").read_text("utf-8")
    assert set(re.findall(r'url_path="(\w+)"', shown)) | {""} == set(PAGES)
    for route in server.routes(held(answerer), QuestionQueue(Limits(), 1), server.AS_USUAL):
        assert is_served(route.path)
