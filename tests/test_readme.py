"""What README.md shows can be typed, and gives what it shows."""

import json
import re
import shlex
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.ui.serving.held import held
from ui.api.openapi import description
from ui.embed.pages import NAMES, help_html
from ui.facts import AUDIENCES, example, suggested
from ui.queue import QuestionQueue
from ui.settings import FEEDBACK_OFF, FEEDBACK_VARIABLE, Limits
from ui.terminal.arguments import DEFAULT_PORT, read_arguments
from ui.terminal.cli import main
from ui.web import server
from ui.web.paths import is_served

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
FENCES = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
PROSE = re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL)
COMMANDS = sorted(set(re.findall(r"`quotewell ([a-z-]+)", PROSE)))
CALLED = [line for language, text in FENCES if language == "console" for line in text.splitlines()]
SHELL = [
    line
    for language, text in FENCES
    if language == "sh"
    for line in text.replace("\\\n", "").splitlines()
]
INSTALLERS = {"pipx", "uv", "pip"}
SNIPPETS = [text for language, text in FENCES if language == "html"]


def help_of(capsys, *command):
    with pytest.raises(SystemExit) as stop:
        main([*command, "--help"])
    assert stop.value.code == 0
    return capsys.readouterr().out


def named(pattern):
    return sorted(set(re.findall(pattern, PROSE)))


def test_every_fence_is_of_a_kind_that_is_tried_here():
    assert {language for language, _ in FENCES} <= {"console", "sh", "html"}
    assert {shlex.split(line)[0] for line in SHELL} <= INSTALLERS | {"make", "curl", "quotewell"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_exists_and_takes_the_two_places(command, capsys):
    assert {"--corpus", "--index"} <= set(help_of(capsys, command).replace(",", " ").split())


def test_every_command_and_no_other_is_in_the_readme(capsys):
    listed = re.findall(r"^    ([a-z-]+)(?: {2,}|$)", help_of(capsys), re.MULTILINE)
    assert sorted(listed) == COMMANDS


def test_every_option_is_one_of_a_command(capsys):
    helps = "".join(help_of(capsys, command) for command in COMMANDS)
    assert [name for name in named(r"(?<![\w-])--[a-z][a-z-]+") if f"{name} " not in helps] == []


def test_every_command_to_type_is_read():
    for line in SHELL:
        program, *arguments = shlex.split(line, comments=True)
        if program == "quotewell":
            assert read_arguments(arguments).command in COMMANDS
        elif program in INSTALLERS:
            assert arguments[-1] == ".[build]"
            assert [one for one in arguments if one.endswith(".txt")] <= ["constraints.txt"]


def test_the_feedback_variable_is_called_so():
    assert FEEDBACK_VARIABLE in named(r"`(QUOTEWELL_[A-Z]+)`")
    assert f"`{FEEDBACK_OFF}` asks nobody" in README


@pytest.fixture(scope="module")
def client(real_answerer):
    app = Starlette(
        routes=server.routes(held(real_answerer), QuestionQueue(Limits(), 1), server.AS_USUAL)
    )
    with TestClient(app) as client:
        yield client


@pytest.fixture
def answered(client):
    """Check that a question, as a program sends it, gets quotes."""

    def check(question, **more):
        answer = client.post("/api/ask", json={"question": question, **more})
        assert (answer.status_code, answer.json()["status"]) == (200, "answered"), question

    return check


@pytest.fixture
def called(client):
    """Send what a curl command would send, and check that it gets quotes."""

    def check(command):
        _, url, *options = shlex.split(command)
        given = dict(zip(options[::2], options[1::2], strict=True))
        assert given.keys() == {"-H", "-d"}
        name, _, value = given["-H"].partition(": ")
        answer = client.post(urlsplit(url).path, content=given["-d"], headers={name: value})
        assert (answer.status_code, answer.json()["status"]) == (200, "answered"), command
        return urlsplit(url), json.loads(given["-d"])

    return check


@pytest.mark.slow
def test_a_command_prints_what_is_shown(index, real_answerer, monkeypatch, capsys):
    monkeypatch.setattr("answer.pipeline.load_answerer", lambda *places, **how: real_answerer)
    monkeypatch.setenv("COLUMNS", "80")
    printed = []
    for line in CALLED:
        if line.startswith("$ "):
            program, *arguments = shlex.split(line[2:])
            assert program == "quotewell"
            assert main([*arguments, "--index", index]) == 0
            printed += [line, *capsys.readouterr().out.splitlines()]
    assert printed == CALLED


@pytest.mark.slow
def test_a_call_of_the_interface_gets_quotes(called):
    for line in SHELL:
        if line.startswith("curl"):
            address, _ = called(line)
            assert address.port == DEFAULT_PORT


@pytest.mark.slow
def test_the_call_shown_at_embed_gets_quotes(called, real_answerer):
    page = help_html("http://a/", "*", suggested(real_answerer))
    (call,) = re.findall(r"<code>(curl .*?)</code>", page, re.DOTALL)
    address, _ = called(unescape(call).replace("\\\n", ""))
    assert address.netloc == "a"


@pytest.mark.slow
def test_the_request_shown_in_the_description_gets_quotes(answered, real_answerer):
    question = example(suggested(real_answerer))
    body = description(question)["paths"]["/api/ask"]["post"]["requestBody"]
    answered(**body["content"]["application/json"]["example"])


class Elements(HTMLParser):
    """The elements of a snippet, each with its attributes."""

    def __init__(self, snippet):
        super().__init__()
        self.found = []
        self.feed(snippet)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


@pytest.mark.slow
@pytest.mark.parametrize("snippet", SNIPPETS)
def test_a_snippet_offers_questions_that_get_quotes(client, answered, snippet):
    (_, script), (component, attributes) = Elements(snippet).found
    assert client.get(urlsplit(script["src"]).path).headers["content-type"].startswith("text/java")
    assert component == "quotewell-ask"
    assert attributes.keys() <= set(NAMES)
    assert attributes["audience"] in AUDIENCES
    for question in attributes["suggestions"].split("|"):
        answered(question, audience=attributes["audience"])


@pytest.mark.slow
def test_every_path_is_served(client):
    for path in named(r"`(/[a-z./]+)`"):
        assert is_served(path), path
        if path != "/owner":  # of which tests/ui/owner tells
            assert client.get(path).status_code == 200, path
