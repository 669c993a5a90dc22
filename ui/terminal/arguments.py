"""What can be typed after ``quotewell``, and the command that it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.own.home import home
from ui.settings import QUESTIONS, Places, program_version
from ui.terminal import bank_arguments, commands, feedback, reading
from ui.terminal.doctor import command as doctor
from ui.terminal.options import (
    Run,
    add_filter,
    add_places,
    add_serving,
    add_version,
    port,
    read_filter,
    shown,
)
from ui.terminal.owner import arguments as owner
from ui.terminal.owner import importing, retractions, versions

DEFAULT_PORT = 8501


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
        add_places(command)
        command.set_defaults(run=add_arguments(command))
    return parser


def _build(command: argparse.ArgumentParser) -> Run:
    command.add_argument("--strict", action="store_true", help="build all documents or nothing")
    command.add_argument("--anew", action="store_true", help="take nothing over from before")
    command.add_argument("--json", action="store_true", help="print what was done as JSON")
    command.add_argument(
        "--engine",
        choices=("pool", "ray"),
        default="pool",
        help="what reads and embeds: this machine, or Ray (RAY_ADDRESS names a cluster)",
    )
    return lambda places, arguments: commands.build(
        places,
        strict=arguments.strict,
        anew=arguments.anew,
        as_json=arguments.json,
        engine=arguments.engine,
    )


def _ask(command: argparse.ArgumentParser) -> Run:
    command.add_argument("question", nargs="*", help="in your own words")
    command.add_argument("--json", action="store_true", help="print the answer as JSON")
    add_filter(command)
    command.add_argument(
        "--batch",
        metavar="FILE",
        help="read questions from FILE (- for standard input), one per line, as plain text or as "
        "JSON {question, id?, history?, documents?}; write one answer per line, always as JSON",
    )

    add_version(command)

    def run(places: Places, arguments: argparse.Namespace) -> Iterator[str]:
        batch: str | None = arguments.batch
        if bool(arguments.question) == (batch is not None):
            command.error("give either a question or --batch FILE")
        within = read_filter(arguments)
        if batch is None:
            question = " ".join(arguments.question)
            how = {"as_json": arguments.json, "version": arguments.version}
            return commands.ask(places, question, within, **how)
        if arguments.version:
            command.error("--version goes with a question, not with --batch")
        if within.text:
            command.error('with --batch, a line says what is searched: {"documents": [...]}')
        return commands.ask_batch(places, batch)

    return run


def _list(command: argparse.ArgumentParser) -> Run:
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

    command.add_argument(
        "--versions",
        action="store_true",
        help="list the versions of the library instead, with what each changed",
    )

    def run(places: Places, arguments: argparse.Namespace) -> Iterator[str]:
        if arguments.versions:
            return versions.list_versions(places)
        if arguments.pin:
            return commands.pin_sources(places)
        return commands.list_sources(places, dropped=arguments.dropped)

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
        help=f"where to write the report (default: {shown(out)})",
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


def _chat(command: argparse.ArgumentParser) -> Run:
    _add_port(command)
    return lambda places, arguments: commands.serve(
        places, port=arguments.port, workers=0, is_private=True
    )


def _serve(command: argparse.ArgumentParser) -> Run:
    _add_port(command)
    command.add_argument(
        "--host", default="localhost", help="where to listen (default: localhost; all: 0.0.0.0)"
    )
    command.add_argument(
        "--frame-ancestors",
        metavar="SITES",
        default="*",
        help="whose pages may frame it and ask: "
        '"https://a.org https://*.b.org", none, or * for any (default)',
    )
    add_version(command)
    add_serving(command)
    return lambda places, arguments: commands.serve(
        places,
        port=arguments.port,
        host=arguments.host,
        sites=arguments.frame_ancestors,
        version=arguments.version,
        workers=arguments.workers,
        metrics=arguments.metrics,
    )


def _mcp(command: argparse.ArgumentParser) -> Run:
    return lambda places, arguments: commands.mcp(places)


def _add_port(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--port", type=port, default=DEFAULT_PORT, help=f"of the page (default: {DEFAULT_PORT})"
    )


_COMMANDS = (
    ("add", "add files, folders, or what a reference manager exports", owner.add),
    ("replace", "put a new version in the place of a document", owner.replace),
    ("withdraw", "take documents out of the library", owner.withdraw),
    (
        "check-retractions",
        "mark what was retracted or corrected, by the list of Retraction Watch",
        retractions.add_arguments,
    ),
    ("build", "read the corpus and index it", _build),
    ("export-passages", "write files that a Milvus cluster imports", importing.add_arguments),
    ("ask", "answer a question with quotes", _ask),
    ("list", "list the documents that answers are quoted from", _list),
    ("doctor", "say what is wrong and what to run", doctor.add_arguments),
    ("read", "show what is read from one file", reading.add_arguments),
    ("evaluate", "measure how good the answers are", _evaluate),
    ("bank", "check the corpus's question bank, and extend it", bank_arguments.add_arguments),
    ("feedback", "show what visitors said of the answers", feedback.add_arguments),
    ("chat", "serve the page on this machine", _chat),
    ("serve", "serve page, API and embedding, also to others", _serve),
    ("mcp", "answer assistants over standard input and output", _mcp),
)
