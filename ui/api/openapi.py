"""The description of the JSON interface at ``/api/openapi.json``, made from its models."""

from __future__ import annotations

from pydantic.json_schema import models_json_schema

from answer.records import Json
from ui.api.problems import Problem
from ui.api.request import MAX_BODY, AskRequest
from ui.api.schema import Answer
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


def description(example: str = "") -> Json:
    """Return the OpenAPI description, with a question as an example if there is one."""
    refs, schemas = models_json_schema(
        [(AskRequest, "validation"), (Answer, "serialization"), (Problem, "serialization")],
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
    refused = {
        str(status): {"description": text, "content": problem} for status, text in _STATUSES.items()
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
                    "responses": {"200": answered, **refused},
                }
            }
        },
        "components": {"schemas": schemas["$defs"]},
    }
