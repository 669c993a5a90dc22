"""Read the config files of training, which have every number that shapes the model."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CONFIG = Path(__file__).parent / "config.toml"
"""Always read first; a file given on the command line needs only what differs."""


def load_config(changes: Sequence[Path] = ()) -> dict[str, Any]:
    """Read ``config.toml``, then ``changes`` in order, whose values replace those before them.

    Raises:
        ValueError: if a file changes a value that ``config.toml`` does not have.

    """
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    for path in changes:
        _merge(config, tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    return config


def _merge(config: dict[str, Any], changes: dict[str, Any], where: str) -> None:
    """Put ``changes`` into ``config``, table by table; a new ``[draws.…]`` is allowed."""
    for name, value in changes.items():
        if isinstance(value, dict) and isinstance(config.get(name), dict):
            _merge(config[name], value, f"{where}, {name}")
        elif name in config or where.endswith(", draws"):
            config[name] = value
        else:
            raise ValueError(f"{where}: config.toml has no {name!r}. Is it spelt right?")
