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
from tests.ui.web.handshakes import handshake, visit
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
QUOTE = "The drug is given every three weeks."
OURS = (".local/share/quotewell/", ".cache/matplotlib/")
"""What may be left in a home: the program's own data, and a list of fonts."""
LEAKS = """
import socket
for family, address in [
    (socket.AF_INET, ("192.0.2.1", 9)),
    (socket.AF_INET6, ("2001:db8::1", 9)),
    (socket.AF_INET, ("127.0.0.1", 9)),
    (socket.AF_INET6, ("::1", 9)),
]:
    try:
        socket.socket(family, socket.SOCK_DGRAM).connect(address)
    except OSError:
        pass  # this machine has no such network
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"name?", ("127.0.0.1", 53))
"""
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
        """Run a command; it may reach nobody, and leave nothing but its own data."""
        places = ["--corpus", str(self.corpus), "--index", str(self.index)]
        with self.traced("-m", "ui", command, *places, *arguments) as process:
            yield process
        assert self.reached() == set()
        assert self.left() == set()

    @contextmanager
    def traced(self, *arguments):
        """Run Python in an environment of its own (``CI`` would turn some reports off)."""
        process = subprocess.Popen(
            [*TRACE, self.trace, sys.executable, *arguments],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "HOME": str(self.home)},
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

    def left(self):
        """The files in the home that are not the program's own."""
        files = {p.relative_to(self.home).as_posix() for p in self.home.rglob("*") if p.is_file()}
        return {name for name in files if not name.startswith(OURS)}

    def reached(self):
        """What was connected or sent to, as address and port, beyond this machine."""
        found = {(host, int(port)) for port, host in ADDRESS.findall(self.trace.read_text())}
        return {one for one in found if one[1] == NAMES or not LOOPBACK.fullmatch(one[0])}


@pytest.fixture(scope="module")
def person(tmp_path_factory):
    return Person(tmp_path_factory.mktemp("person"))


@pytest.fixture(scope="module", autouse=True)
def built(person):
    assert "1 document" in person.types("build")


def test_what_does_leave_is_seen(tmp_path):
    somebody = Person(tmp_path)
    with somebody.traced("-c", LEAKS) as process:
        process.wait(60)
    assert somebody.reached() == {("192.0.2.1", 9), ("2001:db8::1", 9), ("127.0.0.1", NAMES)}


def test_a_question_is_answered_on_this_machine(person):
    assert "every three weeks" in person.types("ask", ASKED)


def test_a_batch_of_questions_is_answered_on_this_machine(person, tmp_path):
    (tmp_path / "asked.txt").write_text(f"{ASKED}\n{ASKED}\n", "utf-8")
    answers = person.types("ask", "--batch", str(tmp_path / "asked.txt"))
    assert answers.count('"status": "answered"') == 2


def test_the_documents_are_listed_and_pinned_on_this_machine(person):
    assert "A Drug" in person.types("list", "--dropped")
    assert "Pinned drug.md" in person.types("list", "--pin")


def test_what_visitors_said_is_read_on_this_machine(person):
    said = {"at": "2026-01-31T12:00:00+00:00", "verdict": "useful", "audience": "patient"}
    quote = {"document": "drug", "span": [15, 15 + len(QUOTE)]}
    folder = person.home / ".local/share/quotewell"
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps(said | {"status": "answered", "quotes": [quote]})
    (folder / "feedback.jsonl").write_text(f"{line}\n", "utf-8")
    assert "first quote: drug, " in person.types("feedback")


@pytest.mark.parametrize("command", ["serve", "chat"])
def test_the_page_the_interface_and_another_sites_page_reach_nobody_else(command, person, tmp_path):
    port = free_port()
    address, log = f"http://localhost:{port}", tmp_path / "log"
    log.write_text("", "utf-8")
    with person.runs(command, "--port", str(port)) as process:
        wait_until_healthy(address, process, log, seconds=500)
        body = json.dumps({"question": ASKED}).encode()
        asked = Request(f"{address}/api/ask", body, {"Content-Type": "application/json"})
        with urlopen(asked, timeout=60) as answer:
            assert "every three weeks" in answer.read().decode()
        for path in ("/", "/embed", "/embed.js", "/sources", "/_stcore/host-config"):
            with urlopen(f"{address}{path}", timeout=60) as answer:
                assert answer.read()
        assert " 403 " in handshake(address, "https://evil.example") + " "
        with visit(address, "") as session:
            while "Not medical advice" not in session.recv(60).decode("utf-8", "replace"):
                pass
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
    evidence = {"doc": "drug", "quote": QUOTE}
    question = {"id": "1", "kind": "fact", "question": ASKED, "answerable": True}
    (tmp_path / "questions.jsonl").write_text(
        json.dumps(question | {"evidence": [evidence], "required": [0]}), "utf-8"
    )
    questions, out = str(tmp_path / "questions.jsonl"), str(tmp_path / "out")
    person.types("evaluate", "--questions", questions, "--out", out)


def test_a_question_bank_is_drafted_filled_and_checked_on_this_machine(person, tmp_path):
    owner = Person(tmp_path)
    shutil.copytree(person.index, owner.index)
    (tmp_path / "asked.txt").write_text(ASKED, "utf-8")
    owner.types("bank", "draft", str(tmp_path / "asked.txt"))
    (draft,) = owner.home.rglob("drafts/*/*.jsonl")
    draft.write_text(draft.read_text("utf-8").replace('"accept": "?"', '"accept": "y"'), "utf-8")
    assert "Added 1 question" in owner.types("bank", "accept", str(draft))
    assert "1 question" in owner.types("bank", "check")
