"""Kill changes and builds at random moments, and look what is left of the library each time.

    python -m benchmarks.kills [--times N] [--seed N] [--full DIR] [--json FILE]
    python -m benchmarks.kills --each [--seed N] [--json FILE]

Adds, replaces and withdraws documents of a made-up library and builds its index, by the real
commands with a stand-in for the encoder, each in a process of its own, which gets SIGKILL after a
random part of the time that it takes. After each: the library is as before or as after, questions
are answered from an index of one of the two, and every quote is in the file of its document. Every
25 times, and at the end: a build leaves as many files and bytes as in a fresh library, and no
process lives on.

``--full DIR`` is a folder on a disk of its own, such as a tmpfs of 16 MiB: before each step all of
it but a random part is filled; half of the steps are killed too, and it is looked at while it is
full. A step that is not killed has to say in one line what is wrong.

``--each`` kills one step of each kind before every change of a file or folder that Python makes,
one after another, always beginning from the same library.

Prints a table, and exits with 1 if anything was wrong. Needs Linux.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from unittest import mock

import answer.build
from benchmarks import figures
from benchmarks.growth import ToyEncoder
from benchmarks.kills.forked import (
    Ended,
    adopt_orphans,
    command,
    command_killed_at,
    orphans,
    result_of,
)
from benchmarks.kills.shelf import Shelf, Step, copy_of, leftovers, look
from ui.process import prepare

EVERY = 25
PAST_THE_END = 1.1
"""Times the usual length of a step: up to then it is killed, so that its very end is met too."""
BALLAST = "ballast"
KINDS = 5
"""Of steps."""


class Run:
    """A library, and what was found wrong with it so far."""

    def __init__(self, folder: Path, work: Path, seed: int, *, is_full: bool) -> None:
        self._chance = random.Random(seed)
        self._shelf, self._work, self._is_full = Shelf(folder, self._chance), work, is_full
        self._seconds: dict[str, float] = defaultdict(lambda: 1.0)
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.faults: list[str] = []

    def begin(self) -> None:
        """Make the library, and learn how long each kind of step takes."""
        self._do(self._shelf.add(6), None)
        kinds: set[str] = {"add"}
        while len(kinds) < KINDS:
            step = self._shelf.step()
            if step.name not in kinds:
                kinds.add(step.name)
                self._do(step, None)

    def times(self, count: int) -> int:
        """Do so many steps, and compare now and then."""
        for number in range(1, count + 1):
            self._once()
            if number % EVERY == 0 or number == count:
                self.compare()
        return count

    def _once(self) -> None:
        """Do one step and stop it somewhere."""
        step = self._shelf.step()
        moment = self._chance.uniform(0, PAST_THE_END * self._seconds[step.name])
        is_killed = not self._is_full or self._chance.random() < 0.5
        if self._is_full:
            self._fill()
        self._do(step, moment if is_killed else None)

    def each(self) -> int:
        """Do a step of each kind, killed before each of its changes; return how many they were."""
        steps: dict[str, Step] = {}
        while len(steps) < KINDS:
            step = self._shelf.step()
            steps.setdefault(step.name, step)
        shelf, done = self._shelf, 0
        before = dict(shelf.corpus_is), dict(shelf.index_is)
        saved = shutil.copytree(shelf.folder, self._work / "saved")
        for step in steps.values():
            is_killed, number = True, 0
            while is_killed:
                shutil.rmtree(shelf.folder)
                shutil.copytree(saved, shelf.folder)
                shelf.corpus_is, shelf.index_is = dict(before[0]), dict(before[1])
                words = list(step.words)
                ended = command_killed_at(words, self._log, shelf.folder, number)
                is_killed, number = ended.is_killed, number + 1
                self._note(step, ended)
                if number % EVERY == 0 or not is_killed:
                    self.compare()
            done += number
        return done

    def compare(self) -> None:
        """Build, and compare what is there with a fresh library of the same documents."""
        shelf = self._shelf
        self._do(
            Step("build anew", ("build", "--anew", *shelf.places), dict(shelf.corpus_is)), None
        )
        with tempfile.TemporaryDirectory(dir=self._work) as folder:
            fresh = copy_of(shelf.folder, Path(folder))
            places = ("--corpus", str(fresh / "corpus"), "--index", str(fresh / "index"))
            command(["build", *places], self._log)
            self.faults += leftovers(shelf.folder, fresh)
        if orphans(10):
            self.faults.append("a process lives on")

    def _do(self, step: Step, kill_after: float | None) -> None:
        ended = command(list(step.words), self._log, kill_after)
        self._note(step, ended)
        if self._is_full:
            (self._shelf.folder / BALLAST).unlink(missing_ok=True)
            self._look(step)

    def _note(self, step: Step, ended: Ended) -> None:
        """Look what a step left, and count it."""
        if not ended.is_killed:
            self._seconds[step.name] = ended.seconds
        how = "killed" if ended.is_killed else "done" if ended.code == 0 else "refused"
        self.faults += self._said(step, ended)
        before = dict(self._shelf.corpus_is), dict(self._shelf.index_is)
        self._look(step)
        if (self._shelf.corpus_is, self._shelf.index_is) != before:
            how += ", as after" if self._shelf.index_is == step.after else ", between"
        self.counts[step.name][how] += 1

    def _look(self, step: Step) -> None:
        shelf = self._shelf
        seed = self._chance.random()
        try:
            seen = result_of(lambda: look(shelf.folder, shelf.words, int(seed * 1e9)), self._log)
        except RuntimeError as error:
            self.faults.append(f"{step.name}: nothing answers: {error}")
            return
        self.faults += [f"{step.name}: {fault}" for fault in shelf.faults(step, seen)]
        self.faults += [f"{step.name}: {fault}" for fault in seen["faults"]]

    def _said(self, step: Step, ended: Ended) -> list[str]:
        """Return what is wrong with how a step ended that was not killed."""
        lines = [line for line in ended.said.splitlines() if line.startswith("quotewell: ")]
        if ended.is_killed or (ended.code == 0 and "Traceback" not in ended.said):
            return []
        is_told = ended.code == 1 and lines and "Traceback" not in ended.said
        return [] if is_told and self._is_full else [f"{step.name}: {ended.code}: {ended.said}"]

    def _fill(self) -> None:
        """Leave a random part of the disk free."""
        free = shutil.disk_usage(self._shelf.folder).free
        left = int(self._chance.uniform(0, 0.1 if self._chance.random() < 0.8 else 1) * free)
        with (self._shelf.folder / BALLAST).open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, free - left))

    @property
    def _log(self) -> Path:
        return self._work / "log"


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description="Kill changes and builds at random moments.")
    parser.add_argument("--times", type=int, default=300, metavar="N")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), metavar="N")
    parser.add_argument("--full", type=Path, metavar="DIR", help="on a small disk of its own")
    parser.add_argument("--each", action="store_true", help="before each change of a file")
    figures.add_option(parser)
    arguments = parser.parse_args()
    prepare()
    adopt_orphans()
    print(f"seed {arguments.seed}", flush=True)
    with (
        mock.patch.object(answer.build, "building_encoder", return_value=ToyEncoder()),
        tempfile.TemporaryDirectory() as work,
        tempfile.TemporaryDirectory(dir=arguments.full) as folder,
    ):
        is_full = arguments.full is not None
        run = Run(Path(folder), Path(work), arguments.seed, is_full=is_full)
        run.begin()
        times = run.each() if arguments.each else run.times(arguments.times)
    for name, counts in sorted(run.counts.items()):
        line = ", ".join(f"{n} {how}" for how, n in sorted(counts.items()))
        print(f"{name:<12}{sum(counts.values()):>5}   {line}")
    for fault in run.faults:
        print("wrong:", fault)
    print(f"{times} steps, {len(run.faults)} wrong")
    figures.write(arguments.json, {"steps": times, "wrong": len(run.faults)})
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main())
