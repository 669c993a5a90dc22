"""The whole server over the made-up library: what the browser tests talk to.

python fake_server.py HOST PORT SITES [PAGE]: PAGE is a script to serve instead of the chat page.
FAKE_WORKERS and FAKE_METRICS name how many workers it has, and the port of its metrics.
"""

import importlib
import os
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

from ui.process import prepare
from ui.settings import Places
from ui.web import server

LIBRARY = "FAKE_LIBRARY"
"""Names the class to answer from, if not the usual one: "LongAnswerer", or with its module."""


def library():
    """Have the answerer of the test library loaded in place of the real one."""
    module, _, name = os.environ.get(LIBRARY, "FakeAnswerer").rpartition(".")
    # Some library installs a package of the same name.
    tests = sys.modules["tests"] = ModuleType("tests")
    tests.__path__ = [str(Path(__file__).parents[1])]
    answerer = getattr(importlib.import_module(module or "tests.ui.conftest"), name)()
    sys.modules["answer.pipeline"] = SimpleNamespace(load_answerer=lambda *places, **how: answerer)


if __name__ == "__mp_main__" and os.environ.get("FAKE_WORKERS"):  # in a worker
    library()
if __name__ == "__main__":
    prepare()
    library()
    _, host, port, ancestors, *pages = sys.argv
    for page in pages:
        server.PAGE = Path(page)
    workers, metrics = (os.environ.get(name) for name in ("FAKE_WORKERS", "FAKE_METRICS"))
    at = ("127.0.0.1", int(metrics)) if metrics else None
    wanted = server.Wanted(ancestors, None, int(workers or 0), at)
    for line in server.serve_app(Places.of(), host, int(port), wanted):
        sys.stdout.write(line)
        sys.stdout.flush()
