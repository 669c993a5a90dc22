"""``quotewell`` and ``python -m ui``: nothing but the start, so that Ctrl-C is quiet in it too."""

from __future__ import annotations

import sys

STOPPED = 130
"""Exit code after Ctrl-C."""


def start() -> int:
    """Load and run the command line; return its exit code."""
    try:
        from ui.terminal.cli import main

        return main()
    except KeyboardInterrupt:
        return STOPPED


if __name__ == "__main__":
    sys.exit(start())
