"""The description of the JSON interface at ``/api/openapi.json``, made from its models."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic.json_schema import models_json_schema

from answer.locating.pages import WIDTHS
from answer.records import Json
from ui.api.pages import PICTURE, PLACE, WIDTH
from ui.api.problems import Problem
from ui.api.request import MAX_BODY, AskRequest
from ui.api.schema import Answer, Located
from ui.settings import program_version

_STATUSES = {
    400: "The body is not JSON in UTF-8.",
    408: "The body took too long to arrive.",
    413: "The body is too large.",
    415: "The body was not sent as application/json.",
    422: "A field is not valid, or the question cannot be asked.",
    429: "Too many questions from one address; ask again after Retry-After seconds.",
    500: "Something broke. This says nothing about what the documents hold.",
    503: "Too many questions at once; ask again after Retry-After seconds.",
}


_PAGE_STATUSES = {
    404: "There is no such document, or no such page of it to show.",
    422: "A number is missing or not valid.",
    429: "Too many pages for one address; ask again after Retry-After seconds.",
    500: "Something broke. This says nothing about what the documents hold.",
    503: "Too many pages at once: ask again after Retry-After seconds. Or it cannot be drawn.",
}


def description(example: str = "") -> Json:
    """Return the OpenAPI description, with a question as an example if there is one."""
    refs, schemas = models_json_schema(
        [
            (AskRequest, "validation"),
            *((record, "serialization") for record in (Answer, Located, Problem)),
        ],
        ref_template="#/components/schemas/{model}",
    )
    asked = {"schema": refs[AskRequest, "validation"]}
    if example:
        asked["example"] = {"question": example}
    answered = {
        "description": "Answered, or honestly not found: see status.",
        "content": {"application/json": {"schema": refs[Answer, "serialization"]}},
    }
    problem = {"application/problem+json": {"schema": refs[Problem, "serialization"]}}

    def refused(statuses: Mapping[int, str]) -> Json:
        return {
            str(status): {"description": text, "content": problem}
            for status, text in statuses.items()
        }

    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Quotewell",
            "version": program_version(),
            "description": "Answers made of verbatim quotes from a few documents, and nothing "
            "else. Not medical advice. Questions are neither kept nor logged. No key, no cookie; "
            "pages of any site may call it.",
        },
        "paths": {
            "/api/ask": {
                "post": {
                    "operationId": "ask",
                    "summary": "Answer a question with quotes",
                    "requestBody": {
                        "description": f"JSON in UTF-8, at most {MAX_BODY} bytes.",
                        "required": True,
                        "content": {"application/json": asked},
                    },
                    "responses": {"200": answered, **refused(_STATUSES)},
                }
            },
            **_page_paths(refs[Located, "serialization"], refused(_PAGE_STATUSES)),
        },
        "components": {"schemas": schemas["$defs"]},
    }


def _page_paths(located: Json, refused: Json) -> Json:
    """Return the paths of marks and pictures, which are kept by their ``ETag``."""
    document = _parameter("document", "path", {"type": "string"}, "The id of a document.")
    offsets = [
        _parameter(
            name, "query", {"type": "integer", "minimum": 0}, f"The {name} of a quote's span."
        )
        for name in ("start", "end")
    ]
    number = {"type": "integer", "minimum": 1}
    width = {"type": "integer", "enum": list(WIDTHS), "default": WIDTH}
    return {
        f"/api{PLACE}": {
            "get": {
                "operationId": "marks",
                "summary": "Where on the pages of its document a quote stands",
                "parameters": [document, *({**one, "required": True} for one in offsets)],
                "responses": {
                    "200": {
                        "description": "The pages, and the rectangles that cover the quote.",
                        "content": {"application/json": {"schema": located}},
                    },
                    **refused,
                },
            }
        },
        f"/api{PICTURE}": {
            "get": {
                "operationId": "page",
                "summary": "A page of a document as a picture, with a quote marked in it if wanted",
                "parameters": [
                    document,
                    _parameter("page", "path", number, "Its number, from 1."),
                    _parameter("width", "query", width, "Pixels across."),
                    *offsets,
                ],
                "responses": {
                    "200": {
                        "description": "The page as it is printed.",
                        "content": {"image/webp": {}},
                    },
                    **refused,
                },
            }
        },
    }


def _parameter(name: str, place: str, schema: Json, meaning: str) -> Json:
    required = {"required": True} if place == "path" else {}
    return {"name": name, "in": place, "schema": schema, "description": meaning, **required}
