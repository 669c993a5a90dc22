"""A question that could not be answered: what the person is told, and what is logged."""

from __future__ import annotations

import logging
import traceback

BROKEN = (
    "Something went wrong here, so this question was not answered. "
    "That does not mean that there is no answer. Please ask it again."
)


def log_failure(logger: logging.Logger, failure: BaseException) -> None:
    """Log the kind of failure, and where in the code it and its causes arose.

    Messages are left out: they may hold the question; places in the code cannot.
    """
    chain = [failure]
    while (cause := chain[-1].__cause__) is not None:
        chain.append(cause)
    told = "caused by ".join(
        f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
        for error in chain
    )
    logger.error("a question could not be answered: %s", told.rstrip())
