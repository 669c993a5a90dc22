"""``python -m ui`` is ``quotewell``."""

import sys

from ui.cli import main

sys.exit(main())
