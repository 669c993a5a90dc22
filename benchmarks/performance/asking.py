"""The sections on what a person waits for: a question from a shell, in a server, and of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.encoder.stages import STAGES
from benchmarks.encoder.start import STEPS
from benchmarks.performance import limits
from benchmarks.performance.rows import Row, Section, at_least, at_most, chart_of

TORCH = "sentence-transformers"
BARE = "both models loaded and one pass of each, in a process of its own"
PAGES = {
    "page": "page: from Enter to the first quote",
    "component": "component: from Enter to the first quote",
}
CLIENTS = 50
"""Of whom something is wanted."""


def cold() -> Section:
    """Return the section on a question from a shell."""
    time = limits.measured("cold/bare.wall_s", BARE)
    memory = limits.measured("cold/bare.peak_mb", BARE)
    wall = {TORCH: "cold/torch.wall_s"}
    peak = {TORCH: "cold/torch.peak_mb"}
    spent = {TORCH: "cold/torch.cpu_s"}
    return Section(
        "A question from a shell",
        "`quotewell ask` in a new process, files in the page cache, beside the same command with\n"
        f"{TORCH} as its encoder; and the time until `quotewell serve` answers.",
        (
            Row("`ask`", "s", "cold/ask.wall_s", at_most(1.5), wall, time),
            Row(f"`ask`, over {TORCH}", "", "cold/ratio.wall", at_most(0.25)),
            Row("`ask`, processor", "s", "cold/ask.cpu_s", None, spent),
            Row("`ask`, most memory", "MB", "cold/ask.peak_mb", at_most(400), peak, memory),
            Row("`serve`, ready after", "s", "cold/serve.wall_s", at_most(3), limit=time),
            Row("`serve`, most memory", "MB", "cold/serve.peak_mb", at_most(450), limit=memory),
        ),
        [
            chart_of(
                "cold",
                "A question from a shell, seconds of each step",
                {step: f"cold/step.{step}.s" for step in STEPS},
            )
        ],
    )


def warm() -> Section:
    """Return the section on a question that a running process is asked."""
    reader = {"bare": "warm/bare passes of the reader.p50_ms"}
    beside = {"reading": reader, "encoding": {"bare": "warm/bare pass of the encoder.p50_ms"}}
    farthest = {"reading": limits.reader_passes, "encoding": limits.encoder_pass}
    whole, bare = "warm/whole answer", {"the reader's bare passes": reader["bare"]}
    stages = (
        Row(
            f"{stage}, p50",
            "ms",
            f"warm/{stage}.p50_ms",
            beside=beside.get(stage, {}),
            limit=farthest.get(stage),
        )
        for stage in STAGES
    )
    return Section(
        "One warm question",
        "Different questions of the bank, one at a time; the median of each one's rounds counts,\n"
        "each round a process of its own. The bare passes are computed again right after each\n"
        "answer, with the same weights and windows and nothing around. Medians of stages need not\n"
        "add up to the median of the whole.",
        (
            Row("p50", "ms", f"{whole}.p50_ms", at_most(70), bare, limits.passes),
            Row("p95", "ms", f"{whole}.p95_ms", at_most(120)),
            Row("over its bare passes", "", "warm/over bare passes", at_most(1.3)),
            Row("windows read, mean", "", "warm/windows.mean"),
            *stages,
        ),
        [
            chart_of(
                "stages",
                "One warm question, milliseconds of each stage, p50",
                {stage: f"warm/{stage}.p50_ms" for stage in STAGES},
            )
        ],
    )


def served(clients: Sequence[int]) -> Section:
    """Return the section on the page and the interface under load."""
    first = "page, very first visit: ready for typing after"
    return Section(
        "Page and interface",
        "The interface, asked by many clients for a while: an answer that differs from the one\n"
        "without load is wrong. The page and the component, in a real browser.",
        (
            *(row for n in clients for row in _of_clients(n)),
            *_of_pages(),
            Row("page, first visit: usable after", "s", f"page/{first}.s"),
            Row("page, first visit: loaded", "MB", "page/page, first visit: loaded.MB"),
        ),
        [
            chart_of(
                "load",
                "Answers a second, by the number of clients",
                {f"{n} at once": f"load/{n}.answers_a_second" for n in clients},
                (f"wanted of {CLIENTS}:", 24) if CLIENTS in clients else None,
            ),
            chart_of(
                "waiting",
                "Seconds to an answer, by the number of clients",
                {f"{n} at once, {q}": f"load/{n}.{q}_s" for n in clients for q in ("p50", "p95")},
            ),
        ],
    )


def _of_clients(n: int) -> Iterator[Row]:
    many, late, none = None, None, None
    if n == CLIENTS:
        many, late, none = at_least(24), at_most(2.5), at_most(0)
    at, waiting = f"load/{n}.", limits.waiting(n)
    name = f"{n} client{'s' if n > 1 else ''}"
    yield Row(f"{name}: answers a second", "", f"{at}answers_a_second", many, limit=limits.answers)
    yield Row(f"{name}: p95", "s", f"{at}p95_s", late, limit=waiting)
    yield Row(f"{name}: errors", "", f"{at}errors", none)
    yield Row(f"{name}: refused, to ask again later", "", f"{at}refused")
    yield Row(f"{name}: wrong answers", "", f"{at}wrong", none)


def _of_pages() -> Iterator[Row]:
    passes = limits.seconds_of_passes
    for name, figure in PAGES.items():
        yield Row(f"{name}, first quote, p50", "s", f"page/{figure}: p50.s", limit=passes)
        yield Row(f"{name}, first quote, p95", "s", f"page/{figure}: p95.s")
