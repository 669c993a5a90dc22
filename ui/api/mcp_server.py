"""Answers for assistants: a server of the Model Context Protocol on standard input and output.

An assistant gets what people get: verbatim quotes with their citations, or the finding that the
documents do not answer. Standard output belongs to the protocol; nothing else is written there.
"""

from __future__ import annotations

import logging
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Annotated

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from answer.errors import QuestionError
from answer.quotes import Answer
from answer.schema import Json
from ui.api.mcp_schema import AnswerRecord, SourceList, answer_record, source_list
from ui.facts import CLOSEST, NOT_FOUND
from ui.page.conversation import BROKEN

if TYPE_CHECKING:
    from answer.pipeline import Answerer

INSTRUCTIONS = (
    "Answers medical questions with verbatim quotes of a few documents, and with nothing else. "
    "Pass quotes on unchanged, each with its citation. If the status is not_found, say that the "
    "documents do not answer; the related quotes are not an answer. Show notices first. "
    "Not medical advice."
)
ASK = (
    "Answer a question with verbatim quotes of the documents, each with a citation, or find that "
    "the documents do not answer it."
)
SOURCES = "List every document that answers are quoted from, with its facts and citations."

_READS_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

logger = logging.getLogger(__name__)

Question = Annotated[str, Field(description="In the person's own words.")]
History = Annotated[
    list[str] | None, Field(description="Earlier questions of the same person, oldest first.")
]
Documents = Annotated[
    list[str] | None, Field(description="Search these documents only, by id; all if left out.")
]


def serve(answerer: Answerer) -> None:
    """Answer one assistant until it closes standard input."""
    make_server(answerer).run("stdio")


def make_server(answerer: Answerer) -> MCPServer:
    """Return the server with its two tools: ``ask`` and ``sources``."""
    server = MCPServer(
        "quotewell",
        title="Quotewell",
        instructions=INSTRUCTIONS,
        version=_version(),
        log_level="WARNING",
    )

    @server.tool(title="Ask the documents", description=ASK, annotations=_READS_ONLY)
    def ask(
        question: Question, history: History = None, documents: Documents = None
    ) -> Annotated[CallToolResult, AnswerRecord]:
        answer = _answer(answerer, question, history, documents)
        record = answer_record(answer, answerer.sources)
        return _result(record, answer_text(answer, record))

    @server.tool(title="List the documents", description=SOURCES, annotations=_READS_ONLY)
    def sources() -> Annotated[CallToolResult, SourceList]:
        record = source_list(answerer.sources.values())
        lines = [f"{one['id']}: {one['references']['vancouver']}" for one in record["documents"]]
        return _result(record, "\n".join(lines))

    return server


def answer_text(answer: Answer, record: Json) -> str:
    """Write an answer as plain text; its quotes keep their characters."""
    blocks = [notice.text for notice in answer.notices]
    if not answer.is_found:
        blocks += [NOT_FOUND, CLOSEST] if record["related"] else [NOT_FOUND]
    for quote in record["quotes"]:
        blocks.append(f"[{quote['number']}] “{quote['text']}”\n{quote['cite_as']}")
    for quote in record["related"]:
        blocks.append(f"“{quote['text']}”\n{quote['cite_as']}")
    return "\n\n".join([*blocks, "Not medical advice."])


def _answer(
    answerer: Answerer, question: str, history: list[str] | None, documents: list[str] | None
) -> Answer:
    try:
        return answerer.answer(question, history or (), documents or None)
    except QuestionError as error:
        raise ToolError(str(error)) from error
    except Exception as error:
        logger.exception("a question could not be answered")
        raise ToolError(BROKEN) from error


def _result(record: Json, text: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=record)


def _version() -> str:
    try:
        return version("quotewell")
    except PackageNotFoundError:
        return "0"
