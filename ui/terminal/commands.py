"""What each command does once its arguments are parsed: each yields the text to print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from answer.asking.filter import Filter
from corpus.listing import LISTING, read_items
from corpus.pin import pin
from corpus.sources import Source, read_corpus
from ingest.library import ingest_sources
from ui.errors import CommandError, tell
from ui.facts import Paged
from ui.printable import printable
from ui.published import no_bank
from ui.settings import PUBLISHED, Places
from ui.terminal import progress
from ui.terminal.answer_text import answer_text, terminal_width
from ui.terminal.batch import answer_lines, name_of, read_batch
from ui.terminal.inventory import pinned_text, source_text, trimmings_text, unpinned_text
from ui.terminal.library import open_answerer, tell_skipped
from ui.terminal.owner.built import built_text
from ui.terminal.owner.versions import note, pinned
from ui.terminal.typed import as_typed, typed

if TYPE_CHECKING:
    from answer.report import BuildReport

# The pipelines are imported where they are used: they take seconds to load the encoder, which
# `--help` and `list` do not need.


def build(
    places: Places,
    *,
    strict: bool = False,
    anew: bool = False,
    as_json: bool = False,
    engine: str = "pool",
) -> Iterator[str]:
    """Ingest and index the corpus; see ``answer.build.build``."""
    report = built(places, strict=strict, anew=anew, engine=engine)
    if as_json:
        yield json.dumps(report.record(), ensure_ascii=False, indent=1) + "\n"
        return
    bank = "" if report.n_questions else f"{no_bank(PUBLISHED)}\n"
    yield (
        f"{built_text(report)}{bank}Built {places.index} in {report.seconds:.1f} s. "
        f'Now ask: {typed("ask", places.named)} "…"\n'
    )


def built(
    places: Places, *, strict: bool = False, anew: bool = False, engine: str = "pool"
) -> BuildReport:
    """Build the index, note the version, tell why documents were skipped; return the report."""
    try:
        with progress.waiting(sys.stderr):
            from answer.build import build

            if engine == "ray":
                from answer.on_ray import read_on_ray

                build = partial(build, ahead=read_on_ray)
            bar = progress.progress_bar(sys.stderr)
            report = build(
                places.corpus,
                places.index,
                bar,
                strict=strict,
                anew=anew,
                cluster=places.cluster,
            )
    except KeyboardInterrupt:
        told = "stopped; what was read and encoded is kept: run `quotewell build` to go on"
        tell(as_typed(told, places.named))
        raise
    tell_skipped(report.skipped, places)
    note(places)
    return report


def is_empty(places: Places) -> bool:
    """Whether a library has no documents."""
    return not read_items(places.corpus / LISTING)


def ask(
    places: Places, question: str, within: Filter, *, as_json: bool, version: str | None = None
) -> Iterator[str]:
    """Answer one question, from the documents that ``within`` leaves, maybe of an old version."""
    with progress.waiting(sys.stderr):
        places = pinned(places, version) if version else places
        answerer = open_answerer(places)
        documents = within.chosen(answerer.sources.values())
        answer = answerer.answer(question, documents=documents)  # the first one loads the encoder
    if as_json:
        from answer.schema import to_json  # loads pydantic

        record = to_json(answer, paged=Paged(answerer.sources))
        yield json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    else:
        yield answer_text(answer, answerer.sources, terminal_width())


def ask_batch(places: Places, batch: str) -> Iterator[str]:
    """Answer every question of a batch: a file's name, or ``-`` for standard input."""
    questions = read_batch(batch)
    with progress.waiting(sys.stderr):
        answerer = open_answerer(places)
    for line in answer_lines(answerer, questions, name_of(batch)):
        yield line + "\n"


def list_sources(places: Places, *, dropped: bool) -> Iterator[str]:
    """List the corpus; with ``dropped`` also what was left out and joined."""
    corpus, width = read_corpus(places.corpus), terminal_width()
    for number, source in enumerate(corpus.sources):
        yield "\n" * bool(number) + source_text(source, width)
        if dropped:
            yield from _trimmings(source, places, width)
    yield as_typed(unpinned_text(corpus.sources), places.named)
    tell_skipped(corpus.skipped, places)


