"""The sections on what grows with a library, on memory, and on what is done to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.growth import LIMIT, TIMES
from benchmarks.performance import limits
from benchmarks.performance.rows import Row, Section, at_least, at_most, chart_of

SMALL, MILLION, MOST = 100_000, 1_000_000, 10_000_000
"""Passages."""
DENSE, WORDS, BOTH = "dense", "BM25, questions", "dense and BM25, questions"
"""Searches, as ``benchmarks.scale`` calls them."""
MEMORY = {MILLION: 1500, MOST: 8000}
"""Megabytes that are wanted at most."""
STEPS = (
    "sources.json and the files' hashes",
    "files to documents",
    "documents and passages as JSON and back",
    "index built",
    "index loaded",
    "what was mined opened",
    "scope",
    "all",
)
"""As ``benchmarks.growth`` calls them."""


def kinds(sizes: Sequence[int]) -> Section:
    """Return the section on the kinds of index."""
    less = limits.fixed(1, "the lists grow, not what is searched of them")
    million, small = (f"scale/{size}.{BOTH}.p50_ms" for size in (MILLION, SMALL))
    grown = Row("both, p50, 10⁶ over 10⁵", "", million, at_most(3), limit=less, over=small)
    return Section(
        "Kinds of index by size",
        "Synthetic passages near to real ones, real questions, searched as deep as an answer\n"
        "needs: vectors one by one up to 200,000, beyond that inverted lists, a byte a number.\n"
        "What the processor's caches hold is read faster than the limit says.",
        (*(row for size in sizes for row in _of_size(size)), grown),
        [
            chart_of(
                "kinds",
                "A search, milliseconds, p95",
                {
                    f"{name}, {size:,} passages": f"scale/{size}.{search}.p95_ms"
                    for name, search in (("dense", DENSE), ("BM25", WORDS))
                    for size in sizes
                },
            )
        ],
    )


def _of_size(size: int) -> Iterator[Row]:
    at, named = f"scale/{size}.", f"{size:,}: "
    near, far, both = None, None, at_most(100) if size == MOST else None
    if size == MILLION:
        near, far = at_most(10), at_most(20)
    most = at_most(MEMORY[size]) if size in MEMORY else None
    exact = limits.fixed(1, "all vectors compared")
    vectors, words, files = limits.vectors(size), limits.postings(size), limits.on_disk(size)
    yield Row(f"{named}dense, p95", "ms", f"{at}{DENSE}.p95_ms", near, limit=vectors)
    yield Row(f"{named}BM25, p95", "ms", f"{at}{WORDS}.p95_ms", far, limit=words)
    yield Row(f"{named}both, p95", "ms", f"{at}{BOTH}.p95_ms", both)
    yield Row(f"{named}recall@10", "", f"{at}recall", at_least(0.95), limit=exact)
    yield Row(f"{named}opened in", "ms", f"{at}opening_ms", at_most(1000))
    yield Row(f"{named}memory", "MB", f"{at}resident_mb", most, limit=files)
    yield Row(f"{named}vectors written", "s", f"{at}vectors.written_s")
    yield Row(f"{named}words written", "s", f"{at}words.written_s")


def memory(clients: Sequence[int], sizes: Sequence[int]) -> Section:
    """Return the section on memory, gathered from the other benchmarks."""
    bars = {
        "`ask`": "cold/ask.peak_mb",
        "`ask`, by sentence-transformers": "cold/torch.peak_mb",
        "both models, one pass each": "cold/bare.peak_mb",
        "`serve`": "cold/serve.peak_mb",
        **{f"`serve`, {n} at once": f"load/{n}.memory_mb" for n in clients},
        "`build`, two documents": "again/first.peak_mb",
        **{f"search, {size:,} passages": f"scale/{size}.resident_mb" for size in sizes},
    }
    plain = {label.replace("`", ""): figure for label, figure in bars.items()}
    return Section(
        "Memory",
        "The most that each process held; of a search, what it holds of the mapped files too.",
        tuple(Row(label, "MB", figure) for label, figure in bars.items()),
        [chart_of("memory", "Memory, megabytes", plain)],
    )


def growth() -> Section:
    """Return the section on ten times as many documents."""
    bars = {step: f"growth/{step}.ratio" for step in STEPS}
    most, once = LIMIT * TIMES, limits.fixed(TIMES, "each document is read once")
    mark = "at most", most
    return Section(
        "Growth",
        f"The processor time of each step for {TIMES} times as many documents, over that for few.",
        tuple(
            Row(step, "", figure, at_most(most), limit=once)
            if step == "all"
            else Row(step, "", figure)
            for step, figure in bars.items()
        ),
        [chart_of("growth", f"{TIMES} times the documents: times the work", bars, mark)],
    )


def machine() -> Section:
    """Return the section on what the machine can do at best."""
    rates = {
        "memory read": ("GB/s", "memory.gb_s"),
        "a file in the page cache read": ("GB/s", "page cache.gb_s"),
        "products of matrices, float32": ("billion operations a second", "float32.gflop_s"),
        "products of matrices, 8-bit integers": ("billion operations a second", "int8.gflop_s"),
        "products of matrices, bfloat16": ("billion operations a second", "bfloat16.gflop_s"),
    }
    return Section(
        "The machine",
        "What it can do at best on all cores: the limits are made of this.",
        tuple(Row(name, unit, f"machine/{figure}") for name, (unit, figure) in rates.items()),
    )


def damage() -> Section:
    """Return the section on what is killed and damaged."""
    tried = {what: f"fuzz/{what}" for what in ("parsers", "index", "api")}
    return Section(
        "Kills and damage",
        "Changes and builds killed at random moments; files, indexes and requests damaged at\n"
        "random.",
        (
            Row("steps killed", "", "kills/steps", at_least(300)),
            Row("kills that left something wrong", "", "kills/wrong", at_most(0)),
            *(
                Row(f"{one}: cases", "", f"{at}.cases", at_least(10_000))
                for one, at in tried.items()
            ),
            *(
                Row(f"{one}: findings", "", f"{at}.findings", at_most(0))
                for one, at in tried.items()
            ),
        ),
    )
