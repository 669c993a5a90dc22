import json
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.client import Client

from tests.ui.conftest import WELCOME
from ui.api.desk import FIRST
from ui.api.mcp_server import make_server, serve
from ui.failures import BROKEN
from ui.settings import ROOT
from ui.terminal import cli

TWO_STEPS = (
    "import sys; from pathlib import Path; from types import SimpleNamespace\n"
    "import importlib.util as i\n"
    f"spec = i.spec_from_file_location('fake', {str(ROOT / 'tests/ui/conftest.py')!r})\n"
    "fake = i.module_from_spec(spec); spec.loader.exec_module(fake)\n"
    "def load(*places, **how): print('loading'); return fake.FakeAnswerer()\n"
    "sys.modules['answer.pipeline'] = SimpleNamespace(load_answerer=load)\n"
    "from ui.terminal.cli import main\n"
    "sys.exit(main(['mcp']))\n"
)


@pytest.fixture
def call(answerer):
    """Call a tool as an assistant does; the client checks the result against the schema."""

    def call(tool, **arguments):
        async def session():
            async with Client(make_server(answerer)) as client:
                return await client.call_tool(tool, arguments)

        return anyio.run(session)

    return call


def tools(answerer):
    async def session():
        async with Client(make_server(answerer)) as client:
            return (await client.list_tools()).tools

    return {tool.name: tool for tool in anyio.run(session)}


@pytest.mark.parametrize("doc_id", ["awkward", "hostile"])
def test_an_assistant_gets_the_quotes_character_for_character(call, answerer, doc_id):
    result = call("ask", question=doc_id)
    quotes = [sentence.text for sentence in answerer.documents[doc_id].sentences]
    assert [quote["text"] for quote in result.structured_content["quotes"]] == quotes
    for quote in quotes:
        assert f"“{quote}”" in result.content[0].text


def test_what_cannot_be_seen_is_shown_in_the_text_and_kept_in_the_record(
    call, answerer, make_document
):
    hidden = "Take\u200b \u202e5 mg\u202c\x1b[2J \U000e0041daily."
    answerer.documents["awkward"] = make_document("awkward", "D", [hidden])
    result = call("ask", question="awkward")
    assert result.structured_content["quotes"][0]["text"] == hidden
    shown = "“Take⟨U+200B⟩ ⟨U+202E⟩5 mg⟨U+202C⟩␛[2J ⟨U+E0041⟩daily.”"
    assert shown in result.content[0].text


def test_each_quote_comes_with_its_citation_and_each_source_with_its_facts(call):
    record = call("ask", question="radiation").structured_content
    assert record["status"] == "answered"
    assert record["quotes"][0]["cite_as"] == (
        "Daniel Y. Reuben. Case report. Journal of Medical Cases. 2024 Jun 19. "
        "doi: 10.14740/jmc4237. (Treatment, paragraph 2)"
    )
    facts = record["sources"]["patient_guide"]
    assert facts["evidence"] == "patient information page"
    assert set(facts["references"]) == {"vancouver", "ama", "apa"}


def test_history_and_documents_reach_the_answerer(call, answerer):
    call("ask", question="And then?", history=["First?"], documents=["case_report"])
    assert answerer.asked == [("And then?", ("First?",), ("case_report",))]


def test_kinds_and_years_limit_what_is_searched_and_the_text_says_so(call, answerer):
    limits = {"kinds": ["patient information page"], "from_year": 2010, "to_year": 2020}
    result = call("ask", question="Q?", **limits)
    assert answerer.asked == [("Q?", (), ("patient_guide",))]
    assert "\n\nSearched: 1 of 4 documents, 98 passages.\n\n" in result.content[0].text


def test_no_answer_is_no_error_and_says_so_first(call):
    result = call("ask", question="unknown")
    assert not result.is_error
    assert result.structured_content["status"] == "not_found"
    assert result.structured_content["quotes"] == []
    assert result.content[0].text.startswith("The documents do not answer this.\n\nThe closest")


def test_an_assistant_is_told_how_a_follow_up_was_read(call):
    result = call("ask", question="and why?", history=["First?"])
    assert result.structured_content["read_as"] == ["First?", "and why?"]
    assert result.content[0].text.startswith("Read as: “First?” “and why?”\n\n[1] ")


