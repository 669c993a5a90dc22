"""Who may change the library: whoever has the owner's token, or the link that the terminal shows.

Both are exchanged for the token of a session, which is sent with every request and kept in memory
only. There is no cookie: what a browser sends by itself cannot be misused by other sites' pages.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ui.errors import CommandError
from ui.owner.errors import RefusedError

TOKEN_VARIABLE = "QUOTEWELL_OWNER_TOKEN"
SHORTEST = 16
"""Characters of a token. At ``TRIES`` a minute, not even one of letters alone can be guessed."""
SECRET_BYTES = 32
"""Of the link's code, and of a session's token."""
CODE_LENGTH = math.ceil(SECRET_BYTES * 4 / 3)
"""Characters of the link's code."""
TRIES = 10
"""Wrong secrets that one address may send in a minute."""
MOST_ADDRESSES = 1000
"""Addresses whose tries are counted; the one that was silent the longest is forgotten."""
MOST_SESSIONS = 20
"""At the same time; the one that was silent the longest ends."""
SESSION_SECONDS = 12 * 3600
"""After so long without a request a session ends: a working day."""

OFF = (
    f"The library page is switched off here. Set {TOKEN_VARIABLE} to a password of {SHORTEST} "
    "characters or more and start the server again."
)
WRONG = "That is not the token. Copy it again from the settings of the server."
USED = (
    "This link has been used already, or is not of the server that runs now. Stop the server and "
    f"start it again for a new link, or set {TOKEN_VARIABLE} and enter it here."
)
NOT_IN = "You are not signed in, or the server was started again. Open the link that it has shown."
TOO_OFTEN = "Too many wrong tries. Wait a minute, then try again."


@dataclass(slots=True)
class _Tries:
    left: float
    since: float


@dataclass(slots=True)
class Access:
    """Lets the owner in. Threads need not share it: it is used by the server's loop alone.

    Args:
        token: the owner's; empty if none is set.
        has_link: whether the one-time link lets in too.
        clock: gives seconds.

    """

    token: str
    has_link: bool
    clock: Callable[[], float] = time.monotonic
    code: str = ""
    """What the one-time link holds; empty once it has been used."""
    _sessions: OrderedDict[bytes, float] = field(default_factory=OrderedDict)
    """When each was last used, by the digest of its token, the newest last."""
    _tries: OrderedDict[str, _Tries] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        if self.has_link:
            self.code = secrets.token_urlsafe(SECRET_BYTES)

    @property
    def is_on(self) -> bool:
        """Whether anybody can get in."""
        return bool(self.token) or self.has_link

    def enter(self, secret: str, address: str) -> str:
        """Return the token of a new session for the owner's token or the link's code.

        Raises:
            RefusedError: if it is neither, or too many wrong ones came from the address.

        """
        if not self.is_on:
            raise RefusedError(403, OFF)
        self._check_tries(address)
        is_token, is_code = _same(secret, self.token), _same(secret, self.code)
        if not is_token and not is_code:
            self._count(address)
            raise RefusedError(401, USED if len(secret) == CODE_LENGTH else WRONG)
        if is_code:
            self.code = ""
        session = secrets.token_urlsafe(SECRET_BYTES)
        self._sessions[_digest(session)] = self.clock()
        while len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return session

    def check(self, authorization: str, address: str) -> None:
        """Let a request with the token of a session pass.

        Args:
            authorization: the header of the request; empty if it has none.
            address: where it came from.

        Raises:
            RefusedError: if it has no such token, or too many wrong ones came from the address.

        """
        if not self.is_on:
            raise RefusedError(403, OFF)
        kind, _, session = authorization.partition(" ")
        known = self._known(session) if kind.lower() == "bearer" else None
        if known is None:
            if authorization:
                self._check_tries(address)
                self._count(address)
            raise RefusedError(401, NOT_IN)
        self._sessions[known] = self.clock()
        self._sessions.move_to_end(known)

    def leave(self, authorization: str) -> None:
        """End a session."""
        if known := self._known(authorization.partition(" ")[2]):
            del self._sessions[known]

    def _known(self, session: str) -> bytes | None:
        """Return the digest of a session's token, compared in constant time."""
        oldest, digest = self.clock() - SESSION_SECONDS, _digest(session)
        for known, used in list(self._sessions.items()):
            if used < oldest:
                del self._sessions[known]
        same = [known for known in self._sessions if secrets.compare_digest(known, digest)]
        return same[0] if same else None

    def _check_tries(self, address: str) -> None:
        tries = self._tries.get(address)
        if tries and self._left(tries) < 1:
            raise RefusedError(429, TOO_OFTEN, math.ceil(60 / TRIES))

    def _count(self, address: str) -> None:
        tries = self._tries.pop(address, _Tries(TRIES, self.clock()))
        self._tries[address] = _Tries(self._left(tries) - 1, self.clock())
        if len(self._tries) > MOST_ADDRESSES:
            self._tries.popitem(last=False)

    def _left(self, tries: _Tries) -> float:
        return min(TRIES, tries.left + (self.clock() - tries.since) * TRIES / 60)


def owner_token(environment: Mapping[str, str]) -> str:
    """Return the token of the settings; empty if none is set.

    Raises:
        CommandError: if it is too short.

    """
    token = environment.get(TOKEN_VARIABLE, "").strip()
    if token and len(token) < SHORTEST:
        raise CommandError(
            f"{TOKEN_VARIABLE} has {len(token)} characters: give it {SHORTEST} or more, or unset it"
        )
    return token


def _same(secret: str, known: str) -> bool:
    return bool(known) and secrets.compare_digest(_digest(secret), _digest(known))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
