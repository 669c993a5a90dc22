"""Answers for assistants: a server of the Model Context Protocol on standard input and output.

An assistant gets what people get: verbatim quotes with their citations, or the finding that the
documents do not answer. Standard output belongs to the protocol; nothing else is written there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent, ToolAnnotations

from answer.records import Record
from ui.api.desk import answered, warm_up
from ui.api.problems import RefusedError
from ui.api.records import source_list
from ui.api.request import (
    AskRequest,
    Documents,
    FromYear,
    History,
    Kinds,
    Question,
    ToYear,
    WrittenFor,
)
from ui.api.schema import Answer, Part, Quote, SourceList
from ui.facts import CLOSEST, NOT_FOUND
from ui.failures import keep_messages_out_of_logs
from ui.parts import said_read_as, said_searched
from ui.printable import printable
from ui.settings import program_version

if TYPE_CHECKING:
    from answer.pipeline import Answerer

INSTRUCTIONS = (
    "Answers medical questions with verbatim quotes from a few documents, and nothing else. "
    "Pass quotes on unchanged, each with its citation, its date and its context if it has "
    "them, and after its cautions: say first that a source was retracted. If the status is "
    "not_found, say that the documents do not answer; the related quotes are not an answer. If "
    "there are parts, do so for each. If read_as is not null, say that the question was read so. "
    "Show notices first. Not medical advice."
)
ASK = (
    "Answer a question with verbatim quotes from the documents, each with a citation, or find that "
    "the documents do not answer it."
)
SOURCES = "List every document that answers are quoted from, with its facts and citations."

_READS_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def serve(answerer: Answerer) -> None:
    """Answer one assistant until it closes standard input; its first answer is as fast as any."""
    keep_messages_out_of_logs()
    warm_up(answerer)
    make_server(answerer).run("stdio")


def make_server(answerer: Answerer) -> MCPServer:
    """Return the server with its two tools: ``ask`` and ``sources``."""
    server = MCPServer(
        "quotewell",
        title="Quotewell",
        instructions=INSTRUCTIONS,
        version=program_version(),
        log_level="WARNING",
    )

    @server.tool(title="Ask the documents", description=ASK, annotations=_READS_ONLY)
    def ask(
        question: Question,
        history: History = None,
        documents: Documents = None,
        kinds: Kinds = None,
        from_year: FromYear = None,
        to_year: ToYear = None,
        written_for: WrittenFor = None,
    ) -> Annotated[CallToolResult, Answer]:
        request = AskRequest(
            question=question,
            history=history,
            documents=documents,
            kinds=kinds,
            from_year=from_year,
            to_year=to_year,
            written_for=written_for,
        )
        try:
            record = answered(answerer, request)
        except RefusedError as refused:
            raise ToolError(refused.detail) from None
        return _result(record, answer_text(record))

    @server.tool(title="List the documents", description=SOURCES, annotations=_READS_ONLY)
    def sources() -> Annotated[CallToolResult, SourceList]:
        record = source_list(answerer.sources.values(), date.today())
        lines = [f"{one.id}: {one.references['vancouver']}" for one in record.documents]
        return _result(record, printable("\n".join(lines)))

    return server


def answer_text(answer: Answer) -> str:
    """Write an answer as plain text.

    What cannot be seen in a quote is shown, as in a terminal: a program that prints it is not
    steered, and a model that reads it is told nothing in secret. The record keeps every character.
    """
    blocks = [notice.text for notice in answer.notices]
    if answer.read_as:
        blocks.append(said_read_as(answer.read_as))
    for part in answer.parts:
        blocks += [part.question, *_blocks(part)]
    if answer.searched.documents and not answer.parts:
        blocks += _blocks(answer)
    searched, library = answer.searched, answer.library.documents
    if 0 < searched.documents < library:
        blocks.append(said_searched(searched.documents, searched.passages, library))
    return printable("\n\n".join([*blocks, "Not medical advice."]))


def _blocks(part: Answer | Part) -> Iterator[str]:
    if part.status == "not_found":
        yield NOT_FOUND
        yield from [CLOSEST] if part.related else []
    for quote in part.quotes:
        yield f"[{quote.number}] {_quote_text(quote)}"
    yield from map(_quote_text, part.related)


def _quote_text(quote: Quote) -> str:
    context = f"Context: “{quote.antecedent.text}”" if quote.antecedent else ""
    text = "\n".join(quote.table.lines()) if quote.table else quote.text
    warned = [f"{one.text} {one.link}".rstrip() for one in quote.cautions]
    beside = (*warned, quote.dated, context, quote.cite_as)
    return "\n".join(filter(None, (f"“{text}”", *beside)))


def _result(record: Record, text: str) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text)],
        structured_content=record.model_dump(mode="json"),
    )
