"""Many files are read by a few processes; one that harms its reader costs itself alone."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.errors import Skipped
from ingest.drafting import child as one_child
from ingest.drafting import kept as keeping
from ingest.drafting.child import Child
from ingest.drafting.pool import Pool
from ingest.drafting.reading import read_here
from ingest.errors import UnreadableFileError
from ingest.library import File, read_files

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
PAGE = "<h1>Title {n}</h1><p>Some text with {n} words in it.</p>"
STOPPED = """
import multiprocessing, signal, sys
from pathlib import Path
from ingest.library import File, read_files
signal.signal(signal.SIGINT, signal.default_int_handler)
for n, one in enumerate(read_files([File(p.stem, p) for p in sorted(Path(sys.argv[1]).iterdir())])):
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
"""
COMPUTES = """
import time
from ingest.drafting import process
process.limit(9)
for seconds in (0.7, 0.7, 0.7, 0.7, 3):
    process.allow(1)
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    print(seconds, flush=True)
"""


@pytest.fixture(autouse=True)
def _no_process_is_left():
    yield
    assert multiprocessing.active_children() == []


@pytest.fixture
def files(tmp_path):
    def made(count):
        (tmp_path / "files").mkdir()
        for n in range(count):
            (tmp_path / "files" / f"p{n:03}.html").write_text(PAGE.format(n=n), "utf-8")
        return [File(path.stem, path) for path in sorted((tmp_path / "files").iterdir())]

    return made


def page(n=0):
    return PAGE.format(n=n).encode()


def named(readings):
    return [one.doc_id if isinstance(one, Skipped) else one.document.doc_id for one in readings]


def test_readings_come_in_the_order_of_the_files_as_they_are_read_here(files):
    wanted = files(30)
    readings = list(read_files(wanted, processes=2))
    assert named(readings) == [file.doc_id for file in wanted]
    data = wanted[7].path.read_bytes()
    assert readings[7] == read_here("p007", ".html", data, "p007.html")


def test_a_child_reads_many_files_and_is_replaced_after_some(monkeypatch):
    monkeypatch.setattr(one_child, "MAX_FILES", 2)
    pids, started = [], Child.__init__

    def noted(child):
        started(child)
        pids.append(child._confined._process.pid)

    monkeypatch.setattr(Child, "__init__", noted)
    with Pool(1) as pool:
        for n in range(5):
            pool.submit(lambda child: child.read("a", ".html", page(), "a.html")).result()
            assert len(pids) == 1 + n // 2


def test_a_file_that_ends_its_child_costs_one_line_and_the_others_are_read(files, monkeypatch):
    wanted = files(6)
    read = Child.read

    def killed(child, doc_id, *rest):
        if doc_id == "p002":
            os.kill(child._confined._process.pid, signal.SIGSEGV)
            child._confined._process.join()
        return read(child, doc_id, *rest)

    monkeypatch.setattr(Child, "read", killed)
    readings = list(read_files(wanted, processes=2))
    assert named(readings) == [file.doc_id for file in wanted]
    (fault,) = readings[2].faults
    assert fault.endswith(
        "p002.html: ended the process that read it (out of memory, or made to harm); "
        "save it again or leave it out"
    )
    assert sum(isinstance(one, Skipped) for one in readings) == 1


def test_a_child_that_hangs_is_killed_in_time():
    child = Child()
    os.kill(child._confined._process.pid, signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(UnreadableFileError, match=r"^a\.html: took longer than 0\.2 s; "):
        child.read("a", ".html", page() * 20_000, "a.html", wall=0.2)
    assert time.monotonic() - began < 10
    assert not child.can_read
    child.end()


def test_every_file_has_its_own_seconds_of_computing():
    done = subprocess.run(
        [sys.executable, "-c", COMPUTES], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.split() == ["0.7"] * 4
    assert done.returncode == -signal.SIGXCPU


def test_leaving_early_ends_all_children(files):
    readings = read_files(files(40), processes=2)
    next(readings)
    readings.close()
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_program_that_is_stopped_leaves_no_child(files, tmp_path, how):
    files(400)
    command = [sys.executable, "-c", STOPPED, str(tmp_path / "files")]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as stopped:
        children = [int(pid) for pid in stopped.stdout.readline().split()]
        assert children
        stopped.send_signal(how)
        assert stopped.wait(60) != 0
    until = time.monotonic() + 60
    while any(map(is_running, children)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(is_running, children))


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_is_kept_is_not_read_again(files, tmp_path, monkeypatch):
    wanted = files(5)
    first = list(read_files(wanted, tmp_path / "kept"))
    monkeypatch.setattr(Child, "__init__", None)  # none can be started
    monkeypatch.setattr(Child, "read", None)
    monkeypatch.setattr("ingest.drafting.pool.Child", lambda: FakeChild())
    assert list(read_files(wanted, tmp_path / "kept")) == first


class FakeChild:
    can_read = True

    def end(self):
        pass

    stop = end


def test_damaged_readings_are_read_again(files, tmp_path):
    wanted = files(4)
    first = list(read_files(wanted, tmp_path / "kept"))
    paths = sorted((tmp_path / "kept" / "readings").iterdir())
    assert len(paths) == 4
    paths[0].write_bytes(b"")
    paths[1].write_bytes(paths[1].read_bytes()[:-1])
    paths[2].write_bytes(b"X" + paths[2].read_bytes()[1:])
    (tmp_path / "kept" / "readings" / "new-half").write_bytes(b"half")
    assert list(read_files(wanted, tmp_path / "kept")) == first
    assert list(read_files(wanted, tmp_path / "kept")) == first


def test_other_bytes_another_id_or_another_version_are_read_anew(files, tmp_path, monkeypatch):
    (file,) = files(1)
    kept = tmp_path / "kept"
    count = lambda: len(list((kept / "readings").iterdir()))  # noqa: E731
    list(read_files([file], kept))
    list(read_files([File("other", file.path)], kept))
    assert count() == 2
    file.path.write_bytes(page(9))
    list(read_files([file], kept))
    assert count() == 3
    monkeypatch.setattr(keeping, "reading_version", lambda: "other")
    list(read_files([file], kept))
    assert count() == 4
