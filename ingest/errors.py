"""What can go wrong while a source file becomes a document.

IngestError
├── UnreadableFileError   the bytes are not what the file's extension promises
├── UnknownFormatError    no parser for the file's extension
└── OffsetError           a span that does not fit its text: a bug, never bad input
"""


class IngestError(Exception):
    """Base of everything this stage raises on purpose; the message ends with what to do."""


class UnreadableFileError(IngestError):
    """A file that cannot be decoded, or in which no text was found."""


class UnknownFormatError(IngestError):
    """A file whose extension no parser handles."""


class OffsetError(IngestError):
    """A span that is empty, reversed, or runs past the end of its text."""
