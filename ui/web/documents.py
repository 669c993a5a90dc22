"""Whole documents, each at its own address: the page fetches one when its source is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from corpus.sources import Source
from ingest.document import Document
from ui.cautions import read_cautions
from ui.html.cautions import cautions_html
from ui.html.document import document_html
from ui.serving.holder import Serving

MOST_KEPT = 32
"""Documents kept as HTML: making one of 5,000 sentences takes 40 ms."""
NO_DOCUMENT = "There is no such document. Reload the page and ask again.\n"


def document_route(serving: Serving) -> Route:
    """Return the route of ``/documents/DOC_ID``, which sends a document as a fragment of HTML.

    A browser keeps it and asks whether it has changed: its tag is the SHA-256 of what is sent.
    """
    shown = serving.made_of(lambda answerer: _shown(answerer.documents, answerer.sources))

    def document(request: Request) -> Response:
        known = shown()(request.path_params["doc_id"])
        if known is None:
            return PlainTextResponse(NO_DOCUMENT, 404, {"Cache-Control": "no-store"})
        content, tag = known
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in request.headers.get("If-None-Match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type="text/html")

    return Route("/documents/{doc_id}", document)


def _shown(
    documents: Mapping[str, Document], sources: Mapping[str, Source]
) -> Callable[[str], tuple[bytes, str] | None]:
    """Return a function that says how a document is sent, and its tag; None if there is none."""

    @lru_cache(maxsize=MOST_KEPT)
    def made(doc_id: str) -> tuple[bytes, str]:
        said = cautions_html(read_cautions(sources[doc_id], documents[doc_id]))
        content = document_html(documents[doc_id], said).encode()
        return content, f'"{hashlib.sha256(content).hexdigest()}"'

    return lambda doc_id: made(doc_id) if doc_id in documents else None
