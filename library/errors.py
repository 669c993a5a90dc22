"""Errors of changing a library and of its versions; each message ends with what to do."""


class LibraryError(Exception):
    """What this stage raises on purpose: one line."""
