"""The whole server as a process: page, interface and embedding at one address."""

import gzip
import json
import signal
import socket
import subprocess
import sys
import time
from urllib.request import Request, urlopen

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from index.errors import NoIndexError
from tests.ui.embed_site import embedding_server, fake_server, free_port
from tests.ui.serving.held import held
from tests.ui.web.handshakes import visit
from ui.errors import CommandError
from ui.page.answerer import in_turn, share, the_answerer
from ui.queue import QuestionQueue
from ui.settings import ROOT, Limits, Places
from ui.terminal import cli
from ui.web import server
from ui.web.compression import Compression
from ui.web.shell import PARTS


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="module")
def address(log):
    with embedding_server(log) as address:
        yield address


def get(address, path, body=None):
    headers = {"Accept-Encoding": "gzip", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(f"{address}{path}", data, headers), timeout=10) as answer:
        return answer.headers, answer.read()


def test_one_address_serves_page_interface_and_embedding(address):
    for path in ("/", "/_stcore/health", "/healthz", "/embed", "/embed.js", "/api/openapi.json"):
        headers, content = get(address, path)
        assert content
        assert "frame-ancestors *" in headers["Content-Security-Policy"]
        assert headers["Set-Cookie"] is None
        assert headers["X-Frame-Options"] is None


def test_a_question_gets_its_answer_and_leaves_no_trace(address, log):
    _, content = get(address, "/api/ask", {"question": "unknown Jane Doe"})
    assert content
    get(address, "/embed?question=unknown%20Jane%20Doe")
    get(address, "/?q=unknown%20Jane%20Doe")
    assert "Jane" not in log.read_text("utf-8")


@pytest.mark.slow
def test_a_page_that_fails_is_logged_without_a_word_of_what_was_asked(tmp_path):
    page, log = tmp_path / "page.py", tmp_path / "log"
    page.write_text("import streamlit as st\nraise RuntimeError(st.query_params['q'])", "utf-8")
    with fake_server(log, "127.0.0.1", "*", page) as address, visit(address, "q=Jane"):
        deadline = time.monotonic() + 30
        while "RuntimeError" not in log.read_text("utf-8") and time.monotonic() < deadline:
            time.sleep(0.1)
    assert "RuntimeError" in log.read_text("utf-8")
    assert "Jane" not in log.read_text("utf-8")


def test_the_pages_scripts_are_compressed(address):
    page = urlopen(f"{address}/", timeout=10).read().decode()
    script = page.partition('src="./')[2].partition('"')[0]
    headers, content = get(address, f"/{script}")
    assert script.endswith(".js")
    assert headers["Content-Encoding"] == "gzip"
    assert len(content) < 250_000


def test_the_page_comes_with_our_title_styles_and_scripts(address):
    page = urlopen(f"{address}/", timeout=10).read().decode()
    assert page.startswith("<!")
    for theirs, ours in PARTS.items():
        assert page.count(ours) == 1
        assert theirs in ours or theirs not in page
    for path in ("", "sources", "sheet"):
        request = Request(f"{address}/{path}", headers={"Accept-Encoding": "gzip"})
        with urlopen(request, timeout=10) as answer:
            assert gzip.decompress(answer.read()).decode() == page
            assert answer.headers["ETag"] is None, "Streamlit's would outlive a change of our part"
    assert "qw-lost" not in urlopen(f"{address}/embed", timeout=10).read().decode()


def test_every_visitor_gets_what_is_served(answerer, monkeypatch):
    monkeypatch.setattr("ui.page.answerer._serving", None)
    with pytest.raises(RuntimeError, match="quotewell chat"):
        the_answerer()
    share(held(answerer), QuestionQueue(Limits(), 1))
    assert the_answerer() is answerer
    assert in_turn().answer("unknown").related


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--frame-ancestors", "a.org"], "'a.org' is not the address of a site"),
        (["--host", "192.0.2.1"], "192.0.2.1 is not an address of this machine"),
    ],
)
def test_what_cannot_be_served_is_one_line_on_stderr(pipeline, capsys, arguments, told):
    assert cli.main(["serve", *arguments, "--port", str(free_port())]) == 1
    printed = capsys.readouterr()
    assert told in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("command", ["chat", "serve"])
def test_without_an_index_nothing_is_served(pipeline, capsys, command):
    def load(*places, **how):
        raise NoIndexError("there is no index in I yet. Run `quotewell build`.")

    pipeline.load_answerer = load
    assert cli.main([command, "--corpus", "C", "--port", str(free_port())]) == 1
    assert capsys.readouterr().err.endswith("Run `quotewell build --corpus C`.\n")


def test_a_taken_port_is_told_before_anything_is_loaded():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"port {port} is not available .* --port"):
            next(server.serve_app(Places.of(), "127.0.0.1", port))


@pytest.mark.parametrize(
    ("command", "stop", "code"),
    [("chat", signal.SIGINT, 130), ("serve", signal.SIGINT, 130), ("serve", signal.SIGTERM, 0)],
)
def test_stopping_the_command_stops_the_server(command, stop, code):
    port = free_port()
    # A child of a background job would inherit that Ctrl-C is ignored.
    program = (
        "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.path.insert(0, 'tests/ui')\nfrom fake_server import library\nlibrary()\n"
        f"sys.argv[1:] = [{command!r}, '--port', '{port}']\n"
        "from ui.__main__ import start\nsys.exit(start())"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert f"http://localhost:{port}/embed" in process.stdout.readline()
    process.send_signal(stop)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == code
    assert "Traceback" not in errors
    with socket.socket() as probe:
        assert probe.connect_ex(("localhost", port)) != 0


def test_ctrl_c_while_the_server_begins_leaves_no_traceback():
    program = (
        "import asyncio.base_events as loops, os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.path.insert(0, 'tests/ui')\nfrom fake_server import library\nlibrary()\n"
        "from ui.__main__ import start\nmade = loops.BaseEventLoop.__init__\n"
        "def interrupted(loop):\n    os.kill(os.getpid(), signal.SIGINT)\n    made(loop)\n"
        "loops.BaseEventLoop.__init__ = interrupted\n"
        f"sys.argv[1:] = ['serve', '--port', '{free_port()}']\nsys.exit(start())"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert ended.returncode == 130
    assert "Traceback" not in ended.stderr


def test_a_script_is_compressed_once_and_is_the_same_every_time():
    calls = []

    async def app(scope, receive, send):
        calls.append(scope["path"])
        kind = "no-cache" if "page" in scope["path"] else "public, immutable, max-age=9"
        await Response("x" * 9000, headers={"Cache-Control": kind})(scope, receive, send)

    client = TestClient(Compression(app))
    for path in ("/static/a.js", "/static/a.js", "/static/page", "/static/page", "/b.js"):
        answer = client.get(path)
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.text == "x" * 9000
    plain = client.get("/static/a.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert calls.count("/static/a.js") == 2
    assert calls.count("/static/page") == 2
