"""What each command does, once its arguments are read: every one yields text to print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from answer.schema import to_json
from bank.questions import BANK, read_bank
from corpus.pin import pin
from corpus.sources import Skipped, Source, read_corpus
from ingest.library import ingest_sources
from ui.errors import CommandError, tell
from ui.settings import Places
from ui.terminal import progress
from ui.terminal.answer_text import answer_text
from ui.terminal.batch import answer_lines, read_questions
from ui.terminal.inventory import pinned_text, source_text, trimmings_text, unpinned_text
from ui.web.serving import serve_page

if TYPE_CHECKING:
    from answer.pipeline import Answerer

# The pipelines are imported where they are used: they load the encoder, seconds that `--help`
# and `sources` need not wait.


def build(arguments: argparse.Namespace) -> Iterator[str]:
    """Ingest and index the corpus."""
    from answer.build import build

    try:
        bar = progress.progress_bar(sys.stderr)
        report = build(arguments.corpus, arguments.index, bar, strict=arguments.strict)
    finally:
        progress.clear(sys.stderr)
    _tell_skipped(report.skipped)
    skipped = f" ({len(report.skipped)} skipped)" if report.skipped else ""
    yield (
        f"Read {report.n_documents} documents{skipped}: {report.n_sentences} sentences, "
        f"{report.n_passages} passages.\n"
        f"Built {arguments.index} in {report.seconds:.1f} s. "
        'Now ask: quotewell ask "…"\n'
    )


def ask(arguments: argparse.Namespace) -> Iterator[str]:
    """Answer one question, or every question of a batch."""
    if arguments.batch is not None:
        yield from _answer_batch(arguments)
        return
    answerer = _open(arguments)
    answer = answerer.answer(arguments.question)
    if arguments.json:
        yield json.dumps(to_json(answer), ensure_ascii=False, indent=2) + "\n"
    else:
        yield answer_text(answer, answerer.sources)


def sources(arguments: argparse.Namespace) -> Iterator[str]:
    """List the corpus; with ``--dropped`` also what was left out of it and joined in it.

    With ``--pin`` fill in the hashes that ``sources.json`` leaves out, and list those instead.
    """
    if arguments.pin:
        corpus, pinned = pin(arguments.corpus)
        _tell_skipped(corpus.skipped)
        yield pinned_text(pinned)
        return
    corpus = read_corpus(arguments.corpus)
    for number, source in enumerate(corpus.sources):
        yield "\n" * bool(number) + source_text(source)
        if arguments.dropped:
            yield from _trimmings(source)
    yield unpinned_text(corpus.sources)
    _tell_skipped(corpus.skipped)


def evaluate(arguments: argparse.Namespace) -> Iterator[str]:
    """Ask the evaluation's questions, yield its table, and hold it against floors if there are any.

    Raises:
        CommandError: naming each figure that misses its floor.

    """
    from evaluation.questions import read_questions
    from evaluation.report import check_floors, evaluate, write_report

    questions, answerer = read_questions(arguments.questions), _open(arguments)
    bar = progress.progress_bar(sys.stderr)
    try:
        evaluation = evaluate(answerer, questions, bar and partial(bar, "Asking"))
    finally:
        progress.clear(sys.stderr)
    report = write_report(answerer, evaluation, arguments.questions.name, arguments.out)
    yield report.rstrip("\n") + "\n"
    if arguments.floors and (missed := check_floors(evaluation, arguments.floors)):
        raise CommandError("; ".join(missed))


def bank(arguments: argparse.Namespace) -> Iterator[str]:
    """Check the corpus's question bank: evidence, coverage, duplicates, leaks.

    Raises:
        CommandError: if a question of the bank is one of the evaluation's.

    """
    from evaluation.bank_check import check_bank, without_leaks
    from evaluation.bank_text import bank_text
    from evaluation.questions import read_questions

    corpus = read_corpus(arguments.corpus)
    documents, unreadable = ingest_sources(corpus.sources)
    skipped = corpus.skipped + unreadable
    _tell_skipped(skipped)
    known = read_bank(arguments.corpus / BANK, documents, {one.doc_id for one in skipped})
    report = check_bank(known, documents, read_questions(arguments.questions))
    yield bank_text(report).rstrip("\n") + "\n"
    if without_leaks(report):
        raise CommandError("the bank asks what the evaluation asks: remove the lines listed above")


def chat(arguments: argparse.Namespace) -> Iterator[str]:
    """Serve the chat page until stopped."""
    if not arguments.index.is_dir():
        raise CommandError(f"there is no index at {arguments.index}: run `quotewell build` first")
    yield from serve_page(Places(arguments.corpus, arguments.index), arguments.port)


def serve(arguments: argparse.Namespace) -> Iterator[str]:
    """Serve the chat page, the JSON interface and what other sites embed, until stopped."""
    if not arguments.index.is_dir():
        raise CommandError(f"there is no index at {arguments.index}: run `quotewell build` first")
    from ui.web.headers import frame_ancestors
    from ui.web.server import serve_app

    places = Places(arguments.corpus, arguments.index)
    ancestors = frame_ancestors(arguments.frame_ancestors)
    yield from serve_app(places, arguments.host, arguments.port, ancestors)


def mcp(arguments: argparse.Namespace) -> Iterator[str]:
    """Serve answers to an assistant until it closes standard input; prints nothing itself."""
    from ui.api.mcp_server import serve

    with redirect_stdout(sys.stderr):
        answerer = _open(arguments)
    serve(answerer)
    yield from ()


def _trimmings(source: Source) -> Iterator[str]:
    documents, skipped = ingest_sources([source])
    _tell_skipped(skipped)
    yield from map(trimmings_text, documents.values())


def _tell_skipped(skipped: Sequence[Skipped]) -> None:
    tell(*(f"skipped: {fault}" for one in skipped for fault in one.faults))


def _answer_batch(arguments: argparse.Namespace) -> Iterator[str]:
    name = "standard input" if arguments.batch == "-" else arguments.batch
    try:
        text = _read(arguments.batch)
    except UnicodeDecodeError as error:
        raise CommandError(f"{name}: not UTF-8 ({error}). Save it as UTF-8.") from error
    questions = read_questions(text.split("\n"))
    for line in answer_lines(_open(arguments), questions, name):
        yield line + "\n"


def _read(batch: str) -> str:
    if batch == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig")
    return Path(batch).read_text(encoding="utf-8-sig")


def _open(arguments: argparse.Namespace) -> Answerer:
    from answer.pipeline import load_answerer

    return load_answerer(arguments.corpus, arguments.index)
