"""What is installed: from whichever index the installer uses, in the versions that are pinned."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_no_index_host_is_named():
    for name in ("constraints.txt", "pyproject.toml", "Makefile", ".ci/run"):
        assert "://" not in (ROOT / name).read_text("utf-8"), name


def test_every_pin_is_a_version_that_any_index_may_hold():
    # A local version, such as torch's "+cpu", is only in its maker's own index.
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []
