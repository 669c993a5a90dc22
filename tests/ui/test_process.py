"""What is set before the libraries that read it are imported."""

import gc
import os
import subprocess
import sys

import pytest

from ui import process
from ui.process import memory, uncollected, worker_count
from ui.settings import ROOT

READ_WHEN_IMPORTED = ["numpy", "faiss", "torch", "onnxruntime", "tokenizers", "streamlit"]


def run(program, **variables):
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


GIB = 1024**3


def test_the_command_line_loads_nothing_that_reads_the_settings_too_early():
    program = (
        "import sys, ui.__main__, ui.terminal.cli\n"
        f"print(*[name for name in {READ_WHEN_IMPORTED} if name in sys.modules])"
    )
    assert run(program) == []


PRINTED = "import os; from ui.process import prepare; prepare({}); print(*map(os.environ.get, {}))"


def test_nothing_is_reported_whatever_the_environment_says():
    names = list(process.PRIVATE)
    program = PRINTED.format("", names)
    assert run(program, ORT_DISABLE_TELEMETRY="0") == list(process.PRIVATE.values())


@pytest.mark.parametrize(("given", "threads"), [({}, "3"), ({"OMP_NUM_THREADS": "7"}, "7")])
def test_the_environment_may_say_how_many_threads_there_are(given, threads):
    assert run(PRINTED.format("3", ["OMP_NUM_THREADS"]), **given) == [threads]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is kept to some cores")
def test_a_process_that_is_kept_to_one_core_counts_one():
    program = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
    assert run(program + "from ingest.drafting.processor import cores; print(cores())") == ["1"]


@pytest.mark.slow
def test_a_questions_sums_are_shared_out_to_nobody():
    program = (
        "from ui.process import prepare; prepare()\n"
        "import faiss, torch, numpy, threadpoolctl\n"
        "print(torch.get_num_threads(), faiss.omp_get_max_threads(),"
        " *[pool['num_threads'] for pool in threadpoolctl.threadpool_info()])"
    )
    assert set(run(program)) == {"1"}


@pytest.mark.parametrize(
    ("cores", "memory", "count"),
    [
        (2, 64 * GIB, 0),
        (4, 64 * GIB, 0),
        (8, 64 * GIB, 4),
        (16, 64 * GIB, 8),
        (16, 3 * GIB, 3),
        (16, GIB // 2, 0),
        (16, None, 8),
    ],
)
def test_a_server_has_as_many_workers_as_cores_and_memory_are_worth(cores, memory, count):
    assert worker_count(cores, memory) == count


def test_memory_to_be_had_is_no_more_than_there_is():
    found = memory()
    assert found is None or 0 < found < 2**50


def test_garbage_is_collected_again_once_something_is_loaded():
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_garbage_is_collected_again_even_if_loading_failed():
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")
    assert gc.isenabled()


def test_while_a_command_runs_garbage_is_collected():
    program = (
        "import gc; from ui.terminal import cli\n"
        "cli.read_arguments = lambda argv: exit(f'{gc.isenabled()}')\n"
        "import sys; sys.argv = ['quotewell']; sys.stderr = sys.stdout\n"
        "from ui.__main__ import start\n"
        "try: start()\n"
        "except SystemExit as ended: print(ended.code)"
    )
    assert run(program) == ["True"]