def test_an_assistant_gets_each_question_of_a_message_with_its_quotes(call):
    result = call("ask", question="radiation // unknown")
    first, second = result.structured_content["parts"]
    assert (first["status"], second["status"]) == ("answered", "not_found")
    assert first["quotes"] == result.structured_content["quotes"]
    assert "context" in second["related"][0]
    text = result.content[0].text
    assert text.index("radiation\n\n[1]") < text.index("unknown\n\nThe documents do not answer")


def test_notices_come_before_the_quotes(call):
    assert call("ask", question="emergency").content[0].text.startswith("Call your emergency")


def test_the_date_and_the_context_of_a_quote_go_with_it(call):
    result = call("ask", question="approved")
    quote = result.structured_content["quotes"][0]
    assert (quote["as_of"], quote["dated"]) == ("2024-06", "As of June 2024.")
    named = quote["antecedent"]["text"]
    assert f"\nAs of June 2024.\nContext: “{named}”\n" in result.content[0].text


def test_thanks_get_the_notice_and_no_report_of_a_search(call):
    text = call("ask", question="thank you").content[0].text
    assert text == f"{WELCOME}\n\nNot medical advice."


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"question": " "}, "The question is empty: type one."),
        ({"question": "crash"}, BROKEN),
        ({}, "question\n  Field required"),
        ({"question": "Q", "history": "First?"}, "Input should be a valid list"),
    ],
)
def test_what_cannot_be_answered_is_a_tool_error_that_says_why(call, arguments, told):
    result = call("ask", **arguments)
    assert result.is_error
    assert told in result.content[0].text
    assert "/secret/place" not in result.content[0].text


def test_sources_are_listed(call, answerer):
    result = call("sources")
    listed = [document["id"] for document in result.structured_content["documents"]]
    assert listed == list(answerer.sources)
    assert result.structured_content["newest"] == "2024-06-19"
    assert "case_report: Daniel Y. Reuben. Case report." in result.content[0].text


def test_the_tools_declare_what_they_take_and_return(answerer):
    declared = tools(answerer)
    assert set(declared) == {"ask", "sources"}
    assert declared["ask"].input_schema["required"] == ["question"]
    assert {"quotes", "status", "sources"} <= set(declared["ask"].output_schema["required"])
    assert declared["ask"].annotations.read_only_hint


def test_a_source_of_which_little_is_known_is_listed_too(call, answerer):
    bare = replace(answerer.sources["awkward"], doi="", issued="", authors=(), container="")
    answerer.sources["awkward"] = bare
    assert not call("sources").is_error


def test_the_command_needs_an_index(pipeline, capsys):
    def fail(*places, **how):
        raise OSError(2, "No such file", "index")

    pipeline.load_answerer = fail
    assert cli.main(["mcp"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "index: No such file" in printed.err


def test_everything_is_loaded_before_an_assistant_is_answered(answerer, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "ui.api.mcp_server.make_server",
        lambda answerer: SimpleNamespace(run=lambda how: asked.extend(answerer.asked)),
    )
    monkeypatch.setattr("ui.api.mcp_server.keep_messages_out_of_logs", lambda: None)
    serve(answerer)
    assert asked == [(FIRST, (), None)]


@pytest.mark.slow
def test_the_command_serves_over_standard_input_and_output(answerer):
    async def session():
        command = StdioServerParameters(command=sys.executable, args=["-c", TWO_STEPS], cwd=ROOT)
        async with stdio_client(command) as streams, ClientSession(*streams) as client:
            await client.initialize()
            return await client.call_tool("ask", {"question": "awkward"})

    result = anyio.run(session)
    quotes = [quote["text"] for quote in result.structured_content["quotes"]]
    assert quotes == [sentence.text for sentence in answerer.documents["awkward"].sentences]


@pytest.mark.slow
def test_standard_output_holds_the_protocol_alone_and_ends_with_the_input():
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    done = subprocess.run(
        [sys.executable, "-c", TWO_STEPS],
        input=json.dumps(hello) + "\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["result"]["serverInfo"]["name"] == "quotewell"
    assert done.stderr == "loading\n"
    assert done.returncode == 0
