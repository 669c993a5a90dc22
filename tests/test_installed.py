"""The wheel in an environment of its own, used from another folder and without a network."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from tests.test_architecture import STAGES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the folders are named as on Unix"),
]

ROOT = Path(__file__).parent.parent
NOT_SOURCE = shutil.ignore_patterns(
    *(".git", ".venv", ".*_cache", ".hypothesis", "artifacts", "build", "*.egg-info"),
    *("__pycache__", "tests", "training", "benchmarks"),
)
QUESTION = "How often is Keytruda given?"
LEAFLET = {
    "id": "lamps",
    "title": "Lamps",
    "custom": {
        "file": "lamps.md",
        "label": "Leaflet",
        "audience": "patient",
        "evidence": "leaflet",
        "rights": "free",
    },
}
ANSWER = "This drug is given as an intravenous (IV) infusion"

SERVE_AND_ASK = """
import fcntl, json, signal, socket, struct, subprocess, sys, time
from urllib.request import Request, urlopen

with socket.socket() as probe:  # a network of its own has nothing, not even this machine
    up = struct.pack("16sh", b"lo", 0x41)
    if sys.argv[1] == "alone":
        fcntl.ioctl(probe, 0x8914, up)
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{probe.getsockname()[1]}"
port = address.rpartition(":")[2]
server = subprocess.Popen(["quotewell", "serve", "--host", "127.0.0.1", "--port", port])
try:
    for _ in range(1200):
        assert server.poll() is None, "stopped"
        try:
            urlopen(f"{address}/healthz", timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    body = json.dumps({"question": sys.argv[2]}).encode()
    asked = Request(f"{address}/api/ask", body, {"Content-Type": "application/json"})
    with urlopen(asked, timeout=60) as answer, urlopen(address, timeout=10) as page:
        print(json.dumps({"answer": json.load(answer), "page": page.read().decode()}))
finally:
    server.send_signal(signal.SIGTERM)
    assert server.wait(30) == 0
"""


@dataclass
class Installed:
    """An environment with the wheel in it."""

    packages: Path
    """Its site-packages."""
    environment: dict[str, str]
    folder: Path
    """Where its user works."""
    before: list[tuple[str, int]]
    """What was installed."""

    def command(self, *arguments):
        return [*alone(), *map(str, arguments)]

    def run(self, *arguments):
        process = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert process.returncode == 0, process.stderr
        return process.stdout

    def files(self):
        return sorted((str(p), p.stat().st_mtime_ns) for p in self.packages.rglob("*"))


def alone():
    """What goes in front of a command to run it without a network; nothing if that is not allowed."""
    cut_off = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and not subprocess.run([*cut_off, "true"]).returncode:
        return cut_off
    return []


def pip(*arguments):
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*command, *map(str, arguments)], check=True)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of the checkout: building a wheel writes into its folder, and takes what lies there."""
    source = tmp_path_factory.mktemp("copy") / "quotewell"
    return shutil.copytree(ROOT, source, ignore=NOT_SOURCE)


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory):
    held = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source)
    (wheel,) = folder.iterdir()
    return wheel, {name for name in held if name.split("/")[0] in STAGES}


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel installed alone; every library it needs is that of the running environment."""
    place = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place / "venv"], check=True)
    binaries = place / "venv" / "bin"
    pip("--python", binaries / "python", "install", "--no-deps", "--no-index", wheel[0])
    (packages,) = (place / "venv" / "lib").glob("python*/site-packages")
    libraries = [path for path in sys.path if Path(path).name == "site-packages"]
    (packages / "libraries.pth").write_text("\n".join(libraries) + "\n")
    (place / "home").mkdir()
    environment = {
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(place / "home"),
        "LC_ALL": "C.UTF-8",
    }
    folder = place / "elsewhere"
    folder.mkdir()
    installed = Installed(packages, environment, folder, [])
    installed.before = installed.files()
    return installed


@pytest.fixture(scope="module")
def built(installed, index):
    """The same, with the index of the two documents, which is built once for all tests."""
    installed.environment["QUOTEWELL_INDEX"] = index
    return installed


def test_the_wheel_holds_every_file_of_the_packages_and_no_other(wheel):
    path, expected = wheel
    held = {name for name in zipfile.ZipFile(path).namelist() if ".dist-info/" not in name}
    assert held == expected


def test_what_is_installed_is_the_wheel_and_nothing_of_the_checkout(installed):
    program = (
        "import sys, importlib.util as u; print(*[u.find_spec(n) for n in sys.argv[1:]], sep='\\n')"
    )
    found = installed.run("python", "-c", program, *STAGES, "training", "benchmarks")
    *ours, training, benchmarks = found.splitlines()
    assert all(str(installed.packages) in line for line in ours)
    assert training == benchmarks == "None"


def test_the_program_says_its_version_and_lists_its_documents(installed):
    assert installed.run("quotewell", "--version").startswith("quotewell ")
    assert installed.run("quotewell", "list", "--dropped").count("sha256") == 2


def test_it_builds_into_the_users_data_folder_and_answers(installed):
    files = installed.folder / "leaflets" / "files"
    files.mkdir(parents=True)
    (files / "lamps.md").write_text("# Lamps\n\nOil lamps burn for six hours.\n", "utf-8")
    (files.parent / "sources.json").write_text(json.dumps([LEAFLET]), "utf-8")
    told = installed.run("quotewell", "build", "--corpus", "leaflets")
    assert told.endswith('Now ask: quotewell ask --corpus leaflets "…"\n')
    asked = "How long do oil lamps burn?"
    assert "six hours" in installed.run("quotewell", "ask", "--corpus", "leaflets", asked)
    kept = Path(installed.environment["HOME"]) / ".local" / "share" / "quotewell"
    assert [index.name.startswith("leaflets-") for index in (kept / "indexes").iterdir()] == [True]


def test_the_documents_that_come_with_it_are_answered_from(built):
    assert ANSWER in built.run("quotewell", "ask", QUESTION)


def test_the_bank_and_the_evaluation_work_on_what_comes_with_it(built):
    built.run("quotewell", "bank", "check")
    questions = (built.packages / "evaluation" / "questions.jsonl").read_text("utf-8")
    few = built.folder / "few.jsonl"
    few.write_text("".join(questions.splitlines(keepends=True)[:3]), "utf-8")
    told = built.run("quotewell", "evaluate", "--questions", few, "--out", built.folder / "report")
    assert "few.jsonl" in told
    assert json.loads((built.folder / "report" / "quality.json").read_text("utf-8"))
    assert (built.folder / "report" / "reliability.png").is_file()


def test_the_published_figures_come_with_it(installed):
    program = (
        "from ui.page.about import UNKNOWN, figures_html\nfrom ui.settings import PUBLISHED\n"
        "print(UNKNOWN in figures_html(PUBLISHED))"
    )
    assert installed.run("python", "-c", program) == "False\n"


def test_it_serves_page_and_interface_until_it_is_stopped(built):
    network = "alone" if alone() else "shared"
    served = built.run("python", "-c", SERVE_AND_ASK, network, QUESTION).splitlines()[-1]
    answered = json.loads(served)
    assert answered["answer"]["quotes"][0]["text"].startswith(ANSWER)
    assert answered["page"].startswith("<!")


def test_an_assistant_is_answered(built):
    program, *arguments = built.command("quotewell", "mcp")

    async def session():
        server = StdioServerParameters(
            command=program, args=arguments, env=built.environment, cwd=built.folder
        )
        async with stdio_client(server) as streams, ClientSession(*streams) as client:
            await client.initialize()
            return await client.call_tool("ask", {"question": QUESTION})

    quotes = anyio.run(session).structured_content["quotes"]
    assert quotes[0]["text"].startswith(ANSWER)


def test_nothing_is_written_into_the_installation_and_nothing_kept_to_be_reported(built):
    assert built.files() == built.before
    assert not (Path(built.environment["HOME"]) / ".cache" / "Microsoft").exists()
