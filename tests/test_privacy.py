"""Nothing leaves the machine: every command, traced, connects to nothing but this machine.

strace sees what any library asks of the system, in whatever language it is written. An address on
the loopback may be asked for anything but a name: a resolver there would pass the question on.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest

from tests.ui.embed_site import free_port, wait_until_healthy
from tests.ui.web.handshakes import handshake
from ui.settings import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]
TRACE = [
    "strace",
    "-f",
    "-qq",
    "-y",
    "--seccomp-bpf",
    "-e",
    "trace=connect,sendto,sendmsg,sendmmsg",
    "-o",
]
ADDRESS = re.compile(
    r'sa_family=AF_INET6?, sin6?_port=htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)'
)
LOOPBACK = re.compile(r"127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+")
NAMES = 53
TEXT = "# A Drug\n\n## Use\n\nThe drug is given every three weeks. It is a drip.\n"
ASKED = "How often is the drug given?"
HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "1"},
}


class Person:
    """Somebody who has a home, a corpus of one document, and nothing else."""

    def __init__(self, folder):
        self.home, self.trace = folder / "home", folder / "trace"
        self.corpus, self.index = folder / "corpus", folder / "index"
        (self.corpus / "files").mkdir(parents=True)
        self.home.mkdir()
        (self.corpus / "files" / "drug.md").write_text(TEXT, "utf-8")
        custom = dict.fromkeys(("label", "evidence", "rights"), "R")
        custom |= {"file": "drug.md", "audience": "patient"}
        item = {"id": "drug", "title": "A Drug", "custom": custom}
        (self.corpus / "sources.json").write_text(json.dumps([item]), "utf-8")

    @contextmanager
    def runs(self, command, *arguments):
        """Start a command in an environment of its own (``CI`` would turn some reports off)."""
        places = ["--corpus", str(self.corpus), "--index", str(self.index)]
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home)}
        process = subprocess.Popen(
            [*TRACE, self.trace, sys.executable, "-m", "ui", command, *places, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            if not process.stdout.closed:
                process.communicate(timeout=60)

    def types(self, command, *arguments):
        """Run a command to its end and return what it printed."""
        with self.runs(command, *arguments) as process:
            printed, _ = process.communicate(timeout=600)
        assert process.returncode == 0, printed
        return printed

    def kept(self):
        """The files in the home."""
        return {p.relative_to(self.home).as_posix() for p in self.home.rglob("*") if p.is_file()}

    def reached(self):
        """What was connected or sent to, as address and port, beyond this machine."""
        found = {(host, int(port)) for port, host in ADDRESS.findall(self.trace.read_text())}
        return {one for one in found if one[1] == NAMES or not LOOPBACK.fullmatch(one[0])}


@pytest.fixture(scope="module")
def person(tmp_path_factory):
    return Person(tmp_path_factory.mktemp("person"))


@pytest.fixture(scope="module", autouse=True)
def built(person):
    printed = person.types("build")
    assert "1 document" in printed
    assert person.reached() == set()
    assert person.kept() == set()


@pytest.fixture(autouse=True)
def _nothing_leaves_and_nothing_is_left(person):
    yield
    assert person.reached() == set()
    assert person.kept() == set()


def test_a_question_is_answered_on_this_machine(person):
    assert "every three weeks" in person.types("ask", ASKED)


def test_the_documents_are_listed_on_this_machine(person):
    assert "A Drug" in person.types("sources", "--dropped")


def test_the_page_the_interface_and_another_sites_page_reach_nobody_else(person, tmp_path):
    port = free_port()
    address, log = f"http://localhost:{port}", tmp_path / "log"
    log.write_text("", "utf-8")
    with person.runs("serve", "--port", str(port)) as process:
        wait_until_healthy(address, process, log, seconds=500)
        body = json.dumps({"question": ASKED}).encode()
        asked = Request(f"{address}/api/ask", body, {"Content-Type": "application/json"})
        with urlopen(asked, timeout=60) as answer:
            assert "every three weeks" in answer.read().decode()
        for path in ("/", "/embed", "/embed.js", "/sources", "/_stcore/host-config"):
            with urlopen(f"{address}{path}", timeout=60) as answer:
                assert answer.read()
        assert " 403 " in handshake(address, "https://evil.example") + " "
        assert " 101 " in handshake(address, address) + " "
        time.sleep(1)


def test_an_assistant_is_answered_on_this_machine(person):
    said = [
        {"id": 1, "method": "initialize", "params": HELLO},
        {"method": "notifications/initialized"},
        {
            "id": 2,
            "method": "tools/call",
            "params": {"name": "ask", "arguments": {"question": ASKED}},
        },
    ]
    with person.runs("mcp") as process:
        for message in said:
            process.stdin.write(json.dumps({"jsonrpc": "2.0"} | message) + "\n")
            process.stdin.flush()
        heard = [process.stdout.readline() for _ in range(2)]
        process.stdin.close()
        process.stdin = None
        process.wait(60)
    assert "every three weeks" in heard[1]


def test_an_evaluation_reaches_nobody(person, tmp_path):
    evidence = {"doc": "drug", "quote": "The drug is given every three weeks."}
    question = {"id": "1", "kind": "fact", "question": ASKED, "answerable": True}
    (tmp_path / "questions.jsonl").write_text(
        json.dumps(question | {"evidence": [evidence], "required": [0]}), "utf-8"
    )
    questions, out = str(tmp_path / "questions.jsonl"), str(tmp_path / "out")
    person.types("evaluate", "--questions", questions, "--out", out)
    shutil.rmtree(person.home / ".cache" / "matplotlib", ignore_errors=True)  # fonts
