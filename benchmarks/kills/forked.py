"""Work in a process of its own, forked where everything is imported, and killed if need be."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ui.terminal import cli

CHILD_SUBREAPER = 36
CHANGES = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"}
)
"""What Python says before it changes files or folders (``sys.addaudithook``)."""
POLL_SECONDS = 0.0005
HANGS_AFTER = 120.0
"""Seconds after which a step that nobody killed is one that hangs: it takes a second or two."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended."""

    code: int
    """Its exit code; below 0 if it was killed."""
    seconds: float
    said: str
    """What it printed."""

    @property
    def is_killed(self) -> bool:
        """Whether it was killed before it was done."""
        return self.code == -signal.SIGKILL


def adopt_orphans() -> None:
    """Become the parent of processes whose own parent is killed."""
    ctypes.CDLL(None).prctl(CHILD_SUBREAPER, 1, 0, 0, 0)


def orphans(seconds: float) -> int:
    """Return how many adopted processes still run after so long; each should end by itself."""
    end = time.monotonic() + seconds
    while True:
        try:
            found, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return 0
        if not found and time.monotonic() > end:
            return 1
        if not found:
            time.sleep(0.05)


def command(words: list[str], log: Path, kill_after: float | None = None) -> Ended:
    """Run a ``quotewell`` command, and kill it after so many seconds unless it is done by then."""
    return _forked(lambda: cli.main(words), log, kill_after)


def command_killed_at(words: list[str], log: Path, folder: Path, number: int) -> Ended:
    """Run a command that is killed before it changes a file or folder for this time, from 0.

    Counted are changes below ``folder`` that Python makes; tantivy and numpy make others between.
    """

    def work() -> int:
        _kill_at(str(folder), number)
        return cli.main(words)

    return _forked(work, log, None)


def _kill_at(folder: str, number: int) -> None:
    left = iter(range(number))

    def hear(event: str, facts: tuple[object, ...]) -> None:
        if event in CHANGES and (event != "open" or _writes(facts)):
            named = any(isinstance(f, str | os.PathLike) and folder in str(f) for f in facts)
            if named and next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hear)


def _writes(facts: tuple[object, ...]) -> bool:
    flags = facts[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def result_of(work: Callable[[], Any], log: Path) -> Any:  # noqa: ANN401
    """Return what ``work`` returns, as JSON has it.

    Raises:
        RuntimeError: with what it printed, if it fails.

    """

    def told() -> int:
        print("\n" + json.dumps(work()))
        return 0

    ended = _forked(told, log, None)
    if ended.code:
        raise RuntimeError(ended.said)
    return json.loads(ended.said.splitlines()[-1])


def _forked(work: Callable[[], int], log: Path, kill_after: float | None) -> Ended:
    began = time.monotonic()
    pid = os.fork()
    if not pid:
        _child(work, log)
    limit = HANGS_AFTER if kill_after is None else kill_after
    status: int | None = None
    while status is None:
        done, code = os.waitpid(pid, os.WNOHANG)
        if done:
            status = code
        elif time.monotonic() - began >= limit:
            os.kill(pid, signal.SIGKILL)
            status = os.waitpid(pid, 0)[1]
        else:
            time.sleep(POLL_SECONDS)
    seconds = time.monotonic() - began
    if kill_after is None and seconds >= HANGS_AFTER:
        raise RuntimeError(f"hangs: {log.read_text('utf-8', 'replace')}")
    said = log.read_text("utf-8", "replace")
    return Ended(os.waitstatus_to_exitcode(status), seconds, said)


def _child(work: Callable[[], int], log: Path) -> None:
    code = 70
    try:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        code = work()
        sys.stdout.flush()
    except SystemExit as error:
        code = 2 if error.code else 0
    except BaseException:  # noqa: BLE001  the parent reports it
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)