def pin_sources(places: Places) -> Iterator[str]:
    """Fill in the hashes that ``sources.json`` leaves out, and list those."""
    corpus, pinned = pin(places.corpus)
    tell_skipped(corpus.skipped, places)
    yield pinned_text(pinned)


def evaluate(
    places: Places,
    *,
    questions: Path,
    out: Path,
    floors: Path | None = None,
    with_bank: bool = True,
) -> Iterator[str]:
    """Ask the evaluation's questions, yield its report, and compare it with the floors, if any.

    Args:
        places: what is asked.
        questions: the file of questions with their evidence.
        out: where the report is written.
        floors: the file of floors.
        with_bank: whether the corpus's question bank, if it has one, is used.

    Raises:
        CommandError: naming each figure that misses its floor.

    """
    from evaluation.questions import read_questions
    from evaluation.report import check_floors, evaluate, write_report

    asked = read_questions(questions)
    bar = progress.progress_bar(sys.stderr)
    with progress.waiting(sys.stderr):
        answerer = open_answerer(places, with_bank=with_bank)
        evaluation = evaluate(answerer, asked, bar and partial(bar, "Asking"))
    report = write_report(answerer, evaluation, questions.name, out)
    yield f"{printable(report.rstrip())}\n\nWritten to {out}.\n"
    if floors and (missed := check_floors(evaluation, floors)):
        raise CommandError("; ".join(missed))


def evaluate_safety(places: Places, *, with_bank: bool = True) -> Iterator[str]:
    """Ask the safety set, yield what held of it, and fail if it does not hold.

    Args:
        places: what is asked; the set is about the two supplied documents.
        with_bank: whether the corpus's question bank, if it has one, is used.

    Raises:
        CommandError: saying what is missed.

    """
    from evaluation.safety.questions import read_safety
    from evaluation.safety.report import ask_all, missed, safety_text
    from evaluation.safety.sentences import read_sentences

    bar = progress.progress_bar(sys.stderr)
    with progress.waiting(sys.stderr):
        answerer = open_answerer(places, with_bank=with_bank)
        questions = read_safety(read_sentences(answerer.documents))
        rows = ask_all(answerer, questions, bar and partial(bar, "Asking"))
    yield f"{safety_text(rows)}\n"
    if messages := missed(rows):
        raise CommandError("; ".join(messages))


def serve(
    places: Places,
    *,
    port: int,
    host: str = "localhost",
    sites: str = "*",
    version: str | None = None,
    workers: int | None = None,
    metrics: tuple[str, int] | None = None,
    is_private: bool = False,
) -> Iterator[str]:
    """Serve the page, the JSON interface and what other sites embed, until stopped.

    Args:
        places: what is answered from.
        port: where to listen.
        host: likewise; by default only this machine can connect.
        sites: whose pages may frame it and ask, as ``headers.frame_ancestors`` takes them.
        version: of the library; the present one if None.
        workers: processes that answer programs' questions; decided by the machine if None.
        metrics: host and port at which metrics are served; nowhere if None.
        is_private: whether no page of another site may ask, whatever the user's browser visits.

    """
    with progress.waiting(sys.stderr):
        places = pinned(places, version) if version else places
        from ui.web.headers import callers, frame_ancestors
        from ui.web.server import Wanted, serve_app

        ancestors = frame_ancestors(sites)
        asking = "" if is_private else callers(ancestors)
        served = serve_app(places, host, port, Wanted(ancestors, asking, workers, metrics))
        address = next(served)
    yield address
    yield from served


def mcp(places: Places) -> Iterator[str]:
    """Serve answers to an assistant until it closes standard input; prints nothing itself."""
    from ui.api.mcp_server import serve

    with redirect_stdout(sys.stderr), progress.waiting(sys.stderr):
        answerer = open_answerer(places)
    serve(answerer)
    yield from ()


def _trimmings(source: Source, places: Places, width: int) -> Iterator[str]:
    documents, skipped = ingest_sources([source])
    tell_skipped(skipped, places)
    for document in documents.values():
        yield trimmings_text(document, width)
