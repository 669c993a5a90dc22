"""How good a figure could be on this machine, from what was measured of it in the same run."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.figures import Figures
from benchmarks.performance.charts import shown
from benchmarks.performance.rows import Limit

FLOAT32, INT8, BFLOAT16 = (f"machine/{one}.gflop_s" for one in ("float32", "int8", "bfloat16"))
MEMORY, PAGE_CACHE, CORES = "machine/memory.gb_s", "machine/page cache.gb_s", "machine/cores"
READER, ENCODER = "warm/reader.gflop", "warm/encoder.gflop"

Of = Callable[[Figures], Limit]


def passes(figures: Figures) -> Limit:
    """Return the milliseconds of a question's passes, if they were products of matrices alone."""
    reader, encoder = reader_passes(figures), encoder_pass(figures)
    return Limit(reader.value + encoder.value, f"{reader.why}; {encoder.why}")


def seconds_of_passes(figures: Figures) -> Limit:
    """Return the same in seconds."""
    found = passes(figures)
    return Limit(found.value / 1000, found.why)


def reader_passes(figures: Figures) -> Limit:
    """Return the milliseconds of the reader's passes on all cores."""
    work, rate = figures[READER], figures[INT8]
    return Limit(
        1000 * work / rate,
        f"the reader's {shown(work)} billion operations at {shown(rate)} billion a second "
        "(8-bit integers, all cores)",
    )


def encoder_pass(figures: Figures) -> Limit:
    """Return the milliseconds of one pass of the encoder on one core."""
    one_core = figures[FLOAT32] / figures[CORES]
    return Limit(
        1000 * figures[ENCODER] / one_core,
        f"one pass of the encoder, {shown(figures[ENCODER])} billion operations at "
        f"{shown(one_core)} billion a second (float32, one core)",
    )


def answers(figures: Figures) -> Limit:
    """Return how many questions' passes all cores compute in a second."""
    busy = figures[READER] / figures[INT8] + figures[ENCODER] / figures[FLOAT32]
    return Limit(1 / busy, f"the passes of a question keep all cores busy for {shown(busy)} s")


def waiting(clients: int) -> Of:
    """Return the seconds that each of many clients waits for the passes of all."""

    def limit(figures: Figures) -> Limit:
        most = answers(figures).value
        return Limit(clients / most, f"{clients} wait for one another at {shown(most)} a second")

    return limit


def embedding(kind: str) -> Of:
    """Return how many texts of a kind could be embedded in a second."""

    def limit(figures: Figures) -> Limit:
        number = "bfloat16" if BFLOAT16 in figures else "float32"
        rate = figures.get(BFLOAT16, figures[FLOAT32])
        each = figures[f"embedding/{kind}.gflop"] / figures[f"embedding/{kind}.count"]
        why = f"{shown(each)} billion operations each at {shown(rate)} billion a second ({number})"
        return Limit(rate / each, why)

    return limit


def bytes_read(figure: str, what: str) -> Of:
    """Return the seconds to read so many megabytes from the page cache."""

    def limit(figures: Figures) -> Limit:
        size, rate = figures[figure], figures[PAGE_CACHE]
        why = f"{what}, {shown(size)} MB, read from the page cache at {shown(rate)} GB/s"
        return Limit(size / 1000 / rate, why)

    return limit


def vectors(size: int) -> Of:
    """Return the milliseconds to pass what a question is compared with through the memory bus."""

    def limit(figures: Figures) -> Limit:
        compared, rate = figures[f"scale/{size}.compared_mb"], figures[MEMORY]
        why = f"{shown(compared)} MB of vectors read at {shown(rate)} GB/s"
        return Limit(compared / rate, why)

    return limit


def postings(size: int) -> Of:
    """Return the milliseconds to read all postings of a question's words, a byte each."""

    def limit(figures: Figures) -> Limit:
        count, rate = figures[f"scale/{size}.postings"], figures[MEMORY]
        why = f"{shown(count)} postings of its words, a byte each, read at {shown(rate)} GB/s"
        return Limit(count / 1e6 / rate, why)

    return limit


def on_disk(size: int) -> Of:
    """Return the megabytes of the files of one size, all of which may be mapped."""

    def limit(figures: Figures) -> Limit:
        parts = [figures[f"scale/{size}.{one}.disk_mb"] for one in ("vectors", "words")]
        return Limit(sum(parts), "the files, if all of them were held in memory")

    return limit


def measured(figure: str, why: str) -> Of:
    """Return what was measured in the same run with nothing around."""
    return lambda figures: Limit(figures[figure], why)


def fixed(value: float, why: str) -> Of:
    """Return what cannot be otherwise."""
    return lambda _: Limit(value, why)
