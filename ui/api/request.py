"""What a request to the API asks: its body, checked before anything is answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from ui.facts import AUDIENCES, Audience

MAX_BODY = 64 * 1024
"""Bytes: the longest question that is answered, escaped, and a conversation before it."""
MAX_HISTORY = 20
MAX_DOCUMENTS = 100
FIELDS = ("question", "history", "documents", "audience")


class RefusedError(Exception):
    """A request that is not answered; becomes a problem document (RFC 9457)."""

    def __init__(
        self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to answer."""

    question: str
    history: tuple[str, ...] = ()
    """Earlier questions of the same visitor, oldest first."""
    documents: tuple[str, ...] | None = None
    """The only documents to search; None for all."""
    audience: Audience = AUDIENCES[0]
    """Whom the facts beside a quote are ordered for; no quote depends on it."""


async def read_asked(request: Request) -> Asked:
    """Read and check the body of a request.

    Raises:
        RefusedError: saying what to change.

    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RefusedError(
            415, "content_type", "Send JSON: set the header Content-Type: application/json."
        )
    return parse_asked(await _body(request))


def parse_asked(body: bytes) -> Asked:
    """Check a body.

    Raises:
        RefusedError: if it is no JSON object with the fields of ``Asked``.

    """
    try:
        record = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(
            400, "json", 'The body is not JSON in UTF-8. Send {"question": "…"}.'
        ) from error
    if not isinstance(record, dict):
        raise RefusedError(422, "body", 'The body must be an object. Send {"question": "…"}.')
    unknown = sorted(set(record) - set(FIELDS))
    if unknown:
        raise RefusedError(
            422, "field", f"There is a field that is not known. Known are {', '.join(FIELDS)}."
        )
    documents = _texts(record, "documents", MAX_DOCUMENTS)
    return Asked(
        question=_text(record.get("question"), '"question"'),
        history=_texts(record, "history", MAX_HISTORY) or (),
        documents=documents or None,
        audience=_audience(record.get("audience")),
    )


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


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise RefusedError(422, "field", f"{name} must be a string.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise RefusedError(
            422, "field", f"{name} holds half a surrogate pair. Send whole characters."
        ) from error
    return value


def _texts(record: Mapping[str, object], name: str, most: int) -> tuple[str, ...] | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > most:
        raise RefusedError(422, "field", f'"{name}" must be a list of at most {most} strings.')
    return tuple(_text(item, f'Each item of "{name}"') for item in value)


def _audience(value: object) -> Audience:
    if value is None:
        return AUDIENCES[0]
    for audience in AUDIENCES:
        if value == audience:
            return audience
    raise RefusedError(422, "field", f'"audience" must be one of {", ".join(AUDIENCES)}.')
