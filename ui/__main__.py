"""Start ``quotewell`` or ``python -m ui``, with Ctrl-C quiet even while modules are loading."""

from __future__ import annotations

import gc
import sys

STOPPED = 130
"""Exit code after Ctrl-C."""


def start() -> int:
    """Load and run the command line; return its exit code.

    What is loaded stays until the end: the collector need not look through it, not even then.
    """
    gc.disable()
    try:
        from ui.terminal.cli import main

        return main()
    except KeyboardInterrupt:
        return STOPPED
    finally:
        gc.freeze()


if __name__ == "__main__":
    sys.exit(start())
