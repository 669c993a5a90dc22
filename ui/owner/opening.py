"""The library page of one server: whether it is on, and what the terminal says of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.routing import Route

from ui.owner.access import Access, owner_token
from ui.owner.changing import Changing
from ui.owner.desk import Desk
from ui.owner.routes import owner_routes
from ui.owner.uploads import Uploads
from ui.serving.holder import Serving
from ui.settings import Limits, Places


@dataclass(frozen=True, slots=True)
class Opened:
    """The library page as it is served."""

    routes: list[Route]
    line: str
    """For the terminal; empty if the page is off."""


def open_owner(
    places: Places,
    serving: Serving,
    limits: Limits,
    host: str,
    port: int,
    environment: Mapping[str, str] = os.environ,
) -> Opened:
    """Open the library page of a server.

    A link that is used once lets in whoever sees the terminal, as long as no other machine can
    reach the server; for one that others reach, the settings must hold a token.

    Raises:
        CommandError: if that token is too short.

    """
    access = Access(owner_token(environment), has_link=_is_loopback(host))
    uploads = Uploads(places.index, limits.request_seconds)
    desk = Desk(places, serving, Changing(places, serving), uploads)
    code = f"#{access.code}" if access.code else ""
    line = f"Library page: http://{host}:{port}/owner{code}\n" if access.is_on else ""
    return Opened(owner_routes(access, desk, limits.request_seconds), line)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
