"""What is made of a library once, and let go with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

L = TypeVar("L")
T = TypeVar("T")


def once(make: Callable[[L], T]) -> Callable[[L], T]:
    """Return a function that makes something of a library when it is asked for the first time.

    What is made must not hold the library itself. Two threads may both make it.
    """
    made: WeakKeyDictionary[L, T] = WeakKeyDictionary()

    @wraps(make)
    def kept(library: L) -> T:
        if library not in made:
            made[library] = make(library)
        return made[library]

    return kept
