"""Cut windows of random length out of a list of sentences."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from tokenizers import Tokenizer


class WindowMaker:
    """Cuts windows of random length out of lists of sentences."""

    def __init__(self, tokenizer: Tokenizer, settings: dict[str, Any], seed: int) -> None:
        self._tokenizer = tokenizer
        self._shortest = settings["shortest_window"]
        self._longest = settings["longest_window"]
        self.draw = random.Random(seed)

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, its marker included."""
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [len(item.ids) + 1 for item in encoded]

    def around(self, row: int, lengths: Sequence[int]) -> range:
        """Draw a window that contains sentence ``row``, at any place in it."""
        room = self.draw.randint(self._shortest, self._longest) - lengths[row]
        before = self.draw.randint(0, max(room, 0))
        first = row
        while first > 0 and lengths[first - 1] <= before:
            first -= 1
            before -= lengths[first]
            room -= lengths[first]
        last = row + 1
        while last < len(lengths) and lengths[last] <= room:
            room -= lengths[last]
            last += 1
        return range(first, last)

    def tiles(self, lengths: Sequence[int]) -> list[range]:
        """Cut all the sentences into consecutive windows."""
        windows, first = [], 0
        while first < len(lengths):
            room = self.draw.randint(self._shortest, self._longest)
            last = first
            while last < len(lengths) and (last == first or lengths[last] <= room):
                room -= lengths[last]
                last += 1
            windows.append(range(first, last))
            first = last
        return windows
