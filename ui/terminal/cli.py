"""The ``quotewell`` command: arguments in, exit code out.

Exit codes: 0 done (no answer is not an error), 1 expected errors, each reported in one line on
stderr that ends with what to do, 2 wrong use, 130 stopped by Ctrl-C (see ``ui/__main__.py``), 141
the other end of a pipe was closed.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from answer.errors import AnswerError
from bank.errors import BankError
from corpus.sources import CorpusError
from evaluation.errors import EvaluationError
from index.errors import PassageIndexError
from ingest.drafting.processor import cores
from ingest.errors import IngestError
from library.errors import LibraryError
from ui.errors import CommandError, tell
from ui.process import collect_again, prepare
from ui.terminal.arguments import read_arguments
from ui.terminal.typed import as_typed

EXPECTED = (
    *(CorpusError, IngestError, PassageIndexError, BankError, AnswerError),
    *(LibraryError, EvaluationError),
    CommandError,
)
BUILDING = ("build", "add", "replace", "withdraw")
"""Commands that build the index, with every core."""
DONE, FAILED, PIPE_CLOSED = 0, 1, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; only wrong use raises ``SystemExit``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    collect_again()
    call = read_arguments(argv)
    prepare(threads=cores() if call.command in BUILDING else 1)
    try:
        for text in call.run(call.places):
            print(text, end="", flush=True)
    except BrokenPipeError:
        _discard_output()
        return PIPE_CLOSED
    except (*EXPECTED, OSError) as error:
        tell(*(as_typed(message, call.places.named) for message in _messages(error)))
        return FAILED
    return DONE


def _messages(error: Exception) -> Sequence[str]:
    """Return the messages of an expected error, one line each."""
    if isinstance(error, CorpusError):
        return error.faults
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        what_now = "Make room on the disk" if is_full else "Check the path and its permissions"
        return [f"{place}{error.strerror or error}. {what_now}."]
    return [str(error)]


def _discard_output() -> None:
    """Keep Python from writing to the closed pipe again, and complaining, as it shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
