"""The one description of an answer: what is given and what is published are made from it."""

import json
import re
from itertools import chain

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp.client import Client
from starlette.testclient import TestClient

from answer import schema as plain
from tests.ui.serving.held import held
from ui.api import schema
from ui.api.app import make_api
from ui.api.mcp_server import make_server
from ui.api.openapi import description
from ui.embed.routes import EMBED, PARTS
from ui.queue import QuestionQueue
from ui.settings import Limits

QUESTIONS = ["radiation", "unknown", "awkward", "hostile", "emergency", "radiation // unknown"]
READ = re.compile(r"\b(answer|part|quote|source|entry|notice)\??\.(\w+)")
MODELS = {
    "answer": schema.Answer,
    "part": schema.Part,
    "quote": schema.Quote,
    "source": schema.Source,
    "entry": plain.Reference,
    "notice": plain.Notice,
}


def from_api(answerer, question):
    with TestClient(make_api(held(answerer), QuestionQueue(Limits(), 1))) as client:
        return client.post("/ask", json={"question": question}).json()


def from_assistant(answerer, question):
    """Return the structured content of an answer and the schema that its tool declares."""

    async def session():
        async with Client(make_server(answerer)) as client:
            (tool,) = [one for one in (await client.list_tools()).tools if one.name == "ask"]
            result = await client.call_tool("ask", {"question": question})
            return result.structured_content, tool.output_schema

    return anyio.run(session)


def errors(schema, record):
    Draft202012Validator.check_schema(schema)
    return [error.message for error in Draft202012Validator(schema).iter_errors(record)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_as_the_openapi_document_says(answerer, question):
    described = {**description(), "$ref": "#/components/schemas/Answer"}
    assert errors(described, from_api(answerer, question)) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_as_the_tool_for_assistants_declares(answerer, question):
    record, declared = from_assistant(answerer, question)
    assert errors(declared, record) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_programs_and_assistants_get_the_same_record_field_by_field(answerer, question):
    record, _ = from_assistant(answerer, question)
    assert json.dumps(record) == json.dumps(from_api(answerer, question))


@pytest.mark.parametrize("question", QUESTIONS)
def test_programs_get_what_the_command_line_prints_and_more(answerer, question):
    printed = plain.to_json(answerer.answer(question))
    record = from_api(answerer, question)
    assert list(record)[: len(printed)] == list(printed)
    for part in printed["parts"]:
        assert_each_quote_has_more(record["parts"].pop(0), part)
    assert_each_quote_has_more(record, printed | {"parts": []})


def assert_each_quote_has_more(record, printed):
    for name in ("quotes", "related"):
        for shown, quote in zip(record.pop(name), printed.pop(name), strict=True):
            assert list(shown.items())[: len(quote)] == list(quote.items())
    assert record | printed == record


def test_problems_are_as_the_openapi_document_says(answerer):
    described = {**description(), "$ref": "#/components/schemas/Problem"}
    assert errors(described, from_api(answerer, " ")) == []
    assert errors(described, from_api(answerer, "crash")) == []


def test_a_document_that_lacks_a_field_or_holds_another_type_is_not_as_described(answerer):
    described = {**description(), "$ref": "#/components/schemas/Answer"}
    record = from_api(answerer, "radiation")
    assert errors(described, record | {"status": "maybe"}) != []
    del record["quotes"][0]["span"]
    assert errors(described, record) == ["'span' is a required property"]


@pytest.mark.parametrize("name", ["Answer", "Part", "Quote"])
def test_the_fields_that_both_answers_have_are_described_alike(name):
    ours, theirs = (getattr(module, name).model_fields for module in (plain, schema))
    assert [(field, theirs[field].description) for field in ours] == [
        (field, known.description) for field, known in ours.items()
    ]


def test_what_the_component_reads_is_in_the_schema():
    scripts = [(EMBED / name).read_text("utf-8") for name in PARTS]
    read = set(chain.from_iterable(READ.findall(script) for script in scripts))
    assert {("quote", "verified"), ("source", "old"), ("answer", "searched")} <= read
    assert [
        f"{name}.{field}" for name, field in sorted(read) if field not in MODELS[name].model_fields
    ] == []
