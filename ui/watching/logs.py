"""What a server logs where nobody looks on: one JSON object a line, whatever library logs.

A line has ``time`` (UTC), ``level``, ``event`` and, while a request is answered, its ``request``.
Ours have facts beside it, of libraries there is ``said``; a failure is told as
``ui.failures.told`` does it. No question, address or path gets into one.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial

from ui.failures import keep_messages_out_of_logs

REQUEST: ContextVar[str] = ContextVar("REQUEST", default="")
"""The id of the request that is being answered."""
OURS = "ui"
"""The logger of which all others of ours are children."""
LINE = "%(message)s"
"""The format of every handler, Streamlit's too: the record makes the line."""

logger = logging.getLogger(__name__)


def tell(event: str, **facts: object) -> None:
    """Log something that happened; only where lines are JSON, not on a terminal.

    Args:
        event: its name, of a fixed set.
        facts: numbers, and names of a fixed set; never what anybody typed.

    """
    logger.info(event, extra={"facts": facts})


def is_for_programs() -> bool:
    """Whether the log goes to a file or a collector: a person reads it only on a terminal."""
    return not sys.stderr.isatty()


def begin_log() -> None:
    """Have every logger of this process keep messages of failures out, and write JSON if it should.

    On a terminal there are only warnings and failures, as text.
    """
    keep_messages_out_of_logs()
    if not is_for_programs():
        return
    make = logging.getLogRecordFactory()

    def record(*facts: object, **more: object) -> logging.LogRecord:
        made = make(*facts, **more)
        # Whatever handler a library has attached, all that it asks of a record is its message.
        made.getMessage = partial(_line, made, made.getMessage, made.exc_text)  # type: ignore[method-assign]
        made.exc_info = made.exc_text = made.stack_info = None
        return made

    logging.setLogRecordFactory(record)
    logging.basicConfig(format=LINE)
    logging.getLogger(OURS).setLevel(logging.INFO)


def _line(record: logging.LogRecord, message: object, failure: str | None) -> str:
    facts = getattr(record, "facts", None)
    said = message() if callable(message) else message
    line: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "event": said if isinstance(facts, Mapping) else "log",
    }
    if request := REQUEST.get():
        line["request"] = request
    if isinstance(facts, Mapping):
        line |= facts
    else:
        line |= {"logger": record.name, "said": said}
    if failure:
        line["failure"] = failure
    return json.dumps(line, ensure_ascii=False)
