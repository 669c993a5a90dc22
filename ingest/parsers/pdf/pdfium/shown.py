"""From a page's own coordinates to the page as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Shown:
    """From a page's own coordinates to the page as shown."""

    crop: tuple[float, float, float, float]
    turn: int
    """Degrees clockwise."""

    @property
    def width(self) -> float:
        """In points."""
        left, bottom, right, top = self.crop
        return right - left if self.turn % 180 == 0 else top - bottom

    @property
    def height(self) -> float:
        """In points."""
        left, bottom, right, top = self.crop
        return top - bottom if self.turn % 180 == 0 else right - left

    def points(self, x: NDArray[Any], y: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return where points of the page are shown."""
        across, down = x - self.crop[0], self.crop[3] - y
        if self.turn == 90:
            return self.width - down, across
        if self.turn == 180:
            return self.width - across, self.height - down
        if self.turn == 270:
            return down, self.height - across
        return across, down

    def boxes(self, boxes: NDArray[Any]) -> NDArray[Any]:
        """Return left, top, right, bottom of rectangles: shape ``(n, 4)``."""
        x0, y0 = self.points(boxes[:, 0], boxes[:, 3])
        x1, y1 = self.points(boxes[:, 2], boxes[:, 1])
        sides = [np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)]
        return np.stack(sides, axis=1)

    def bases(self, origins: NDArray[Any]) -> NDArray[Any]:
        """Return how far from the top characters stand: shape ``(n,)``."""
        return self.points(origins[:, 0], origins[:, 1])[1]
