"""Where quotes stand on the pages of their documents, and pictures of those pages."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from answer.errors import NoPageError, PageError
from answer.locating.pages import WIDTHS, Pages
from ingest.document import Span
from ingest.pages.drawing import Draughtsman
from ui.api.problems import RefusedError, problem_response, refusal, sentence
from ui.api.schema import Located, PageMark, PageShape
from ui.errors import BusyError
from ui.failures import BROKEN, log_failure
from ui.queue import QuestionQueue
from ui.settings import Limits

if TYPE_CHECKING:
    from ui.serving.holder import Serving

PLACE = "/documents/{document}/marks"
PICTURE = "/documents/{document}/pages/{page}"
WIDTH = 960
"""Pixels, if nobody says."""
WAITING = 16
"""Pages that wait to be drawn; each takes a third of a second."""
TIMES = 5
"""Pages that one client may look at for each question: turning them is reading, too."""
MOST_DIGITS = 9
"""Of a number in an address."""
BUSY = "Too many pages are being drawn just now. Please ask again in a few seconds."
TOO_OFTEN = "Too many pages were asked for from your address. Please ask again in a moment."
UNFOUND = (
    "The words of this quote were not found on the pages, or in several places. Read them in the "
    "text."
)

logger = logging.getLogger(__name__)
T = TypeVar("T")


def page_routes(serving: Serving, limits: Limits) -> list[BaseRoute]:
    """Return the routes of marks and pictures, which are drawn one after the other."""
    draughtsman = Draughtsman()
    pages = serving.made_of(lambda a: Pages(a.sources, a.documents, a.boxes, draughtsman))
    shown = _Shown(pages, limits)
    return [Route(PLACE, _refusing(shown.marks)), Route(PICTURE, _refusing(shown.picture))]


class _Shown:
    """Answers requests about pages: what it has at once, everything else in turn."""

    def __init__(self, pages: Callable[[], Pages], limits: Limits) -> None:
        most = replace(limits, waiting=WAITING, per_minute=TIMES * limits.per_minute)
        self._pages, self._queue = pages, QuestionQueue(most, 1, words=(BUSY, TOO_OFTEN))
        self._threads = anyio.CapacityLimiter(self._queue.places)

    async def marks(self, request: Request) -> Response:
        pages, doc_id, span = self._pages(), request.path_params["document"], _span(request)
        if span is None:
            raise RefusedError(422, "span", 'Give "start" and "end": those of a quote\'s span.')
        tag = _tag(pages.digest(doc_id), "marks", span)
        if _is_known(request, tag):
            return _unchanged(tag)
        located = await self._in_turn(request, lambda: pages.located(doc_id, span))
        record = Located(
            document=doc_id,
            span=(span.start, span.end),
            detail="" if located.marks else UNFOUND,
            pages=tuple(PageShape.model_validate(p, from_attributes=True) for p in located.pages),
            marks=tuple(PageMark.model_validate(m, from_attributes=True) for m in located.marks),
        )
        return JSONResponse(record.model_dump(mode="json"), headers=_headers(tag))

    async def picture(self, request: Request) -> Response:
        pages, doc_id = self._pages(), request.path_params["document"]
        number = _number(request.path_params["page"])
        asked = number or 0, _width(request), _span(request)
        tag = _tag(pages.digest(doc_id), asked)
        if _is_known(request, tag):
            return _unchanged(tag)
        drawn = pages.kept(doc_id, *asked)
        if drawn is None:
            drawn = await self._in_turn(request, lambda: pages.picture(doc_id, *asked))
        return Response(drawn, headers=_headers(tag), media_type="image/webp")

    async def _in_turn(self, request: Request, work: Callable[[], T]) -> T:
        def waited() -> T:
            with self._queue.turn():
                return work()

        with self._queue.place(request.client.host if request.client else ""):
            return await to_thread.run_sync(waited, limiter=self._threads)


Endpoint = Callable[[Request], Awaitable[Response]]


def _refusing(serve: Endpoint) -> Endpoint:
    """Return an endpoint whose errors become problem documents."""

    async def endpoint(request: Request) -> Response:
        try:
            return await serve(request)
        except RefusedError as refused:
            return problem_response(refused)
        except BusyError as busy:
            return problem_response(refusal(busy))
        except NoPageError as error:
            return problem_response(RefusedError(404, "no_page", sentence(str(error))))
        except PageError as error:
            return problem_response(RefusedError(503, "page", sentence(str(error))))
        except Exception as error:  # noqa: BLE001  the client is told in our words
            log_failure(logger, error)
            return problem_response(RefusedError(500, "failed", BROKEN))

    return endpoint


def _width(request: Request) -> int:
    text = request.query_params.get("width", str(WIDTH))
    if (width := _number(text)) not in WIDTHS:
        known = ", ".join(map(str, WIDTHS))
        raise RefusedError(422, "width", f'"width" must be one of {known}.')
    return width


def _span(request: Request) -> Span | None:
    """Return the stretch that is asked about; None if nothing is said of it."""
    named = [request.query_params.get(name) for name in ("start", "end")]
    if named == [None, None]:
        return None
    start, end = (_number(text or "") for text in named)
    if start is None or end is None or start >= end:
        detail = '"start" and "end" must be offsets of the text, the first below the second.'
        raise RefusedError(422, "span", detail)
    return Span(start, end)


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None


def _tag(*named: object) -> str:
    return f'"{hashlib.sha256(repr(named).encode()).hexdigest()[:32]}"'


def _is_known(request: Request, tag: str) -> bool:
    return tag in request.headers.get("If-None-Match", "")


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "no-cache"}


def _unchanged(tag: str) -> Response:
    return Response(status_code=304, headers=_headers(tag))
