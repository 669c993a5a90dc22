"""What can be typed after ``quotewell``, and the command that it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ui.settings import QUESTIONS, Places, home, program_version
from ui.terminal import bank, commands

DEFAULT_PORT = 8501
MAX_PORT = 65535

Run = Callable[[Places, argparse.Namespace], Iterator[str]]
"""Runs a command with what was typed, and yields what it prints."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command that was typed, ready to be run."""

    command: str
    places: Places
    run: Callable[[Places], Iterator[str]]
    """Yields what is printed."""


def read_arguments(argv: Sequence[str] | None = None) -> Call:
    """Return what was typed; wrong use, ``--help`` and ``--version`` raise ``SystemExit``."""
    arguments = _parser().parse_args(argv)
    run: Run = arguments.run
    places = Places.of(arguments.corpus, arguments.index)
    return Call(arguments.command, places, lambda places: run(places, arguments))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quotewell",
        description="Answers questions about a few documents in the documents' own words.",
    )
    parser.add_argument("--version", action="version", version=f"quotewell {program_version()}")
    subparsers = parser.add_subparsers(
        title="commands", metavar="COMMAND", dest="command", required=True
    )
    for name, purpose, add_arguments in _COMMANDS:
        command = subparsers.add_parser(name, help=purpose, description=purpose)
        _add_places(command)
        command.set_defaults(run=add_arguments(command))
    return parser


def _add_places(command: argparse.ArgumentParser, default: str | None = None) -> None:
    command.add_argument(
        "--corpus",
        type=Path,
        metavar="DIR",
        default=default,
        help="a folder with sources.json and files/ (default: the two supplied documents)",
    )
    command.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        default=default,
        help=f"what `build` writes (default: one for each corpus in {_shown(home())})",
    )


def _build(command: argparse.ArgumentParser) -> Run:
    command.add_argument("--strict", action="store_true", help="build all documents or nothing")
    return lambda places, arguments: commands.build(places, strict=arguments.strict)


def _ask(command: argparse.ArgumentParser) -> Run:
    command.add_argument("question", nargs="*", help="in your own words")
    command.add_argument("--json", action="store_true", help="print the answer as JSON")
    command.add_argument(
        "--batch",
        metavar="FILE",
        help="read questions from FILE (- for standard input), one per line, as plain text or as "
        "JSON {question, id?, history?, documents?}; write one answer per line, always as JSON",
    )

    def run(places: Places, arguments: argparse.Namespace) -> Iterator[str]:
        batch: str | None = arguments.batch
        if bool(arguments.question) == (batch is not None):
            command.error("give either a question or --batch FILE")
        if batch is not None:
            return commands.ask_batch(places, batch)
        return commands.ask(places, " ".join(arguments.question), as_json=arguments.json)

    return run


def _sources(command: argparse.ArgumentParser) -> Run:
    command.add_argument(
        "--dropped",
        action="store_true",
        help="also show what the parser left out, and why, and what it joined",
    )
    command.add_argument(
        "--pin",
        action="store_true",
        help="instead of listing, write the missing hashes into sources.json",
    )

    def run(places: Places, arguments: argparse.Namespace) -> Iterator[str]:
        if arguments.pin:
            return commands.pin_sources(places)
        return commands.sources(places, dropped=arguments.dropped)

    return run


def _evaluate(command: argparse.ArgumentParser) -> Run:
    out = home() / "evaluation"
    command.add_argument(
        "--questions",
        type=Path,
        metavar="FILE",
        default=QUESTIONS,
        help="what to ask (default: the questions on the two supplied documents)",
    )
    command.add_argument(
        "--without-bank", action="store_true", help="answer without the corpus's question bank"
    )
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        default=out,
        help=f"where to write the report (default: {_shown(out)})",
    )
    command.add_argument("--floors", type=Path, metavar="FILE", help="fail below its figures")
    command.add_argument("--safety", action="store_true", help="ask the safety set instead")
    return lambda places, arguments: (
        commands.evaluate_safety(places, with_bank=not arguments.without_bank)
        if arguments.safety
        else commands.evaluate(
            places,
            questions=arguments.questions,
            out=arguments.out,
            floors=arguments.floors,
            with_bank=not arguments.without_bank,
        )
    )


def _bank(command: argparse.ArgumentParser) -> Run:
    actions = command.add_subparsers(
        title="actions", metavar="ACTION", dest="action", required=True
    )
    for name, purpose, add_arguments in _BANK_ACTIONS:
        action = actions.add_parser(name, help=purpose, description=purpose)
        _add_places(action, default=argparse.SUPPRESS)  # else they would undo those of the command
        action.set_defaults(run_action=add_arguments(action))

    def run(places: Places, arguments: argparse.Namespace) -> Iterator[str]:
        run_action: Run = arguments.run_action
        return run_action(places, arguments)

    return run


def _bank_check(command: argparse.ArgumentParser) -> Run:
    command.add_argument(
        "--questions",
        type=Path,
        metavar="FILE",
        default=QUESTIONS,
        help="evaluation questions, which must not be in the bank",
    )
    return lambda places, arguments: bank.check(places, questions=arguments.questions)


def _bank_draft(command: argparse.ArgumentParser) -> Run:
    command.add_argument(
        "batches",
        nargs="*",
        metavar="FILE",
        help="more questions than those of the feedback, as for `ask --batch`",
    )
    return lambda places, arguments: bank.draft(places, batches=arguments.batches)


def _bank_accept(command: argparse.ArgumentParser) -> Run:
    command.add_argument("draft", type=Path, metavar="DRAFT", help="as `bank draft` wrote it")
    return lambda places, arguments: bank.accept_draft(places, file=arguments.draft)


def _chat(command: argparse.ArgumentParser) -> Run:
    _add_port(command)
    return lambda places, arguments: commands.serve(places, port=arguments.port)


def _serve(command: argparse.ArgumentParser) -> Run:
    _add_port(command)
    command.add_argument(
        "--host", default="localhost", help="where to listen (default: localhost; all: 0.0.0.0)"
    )
    command.add_argument(
        "--frame-ancestors",
        metavar="SITES",
        default="*",
        help='who may frame it: "https://a.org https://*.b.org", none, or * for any (default)',
    )
    return lambda places, arguments: commands.serve(
        places, port=arguments.port, host=arguments.host, sites=arguments.frame_ancestors
    )


def _mcp(command: argparse.ArgumentParser) -> Run:
    return lambda places, arguments: commands.mcp(places)


def _add_port(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--port", type=_port, default=DEFAULT_PORT, help=f"of the page (default: {DEFAULT_PORT})"
    )


def _shown(path: Path) -> str:
    """Return a path for a help text, where a percent sign is special."""
    return str(path).replace("%", "%%")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give 1 to {MAX_PORT}")
    return int(text)


_COMMANDS = (
    ("build", "read the corpus and index it", _build),
    ("ask", "answer a question with quotes", _ask),
    ("sources", "list the documents that answers are quoted from", _sources),
    ("evaluate", "measure how good the answers are", _evaluate),
    ("bank", "check the corpus's question bank, and extend it", _bank),
    ("chat", "serve the page on this machine", _chat),
    ("serve", "serve page, API and embedding, also to others", _serve),
    ("mcp", "answer assistants over standard input and output", _mcp),
)

_BANK_ACTIONS = (
    ("check", "count its questions, and find what is missing or wrong", _bank_check),
    ("draft", "draft lines for it from what was asked", _bank_draft),
    ("accept", "add the accepted lines of a draft to it", _bank_accept),
)
