"""The answerer in use: a server goes on with a changed library, without a restart.

Whoever needs the answerer asks the holder each time, and keeps nothing that was made from it.
"""

from __future__ import annotations

import gc
import logging
import signal
import sys
import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from answer.errors import AnswerError
from bank.errors import BankError
from corpus.listing import LISTING
from corpus.sources import CorpusError
from index.errors import IndexMismatchError, PassageIndexError
from index.store import CURRENT
from ingest.errors import IngestError
from ui.failures import told
from ui.settings import Places

if TYPE_CHECKING:
    from answer.pipeline import Answerer

T = TypeVar("T")

LOOK_SECONDS = 2.0
"""Between two looks at the library: as long as somebody takes to turn from the terminal to the
page. A look asks the system about two files."""
EXPECTED = (CorpusError, IngestError, PassageIndexError, BankError, AnswerError, OSError)

logger = logging.getLogger(__name__)


class Serving:
    """Holds the answerer in use and replaces it in one step. Threads can share it.

    Args:
        load: loads the answerer of the library as it is now, ready for its first question.
        state: says at little cost how the library is; another value after every change.
        first: loads what answers first, if not ``load``: an earlier version may do then, while
            later on the one in use is as good.

    Raises:
        CorpusError, IngestError, PassageIndexError, BankError, AnswerError: if nothing can be
            loaded at first.

    """

    def __init__(
        self,
        load: Callable[[], Answerer],
        state: Callable[[], Hashable],
        first: Callable[[], Answerer] | None = None,
    ) -> None:
        self._load, self._state = load, state
        self._seen = state()  # before it is loaded: a change meanwhile is seen at the next look
        self._now = (first or load)()
        self._renewing = threading.Lock()

    @property
    def answerer(self) -> Answerer:
        """The answerer in use."""
        return self._now

    def made_of(self, make: Callable[[Answerer], T]) -> Callable[[], T]:
        """Return a function that says what ``make`` makes of the answerer in use, made once.

        What is made is let go with its answerer, so it must not hold that itself.
        """
        kept: WeakKeyDictionary[Answerer, T] = WeakKeyDictionary()

        def of_now() -> T:
            answerer = self._now
            if answerer not in kept:
                kept[answerer] = make(answerer)
            return kept[answerer]

        return of_now

    def renew(self) -> bool:
        """Load the library if it has changed; return whether another answerer is in use now.

        Until it is loaded, the old one answers; if it cannot be loaded, it goes on, and the log
        says so in one line.
        """
        with self._renewing:
            state = self._state()
            if state == self._seen:
                return False
            self._seen = state
            new = self._loaded()
            if new is None:
                return False
            self._now = new
        del new
        keep_out_of_collections()
        return True

    def watch(self, seconds: float = LOOK_SECONDS) -> Callable[[], None]:
        """Look at the library again and again, in a thread; return what ends that."""
        begun, ended = threading.Event(), threading.Event()

        def look() -> None:
            if sys.platform != "win32":  # signals are for the thread that listens to visitors
                signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            begun.set()
            before = self._seen
            while not ended.wait(seconds):
                state = self._state()
                if state == before:  # nobody is at work on it just now
                    self.renew()
                before = state

        threading.Thread(target=look, name="library", daemon=True).start()
        begun.wait()
        return ended.set

    def _loaded(self) -> Answerer | None:
        try:
            return self._load()
        except IndexMismatchError:
            return None  # the corpus has changed and its index is being built
        except EXPECTED as error:
            said = str(error).partition("\n")[0]
        except Exception as error:  # noqa: BLE001
            said = told(error)
        logger.error("the library has changed but cannot be used; the old one answers on: %s", said)
        return None


def state_of(places: Places) -> Hashable:
    """Say how a library is: which build is in use, and which facts its listing holds."""
    return _text(places.index / CURRENT), _state(places.corpus / LISTING)


def keep_out_of_collections() -> None:
    """Have garbage collections leave what is loaded alone: 6 ms per visit instead of 300 ms.

    What an answerer that is not in use any more has left behind is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _text(path: Path) -> bytes | None:
    """Return what a small file holds: its time says nothing where the clock was set back."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _state(path: Path) -> Hashable:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
