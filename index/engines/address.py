"""Where a cluster is: the one setting that takes searches from this machine to others."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from index.errors import ClusterError

VARIABLE = "QUOTEWELL_MILVUS"
PORT = 19530
"""Milvus' own."""
LOOPBACK = re.compile(r"localhost|127\.\d+\.\d+\.\d+|::1")


@dataclass(frozen=True, slots=True)
class Address:
    """A Milvus server, and as whom to ask it."""

    uri: str
    """``http://host:port`` or ``https://host:port``, without credentials."""
    token: str = field(default="", repr=False)
    """``name:password``, or an API key; empty if nobody is asked for one."""
    database: str = "default"
    """The database on it, which holds one library."""

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Address | None:
        """Return the address that ``QUOTEWELL_MILVUS`` names, or None if it names none.

        It is ``https://NAME:PASSWORD@HOST:PORT/DATABASE``, or ``http`` on a network that nobody
        else listens to; all but scheme and host may be left out.

        Raises:
            ClusterError: if it is something else, or would send a password unencrypted. The
                message never shows the setting, which may hold a password.

        """
        setting = environment.get(VARIABLE, "").strip()
        if not setting:
            return None
        try:
            parts = urlsplit(setting)
            host, port = parts.hostname or "", parts.port or PORT
        except ValueError:
            raise _malformed() from None
        database = parts.path.strip("/")
        if not _is_address(parts, host) or not re.fullmatch(r"(?!\d)\w*", database, re.ASCII):
            raise _malformed()
        token = ":".join(unquote(one) for one in (parts.username, parts.password) if one)
        if token and parts.scheme == "http" and not LOOPBACK.fullmatch(host):
            raise ClusterError(
                f"{VARIABLE} would send a password unencrypted: begin it with https://"
            )
        named = f"[{host}]" if ":" in host else host
        return cls(f"{parts.scheme}://{named}:{port}", token, database or "default")

    @property
    def shown(self) -> str:
        """The address as it may be shown to people."""
        return f"{self.uri}/{self.database}"


def _is_address(parts: SplitResult, host: str) -> bool:
    return parts.scheme in ("http", "https") and bool(host) and not (parts.query or parts.fragment)


def _malformed() -> ClusterError:
    return ClusterError(
        f"{VARIABLE} is not an address like https://NAME:PASSWORD@HOST:{PORT}/DATABASE: "
        "correct or unset it"
    )
