"""The ``quotewell`` command: arguments in, exit code out.

Exit codes: 0 done (no answer is not an error), 1 expected errors, each told in one line on stderr
that ends with what to do, 2 wrong use, 130 stopped by Ctrl-C, 141 the reader of a pipe went away.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from answer.errors import AnswerError
from bank.errors import BankError
from corpus.sources import CorpusError
from evaluation.errors import EvaluationError
from index.errors import PassageIndexError
from ingest.errors import IngestError
from ui import settings
from ui.errors import CommandError, tell
from ui.terminal import commands

EXPECTED = (
    *(CorpusError, IngestError, PassageIndexError, BankError, AnswerError),
    EvaluationError,
    CommandError,
)
DONE, FAILED, STOPPED, PIPE_CLOSED = 0, 1, 130, 141

DEFAULT_PORT = 8501
MAX_PORT = 65535


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; only wrong use leaves through ``SystemExit``."""
    arguments = _arguments(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        for text in arguments.run(arguments):
            print(text, end="", flush=True)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        _discard_output()
        return PIPE_CLOSED
    except EXPECTED as error:
        return _fail(*(error.faults if isinstance(error, CorpusError) else [str(error)]))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _fail(f"{place}{error.strerror or error}. Check the path and your rights to it.")
    return DONE


def _fail(*messages: str) -> int:
    tell(*messages)
    return FAILED


def _discard_output() -> None:
    """Keep Python from writing to the closed pipe again, and complaining, as it shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.run is commands.ask:
        if (arguments.question is None) == (arguments.batch is None):
            parser.error('ask takes either a "question" or --batch FILE')
        if arguments.json and arguments.batch is not None:
            parser.error("--batch always writes JSON: leave out --json")
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quotewell",
        description="Answers questions about a few documents in the documents' own words.",
    )
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    places = _places()
    for name, run, purpose, add_arguments in _COMMANDS:
        command = subparsers.add_parser(name, help=purpose, description=purpose, parents=[places])
        command.set_defaults(run=run)
        add_arguments(command)
    return parser


def _places() -> argparse.ArgumentParser:
    default = settings.Places()
    places = argparse.ArgumentParser(add_help=False)
    places.add_argument(
        "--corpus",
        type=Path,
        metavar="DIR",
        default=default.corpus,
        help="a folder with sources.json and files/ (the repository's own)",
    )
    places.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        default=default.index,
        help="what `build` writes (artifacts/index in the repository)",
    )
    return places


def _build_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--strict", action="store_true", help="build nothing if a document cannot be used"
    )


def _ask_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", nargs="?", help="in your own words, in quotation marks")
    command.add_argument("--json", action="store_true", help="print the answer as JSON")
    command.add_argument(
        "--batch",
        metavar="FILE",
        help="read questions from FILE (- for standard input), one JSON object a line "
        "{id, question, history?, documents?}, and write one answer a line",
    )


def _mcp_arguments(command: argparse.ArgumentParser) -> None:
    """Mcp takes the two places alone; an assistant's program starts it."""


def _sources_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--dropped",
        action="store_true",
        help="also show what the reader left out, and why, and what it joined",
    )
    command.add_argument(
        "--pin",
        action="store_true",
        help="list nothing: write the hashes that sources.json leaves out into it",
    )


def _evaluate_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--questions", type=Path, metavar="FILE", default=settings.QUESTIONS, help="what to ask"
    )
    command.add_argument(
        "--out", type=Path, metavar="DIR", default=settings.REPORTS, help="where to write it all"
    )
    command.add_argument(
        "--floors", type=Path, metavar="FILE", help="fail if a figure is below what FILE demands"
    )


def _bank_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=["check"], help="what to do with the bank")
    command.add_argument(
        "--questions",
        type=Path,
        metavar="FILE",
        default=settings.QUESTIONS,
        help="evaluation questions, which must not be in the bank",
    )


def _chat_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--port", type=_port, default=DEFAULT_PORT, help=f"of the page ({DEFAULT_PORT})"
    )


def _serve_arguments(command: argparse.ArgumentParser) -> None:
    _chat_arguments(command)
    command.add_argument(
        "--host", default="localhost", help="the address to listen at (localhost; 0.0.0.0 for all)"
    )
    command.add_argument(
        "--frame-ancestors",
        metavar="SITES",
        default="*",
        help='the sites that may frame it: "https://a.org https://*.b.org", none, or * for any (*)',
    )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give 1 to {MAX_PORT}")
    return int(text)


_COMMANDS = (
    ("build", commands.build, "read the corpus and index it", _build_arguments),
    ("ask", commands.ask, "answer a question with quotes", _ask_arguments),
    ("sources", commands.sources, "list what answers are quoted from", _sources_arguments),
    ("evaluate", commands.evaluate, "measure how good the answers are", _evaluate_arguments),
    ("bank", commands.bank, "check the corpus's question bank", _bank_arguments),
    ("chat", commands.chat, "serve the chat page", _chat_arguments),
    ("serve", commands.serve, "serve page, API and embedding", _serve_arguments),
    ("mcp", commands.mcp, "answer assistants over standard input and output", _mcp_arguments),
)
