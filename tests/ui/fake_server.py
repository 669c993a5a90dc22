"""The whole server over the made-up library: what the browser tests talk to.

python fake_server.py HOST PORT SITES [PAGE]: PAGE is a script to serve instead of the chat page.
"""

import importlib.util
import os
import sys
from pathlib import Path
from types import SimpleNamespace

from ui.process import prepare
from ui.settings import Places
from ui.web import server

LIBRARY = "FAKE_LIBRARY"
"""Names the class of ``conftest.py`` to answer from, if not the usual one."""


def library():
    """Have the answerer of the test library loaded in place of the real one."""
    path = Path(__file__).with_name("conftest.py")
    spec = importlib.util.spec_from_file_location("fake_library", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["fake_library"] = module
    spec.loader.exec_module(module)
    answerer = getattr(module, os.environ.get(LIBRARY, "FakeAnswerer"))()
    sys.modules["answer.pipeline"] = SimpleNamespace(load_answerer=lambda *places: answerer)


if __name__ == "__main__":
    prepare()
    library()
    _, host, port, ancestors, *pages = sys.argv
    for page in pages:
        server.PAGE = Path(page)
    for line in server.serve_app(Places.of(), host, int(port), ancestors):
        sys.stdout.write(line)
        sys.stdout.flush()
