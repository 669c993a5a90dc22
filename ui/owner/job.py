"""What is being done to the library: one job at a time, in a thread, seen by every owner."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from library.errors import LibraryError
from ui.failures import told
from ui.owner.errors import RefusedError
from ui.serving.holder import EXPECTED as UNUSABLE

State = Literal["running", "stopping", "done", "stopped", "failed"]
EXPECTED = (*UNUSABLE, LibraryError)
"""What goes wrong with a library, not with the program; the first line says what to do."""
BUSY = "The library is being changed already. Wait until that has ended, or stop it."
FAILED = "This failed because of a fault in Quotewell; its log says where. Report it."
SOON_SECONDS = 3.0
"""Of a step, before it is said how long it goes on: estimates are wild at first."""

logger = logging.getLogger(__name__)


class StoppedError(Exception):
    """The owner has stopped a job."""


@dataclass(slots=True)
class Job:
    """A change of the library as it goes on. One thread writes it, others read its record."""

    what: str
    """"add", "replace", "withdraw", "build" or "describe"."""
    clock: Callable[[], float] = time.monotonic
    state: State = "running"
    step: str = ""
    done: int = 0
    total: int = 0
    problem: str = ""
    """Why it failed."""
    results: list[Mapping[str, Any]] = field(default_factory=list)
    """What became of each file, as it is known."""
    was_stopped: bool = False
    _step_began: float = 0.0

    def tell(self, step: str, done: int, total: int) -> None:
        """Note how far a step is.

        Raises:
            StoppedError: once each time the owner has stopped the job: what comes after can be
                stopped again.

        """
        if self.state == "stopping":
            self.state, self.was_stopped = "running", True
            raise StoppedError
        if step != self.step:
            self.step, self._step_began = step, self.clock()
        self.done, self.total = done, total

    def found(self, result: Mapping[str, Any]) -> None:
        """Note what became of a file."""
        self.results.append(result)

    @property
    def seconds_left(self) -> float | None:
        """How long the step goes on, at its pace so far; None while that cannot be said."""
        spent = self.clock() - self._step_began
        if self.state != "running" or not self.done or spent < SOON_SECONDS:
            return None
        return spent / self.done * (self.total - self.done)

    def record(self) -> dict[str, Any]:
        """Return how it is, for the page."""
        return {
            "what": self.what,
            "state": self.state,
            "step": self.step,
            "done": self.done,
            "total": self.total,
            "seconds_left": self.seconds_left,
            "problem": self.problem,
            "results": list(self.results),
        }


class Jobs:
    """Runs one job at a time and remembers the last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._job: Job | None = None

    @property
    def is_running(self) -> bool:
        """Whether the library is being changed."""
        return self._job is not None and self._job.state in ("running", "stopping")

    def begin(self, what: str, work: Callable[[Job], None], end: Callable[[], None]) -> Job:
        """Begin a job in a thread.

        Args:
            what: is done, by the name that the page has for it.
            work: does it, tells the job how far it is, and can be stopped whenever it does.
            end: is called whatever has become of it.

        Raises:
            RefusedError: if another one is running.

        """
        with self._lock:
            if self.is_running:
                raise RefusedError(409, BUSY)
            job = self._job = Job(what)
        threading.Thread(target=_run, args=(job, work, end), name="owner", daemon=True).start()
        return job

    def stop(self) -> None:
        """Have the job stop at its next step; what it has done stays."""
        with self._lock:
            if self._job is not None and self._job.state == "running":
                self._job.state = "stopping"

    def record(self) -> dict[str, Any] | None:
        """Return how the last job is, or None if there was none."""
        return self._job.record() if self._job else None


def _run(job: Job, work: Callable[[Job], None], end: Callable[[], None]) -> None:
    outcome: State = "failed"
    try:
        work(job)
        outcome = "stopped" if job.was_stopped else "done"
    except StoppedError:
        outcome = "stopped"
    except (*EXPECTED, RefusedError) as error:
        job.problem = str(error).partition("\n")[0]
    except Exception as error:  # noqa: BLE001
        logger.error("the library could not be changed: %s", told(error))
        job.problem = FAILED
    finally:
        end()
        job.state = outcome
