"""The description of the JSON interface that ``/api/openapi.json`` gives."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from answer.asking.question import MAX_CHARS
from answer.schema import Json
from ui.api.request import MAX_DOCUMENTS, MAX_HISTORY
from ui.facts import AUDIENCES
from ui.references import STYLES

_TEXT: Json = {"type": "string"}
_NUMBER: Json = {"type": "integer", "minimum": 0}
_FLAG: Json = {"type": "boolean"}
_STATUSES = {
    400: "The body is not JSON.",
    413: "The body is too large.",
    415: "The body is not sent as application/json.",
    422: "A field will not do, or the question cannot be asked.",
    500: "Something broke. It says nothing about what the documents hold.",
    503: "Too many questions at once; ask again after Retry-After seconds.",
}


def description() -> Json:
    """Return the OpenAPI description."""
    answered = {
        "description": "Answered, or honestly not found: see status.",
        "content": {"application/json": {"schema": _ref("Answer")}},
    }
    problem = {"application/problem+json": {"schema": _ref("Problem")}}
    refused = {
        str(status): {"description": text, "content": problem} for status, text in _STATUSES.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Quotewell",
            "version": _version(),
            "description": "Answers made of verbatim quotes of a few documents, and of nothing "
            "else. Not medical advice. Questions are not kept and not logged. No key, no cookie; "
            "pages of any site may call it.",
        },
        "paths": {
            "/api/ask": {
                "post": {
                    "operationId": "ask",
                    "summary": "Answer a question with quotes",
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": _ref("Question")}},
                    },
                    "responses": {"200": answered, **refused},
                }
            }
        },
        "components": {"schemas": _schemas()},
    }


def _schemas() -> Json:
    return {
        "Question": _question(),
        "Answer": _object(
            question=_TEXT,
            status={"enum": ["answered", "not_found"]},
            quotes=_list(_ref("Quote"), "best first; empty when not found"),
            related=_list(_ref("Quote"), "when not found: the closest quotes, never an answer"),
            notices=_list(_object(kind=_TEXT, text=_TEXT), "to show above the quotes"),
            searched=_object(documents=_NUMBER, passages=_NUMBER),
            timing_ms={"type": "object", "additionalProperties": {"type": "number"}},
            sources={
                "type": "object",
                "additionalProperties": _ref("Source"),
                "description": "the facts of each quoted document, by its id",
            },
            library=_object(documents=_NUMBER, newest=_TEXT),
        ),
        "Quote": _quote(),
        "Source": _object(
            **dict.fromkeys(("id", "title", "label", "published_in", "issued", "revised"), _TEXT),
            **dict.fromkeys(("evidence", "rights", "doi", "link"), _TEXT),
            references=_object(**dict.fromkeys(STYLES, _TEXT)),
            authors=_list(_TEXT, "given name first"),
            old=_FLAG | {"description": "not revised for more than three years"},
            audience={"enum": ["clinician", "patient"]},
        ),
        "Problem": _object(
            type=_TEXT, title=_TEXT, status={"type": "integer"}, code=_TEXT, detail=_TEXT
        ),
    }


def _question() -> Json:
    return {
        "type": "object",
        "required": ["question"],
        "additionalProperties": False,
        "properties": {
            "question": _TEXT | {"minLength": 1, "maxLength": MAX_CHARS},
            "history": _list(_TEXT, "earlier questions, oldest first", maxItems=MAX_HISTORY),
            "documents": _list(_TEXT, "search these ids only", maxItems=MAX_DOCUMENTS),
            "audience": {
                "enum": list(AUDIENCES),
                "description": "orders the facts beside a quote; no quote depends on it",
            },
        },
        "examples": [{"question": "Which side effects are common?"}],
    }


def _quote() -> Json:
    reference = _object(number=_NUMBER, text=_TEXT)
    reference["properties"] |= {"doi": _TEXT, "url": _TEXT}
    offset = "code points into the document's canonical text"
    quote = _object(
        number={"type": "integer", "minimum": 1},
        document=_TEXT,
        text=_TEXT | {"description": "the document's own characters at span, unchanged"},
        span=_list(_NUMBER, f"start and end, {offset}", minItems=2, maxItems=2),
        parts=_list(_TEXT, "the stretches of the source file that text holds"),
        seams=_list(_object(offset=_NUMBER, kind=_TEXT), f"where they were joined, {offset}"),
        headings=_list(_TEXT, "outermost first"),
        locator=_TEXT,
        page={"type": ["integer", "null"], "minimum": 1},
        score={"type": "number", "minimum": 0, "maximum": 1},
        references=_list(reference, "the numbered references cited inside the quote"),
        context=_object(before=_TEXT, after=_TEXT, starts_earlier=_FLAG, goes_on=_FLAG),
        facts=_list(_TEXT, "kind of evidence, year, publisher, place"),
        joined=_TEXT,
        verified=_FLAG | {"description": "compared with the indexed file, character for character"},
        link=_TEXT | {"description": "the original, with the words to scroll to where that works"},
        cite_as=_TEXT | {"description": "the source in Vancouver style, with the quote's place"},
    )
    words = _list(_NUMBER, f"start and end of the words that answer, {offset}")
    quote["properties"]["emphasis"] = words | {"type": ["array", "null"]}
    return quote


def _object(**properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Json, meaning: str, **limits: int) -> Json:
    return {"type": "array", "items": items, "description": meaning, **limits}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _version() -> str:
    try:
        return version("quotewell")
    except PackageNotFoundError:
        return "0"
