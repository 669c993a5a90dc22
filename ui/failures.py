"""What went wrong: what a person is told, and what is logged, which never holds a question."""

from __future__ import annotations

import logging
import traceback

BROKEN = (
    "Something went wrong here, so this question was not answered. "
    "That does not mean that there is no answer. Please ask it again."
)


def log_failure(logger: logging.Logger, failure: BaseException) -> None:
    """Log that a question could not be answered: the kind of failure, and where it arose."""
    logger.error("a question could not be answered: %s", told(failure))


def told(failure: BaseException) -> str:
    """Return the kind of a failure, and where in the code it and its causes arose.

    Messages are left out: they may hold the question; places in the code cannot.
    """
    chain = [failure]
    while (cause := chain[-1].__cause__) is not None and cause not in chain:
        chain.append(cause)
    return "caused by ".join(
        f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
        for error in chain
    ).rstrip()


def keep_messages_out_of_logs() -> None:
    """Have every library of this process log failures as ``told`` does, without their messages.

    Servers log what escapes them with its message, which may hold what somebody asked.
    """
    make = logging.getLogRecordFactory()

    def record(*facts: object, **more: object) -> logging.LogRecord:
        made = make(*facts, **more)
        if isinstance(made.args, tuple):
            made.args = tuple(_kind(one) for one in made.args)
        if made.name == "asyncio":  # its other lines show tasks, with the failures in them
            made.msg = str(made.msg).partition("\n")[0]
        if made.exc_info and made.exc_info[1] is not None:
            made.exc_text = told(made.exc_info[1])  # a formatter writes it instead of its own
        return made

    logging.setLogRecordFactory(record)


def _kind(fact: object) -> object:
    return type(fact).__name__ if isinstance(fact, BaseException) else fact
