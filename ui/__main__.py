"""``python -m ui`` is ``quotewell``."""

import sys

from ui.terminal.cli import main

sys.exit(main())
