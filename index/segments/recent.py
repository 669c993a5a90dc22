"""What was read last, kept as long as it does not grow too large."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Things by number; those that were not asked for longest go first. Threads can share it.

    Args:
        make: returns the thing of a number.
        size: of a thing.
        most: that all of them together may have; the last one made stays in any case.

    """

    def __init__(self, make: Callable[[int], T], size: Callable[[T], int], most: int) -> None:
        self._make, self._size, self._most = make, size, most
        self._held: OrderedDict[int, T] = OrderedDict()
        self._total = 0
        self._lock = threading.Lock()

    def get(self, number: int) -> T:
        """Return the thing of a number; two threads may make the same one."""
        with self._lock:
            if number in self._held:
                self._held.move_to_end(number)
                return self._held[number]
        made = self._make(number)
        with self._lock:
            if number not in self._held:
                self._held[number] = made
                self._total += self._size(made)
            while self._total > self._most and len(self._held) > 1:
                self._total -= self._size(self._held.popitem(last=False)[1])
        return made
