"""What can be typed after ``quotewell bank``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from ui.settings import QUESTIONS, Places
from ui.terminal import bank
from ui.terminal.options import Run, add_places


def add_arguments(command: argparse.ArgumentParser) -> Run:
    """Let the command take an action with its own arguments."""
    actions = command.add_subparsers(
        title="actions", metavar="ACTION", dest="action", required=True
    )
    for name, purpose, add_arguments in _ACTIONS:
        action = actions.add_parser(name, help=purpose, description=purpose)
        add_places(action, default=argparse.SUPPRESS)  # else they would undo those of the command
        action.set_defaults(run_action=add_arguments(action))

    def run(places: Places, arguments: argparse.Namespace) -> Iterator[str]:
        run_action: Run = arguments.run_action
        return run_action(places, arguments)

    return run


def _check(command: argparse.ArgumentParser) -> Run:
    command.add_argument(
        "--questions",
        type=Path,
        metavar="FILE",
        default=QUESTIONS,
        help="evaluation questions, which must not be in the bank",
    )
    return lambda places, arguments: bank.check(places, questions=arguments.questions)


def _draft(command: argparse.ArgumentParser) -> Run:
    command.add_argument(
        "batches",
        nargs="*",
        metavar="FILE",
        help="more questions than those of the feedback, as for `ask --batch`",
    )
    return lambda places, arguments: bank.draft(places, batches=arguments.batches)


def _accept(command: argparse.ArgumentParser) -> Run:
    command.add_argument("draft", type=Path, metavar="DRAFT", help="as `bank draft` wrote it")
    return lambda places, arguments: bank.accept_draft(places, file=arguments.draft)


_ACTIONS = (
    ("check", "count its questions, and find what is missing or wrong", _check),
    ("draft", "draft lines for it from what was asked", _draft),
    ("accept", "add the accepted lines of a draft to it", _accept),
    ("offer", "choose what the page suggests", lambda _: lambda places, _: bank.offer(places)),
)
