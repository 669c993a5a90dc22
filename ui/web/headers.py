"""The security headers of every response: who may frame it, what it may load, no cookie."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.errors import CommandError

ANY_SITE = "*"
"""The default: nobody signs in and nothing is kept, so a frame has nothing to steal, and teachers
can embed it without asking the server's operator."""

# Streamlit's page creates styles and, for components, scripts as it runs.
_PAGE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'"
)
_EMBED = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"
)
# Its scripts make elements of text alone, and the browser holds them to it. No site may frame it.
_OWNER = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_API = "default-src 'none'"
# A fragment for our own page: whoever opens it by itself sees text, and nothing in it can run.
_DOCUMENT = "default-src 'none'; sandbox"

_SITE = re.compile(r"https?://(?:\*\.)?[A-Za-z0-9.-]+(?::(?:\d{1,5}|\*))?")


def frame_ancestors(setting: str) -> str:
    """Return the directive's sites: ``*``, ``'none'``, or this site and those listed.

    Args:
        setting: origins (``https://a.org``) with spaces between them, or ``*``, or ``none``.

    Raises:
        CommandError: naming the first that is not an origin.

    """
    sites = setting.split()
    if sites in (["*"], []):
        return ANY_SITE
    if sites in (["none"], ["'none'"]):
        return "'none'"
    for site in sites:
        if not _SITE.fullmatch(site):
            raise CommandError(
                f"--frame-ancestors: {site!r} is not the address of a site; "
                'write "https://a.org https://*.b.org", or * for any'
            )
    return " ".join(["'self'", *sites])


def callers(ancestors: str) -> str | None:
    """Return a pattern of the sites whose pages may ask: those that may frame it; None if any.

    Args:
        ancestors: as ``frame_ancestors`` returns them.

    """
    if ancestors == ANY_SITE:
        return None
    sites = [re.escape(site) for site in ancestors.split() if _SITE.fullmatch(site)]
    hosts = [site.replace(r"\*\.", r"[A-Za-z0-9.-]+\.") for site in sites]
    return "|".join(site.replace(r":\*", r"(?::\d+)?") for site in hosts)


class Headers:
    """Middleware that adds the security headers and lets no cookie pass."""

    def __init__(self, app: ASGIApp, ancestors: str) -> None:
        self.app, self.ancestors = app, ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the application does, with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_owners = is_of_owner(scope["path"])
        ancestors = "'none'" if is_owners else self.ancestors
        policy = f"{_policy(scope['path'])}; frame-ancestors {ancestors}"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                if is_owners:
                    headers["Cross-Origin-Opener-Policy"] = "same-origin"
                    headers["Cross-Origin-Resource-Policy"] = "same-origin"
                # Streamlit's cookie is for uploads and sign-in; there is neither.
                del headers["Set-Cookie"]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def is_of_owner(path: str) -> bool:
    """Whether an address is the library page's or under it."""
    return path == "/owner" or path.startswith("/owner/")


def _policy(path: str) -> str:
    if is_of_owner(path):
        return _OWNER
    if path == "/embed" or path.startswith("/embed/"):
        return _EMBED
    if path.startswith("/documents/"):
        return _DOCUMENT
    return _API if path.startswith("/api/") else _PAGE
