"""What docs/deploy.md says to set up: the unit is one that systemd takes, and names what exists."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.ui.embed_site import free_port
from tests.ui.watching.test_metrics import NOW
from ui.terminal.arguments import read_arguments
from ui.watching.metrics import Metrics
from ui.web.listening import ANSWER_SECONDS, CLOSE_SECONDS, LAST_SECONDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
DOCKERS = 10
"""Seconds between the signal and the kill of ``docker stop``."""


def block(language):
    return re.search(rf"^```{language}\n(.+?)^```$", PAGE, re.M | re.S)[1]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_takes_every_line_of_the_unit(tmp_path):
    unit = tmp_path / "quotewell.service"
    unit.write_text(re.sub("/opt/quotewell/bin/quotewell", sys.executable, block("ini")), "utf-8")
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True
    )
    told = [line for line in checked.stderr.splitlines() if "quotewell" in line]
    assert told == []


def test_the_commands_of_the_unit_can_be_typed():
    for line in re.findall(
        r"^ExecStart(?:Pre)?=/opt/quotewell/bin/quotewell (.+)$", block("ini"), re.M
    ):
        read_arguments(line.split())


def test_a_server_ends_before_it_is_killed():
    longest = ANSWER_SECONDS + CLOSE_SECONDS + LAST_SECONDS
    (systemds,) = re.findall(r"^TimeoutStopSec=(\d+)$", block("ini"), re.M)
    assert longest < DOCKERS <= int(systemds)


def test_every_metric_that_is_named_is_told():
    metrics, port = Metrics(), free_port()
    metrics.watch(lambda: NOW)
    end = metrics.serve("127.0.0.1", port)
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        told = answer.read().decode()
    end()
    for name in set(re.findall(r"\bquotewell_[a-z_]+", PAGE)):
        assert re.search(rf"^{name}[ {{]", told, re.M) or f"# HELP {name} " in told, name
    for outcome in re.findall(r'outcome=~?"([a-z_|]+)"', PAGE):
        assert all(f'outcome="{one}"' in told for one in outcome.split("|"))


def test_every_key_of_the_log_that_is_named_exists():
    keys = set(
        re.findall(
            r"^\| (`.+?) \|", PAGE.partition("## The log")[2].partition("## Metrics")[0], re.M
        )
    )
    code = "".join(p.read_text("utf-8") for p in (ROOT / "ui" / "watching").glob("*.py"))
    for key in re.findall(r"`(\w+)`", " ".join(keys)):
        assert key in code or key.removesuffix("_ms") in code, key
