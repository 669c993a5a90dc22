"""The real page over the made-up library: what the browser test serves."""

import importlib.util
import sys
from pathlib import Path
from types import SimpleNamespace


def library():
    """The test library, loaded once a process as the real one is."""
    if "fake_library" not in sys.modules:
        path = Path(__file__).with_name("conftest.py")
        spec = importlib.util.spec_from_file_location("fake_library", path)
        module = importlib.util.module_from_spec(spec)
        sys.modules["fake_library"] = module
        spec.loader.exec_module(module)
        answerer = module.FakeAnswerer()
        sys.modules["answer.pipeline"] = SimpleNamespace(load_answerer=lambda *places: answerer)
    return sys.modules["fake_library"]


if __name__ == "__main__":
    library()
    from ui.page import app as chat

    chat.main()
