"""A request of the library page that is refused."""

from __future__ import annotations


class RefusedError(Exception):
    """What is not done, with the HTTP status, and a sentence or two that say what to do."""

    def __init__(self, status: int, message: str, retry_seconds: int = 0) -> None:
        super().__init__(message)
        self.status, self.message = status, message
        self.retry_seconds = retry_seconds
        """After how many to try again; 0 if that does not help."""
