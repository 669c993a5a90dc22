"""A request that is not answered, as a problem document of RFC 9457."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import JSONResponse, Response

from answer.records import Record
from ui.errors import BusyError, TooOftenError


class RefusedError(Exception):
    """A question that is not answered: the HTTP status, a code for the problem, and what to do."""

    def __init__(
        self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.headers = dict(headers or {})


class Problem(Record):
    """Why a request is not answered (RFC 9457)."""

    type: str
    """`about:blank`: the status says which type of problem it is."""
    title: str
    """The name of the status."""
    status: int
    """The HTTP status."""
    code: str
    """Tells problems with the same status apart."""
    detail: str
    """One or two sentences that say what to do."""


def problem_response(refused: RefusedError) -> Response:
    """Return the problem document of a refusal."""
    problem = Problem(
        type="about:blank",
        title=HTTPStatus(refused.status).phrase,
        status=refused.status,
        code=refused.code,
        detail=refused.detail,
    )
    return JSONResponse(
        problem.model_dump(),
        refused.status,
        headers={"Cache-Control": "no-store", **refused.headers},
        media_type="application/problem+json",
    )


def refusal(busy: BusyError) -> RefusedError:
    """Return the refusal of a client who is not served because of others, or asks too often."""
    status, code = (429, "too_often") if isinstance(busy, TooOftenError) else (503, "busy")
    return RefusedError(status, code, str(busy), {"Retry-After": str(busy.seconds)})


def sentence(text: str) -> str:
    """Return a message as a sentence."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
