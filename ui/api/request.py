"""A program's request: its one description, and its check."""

from __future__ import annotations

import json
from typing import Annotated

import anyio
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    ValidationError,
)
from pydantic_core import ErrorDetails
from starlette.requests import Request

from answer.asking.filter import AUDIENCES as READERS
from answer.asking.filter import Filter
from answer.asking.question import MAX_CHARS
from answer.records import without_titles
from corpus.sources import Audience as Reader
from ui.api.problems import RefusedError
from ui.facts import AUDIENCES, Audience

MAX_BODY = 64 * 1024
"""Bytes: room for the longest question that is answered, escaped, and its conversation."""
MAX_HISTORY = 20
MAX_DOCUMENTS = 100


def _whole(text: str) -> str:
    text.encode()  # raises a ValueError at half a surrogate pair
    return text


_Text = Annotated[StrictStr, AfterValidator(_whole)]
Question = Annotated[
    StrictStr,
    Field(
        min_length=1,
        max_length=MAX_CHARS,
        description="In the person's own words; at least one letter or digit.",
    ),
]
History = Annotated[
    list[_Text] | None,
    Field(
        max_length=MAX_HISTORY,
        description="Earlier questions of the same person, oldest first; none if null or left out.",
    ),
]
Documents = Annotated[
    list[_Text] | None,
    Field(
        max_length=MAX_DOCUMENTS,
        description="Search these documents only, by id; all if empty, null or left out.",
    ),
]
Kinds = Annotated[
    list[_Text] | None,
    Field(
        max_length=MAX_DOCUMENTS,
        description="Search documents of these kinds only, each as `evidence` of a source has it, "
        "in upper or lower case; all if empty, null or left out.",
    ),
]
_Year = Annotated[StrictInt, Field(ge=1000, le=9999)]
FromYear = Annotated[
    _Year | None,
    Field(
        description="Search documents only that were last changed in this year or later; those "
        "without a date are then left out."
    ),
]
ToYear = Annotated[
    _Year | None,
    Field(description="Likewise, in this year or earlier."),
]


WrittenFor = Annotated[
    Reader | None,
    Field(
        description="Search documents only that were written for them; those that do not say for "
        "whom are then left out. Not to be confused with `audience`, which leaves none out."
    ),
]


class AskRequest(BaseModel):
    """A question to answer."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=without_titles)

    question: Question
    history: History = None
    documents: Documents = None
    kinds: Kinds = None
    from_year: FromYear = None
    to_year: ToYear = None
    written_for: WrittenFor = None
    audience: Annotated[
        Audience | None,
        Field(
            description="Who the quotes, and the facts beside each, are ordered for: clinicians "
            "if null or left out. For patients, quotes from texts for patients come first, unless "
            "safety asks for another order; which quotes there are does not depend on it."
        ),
    ] = None

    @property
    def within(self) -> Filter:
        """Which documents are to be searched."""
        named, kinds = tuple(self.documents or ()), tuple(self.kinds or ())
        return Filter(named, kinds, self.from_year, self.to_year, self.written_for or "")


_WANTED = {
    "question": '"question" must be a string.',
    "history": f'"history" must be a list of at most {MAX_HISTORY} strings.',
    "documents": f'"documents" must be a list of at most {MAX_DOCUMENTS} strings.',
    "kinds": f'"kinds" must be a list of at most {MAX_DOCUMENTS} strings.',
    "from_year": '"from_year" must be a year of four digits, as a number.',
    "to_year": '"to_year" must be a year of four digits, as a number.',
    "written_for": f'"written_for" must be one of {", ".join(READERS)}.',
    "audience": f'"audience" must be one of {", ".join(AUDIENCES)}.',
}
_HALVED = ("string_unicode", "value_error")
_QUESTION = {
    "string_too_short": "The question is empty. Type a question.",
    "string_too_long": f"The question has more than {MAX_CHARS} characters. "
    "Ask one thing in a sentence or two.",
}


async def read_request(request: Request, seconds: float) -> AskRequest:
    """Read and check the body of a request.

    Args:
        request: to be read.
        seconds: that its body may take to arrive.

    Raises:
        RefusedError: saying what to change.
        ClientDisconnect: if the client left before all of it had arrived.

    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RefusedError(
            415, "content_type", "Send JSON: set the header Content-Type: application/json."
        )
    try:
        with anyio.fail_after(seconds):
            body = await _body(request)
    except TimeoutError:
        detail = f"The request took longer than {seconds:g} s to arrive. Send it again."
        raise RefusedError(408, "slow", detail, {"Connection": "close"}) from None
    return parse_request(body)


def parse_request(body: bytes) -> AskRequest:
    """Check a body: JSON in UTF-8, with or without a byte order mark.

    Raises:
        RefusedError: if it is not an ``AskRequest``.

    """
    try:
        record = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RefusedError(
            400, "json", 'The body is not JSON in UTF-8. Send {"question": "…"}.'
        ) from error
    try:
        return AskRequest.model_validate(record)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False, include_input=False)[0]) from None


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise RefusedError(
                413,
                "too_large",
                f"The body is larger than {MAX_BODY} bytes. Send a shorter question or history.",
            )
    return body


def _refusal(error: ErrorDetails) -> RefusedError:
    """Say in our own words what pydantic found, without repeating what was sent."""
    kind, field = error["type"], str(next(iter(error["loc"]), ""))
    if kind == "model_type":
        return RefusedError(422, "body", 'The body must be an object. Send {"question": "…"}.')
    if kind == "extra_forbidden":
        known = ", ".join(AskRequest.model_fields)
        detail = f"There is an unknown field. The fields are {known}."
        return RefusedError(422, "field", detail)
    if kind in _HALVED:
        detail = f'"{field}" holds half a surrogate pair. Send whole characters.'
        return RefusedError(422, "field", detail)
    if field == "question" and kind in _QUESTION:
        return RefusedError(422, "question", _QUESTION[kind])
    return RefusedError(422, "field", _WANTED[field])
