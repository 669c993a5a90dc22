"""Where the time of an answer goes: a clock that is in one stage at any moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import ParamSpec, TypeVar
from unittest import mock

from answer import pipeline
from answer.pipeline import Answerer
from answer.weighing.reader import Reader
from index.encoder import SentenceEncoder
from index.retriever import Retriever

P = ParamSpec("P")
T = TypeVar("T")

REST = "the rest"
CALLS: tuple[tuple[str, object, str], ...] = (
    ("understanding", pipeline, "understand_parts"),
    ("notices", pipeline, "notices_for"),
    ("encoding", SentenceEncoder, "encode"),
    ("search", Retriever, "search"),
    ("reading", Reader, "read"),
    ("choosing", Answerer, "_part"),
)
"""Each stage, and the call that is it. What a stage calls of another counts as the other's."""
STAGES = (*(stage for stage, _, _ in CALLS), REST)


class Clock:
    """Counts the milliseconds of each stage; for one thread."""

    def __init__(self) -> None:
        self._spent = dict.fromkeys(STAGES, 0.0)
        self._within = [REST]
        self._since = time.perf_counter()

    def end(self) -> dict[str, float]:
        """Return the milliseconds of each stage since it was made."""
        self._count()
        return dict(self._spent)

    def timed(self, stage: str, function: Callable[P, T]) -> Callable[P, T]:
        """Return a function whose time counts as that of a stage."""

        def call(*arguments: P.args, **named: P.kwargs) -> T:
            self._count()
            self._within.append(stage)
            try:
                return function(*arguments, **named)
            finally:
                self._count()
                self._within.pop()

        return call

    def _count(self) -> None:
        now = time.perf_counter()
        self._spent[self._within[-1]] += 1000 * (now - self._since)
        self._since = now


@contextmanager
def watched() -> Iterator[Clock]:
    """Yield a clock that begins now and counts what is called meanwhile."""
    with ExitStack() as patches:
        clock = Clock()
        for stage, owner, name in CALLS:
            function = clock.timed(stage, getattr(owner, name))
            patches.enter_context(mock.patch.object(owner, name, function))
        yield clock
