"""How search grows with the number of passages: time, memory, disk, and what it misses.

    python -m benchmarks.scale MEDQUAD --passages N [N …] --folder DIR [--json FILE]

MEDQUAD is a gzipped file of JSON lines with questions and answers. Libraries of N passages are made
of it: vectors near to, and between, those of real passages; words of real sentences in any order
and a rare token. They are written with the code that writes an index, into DIR, and searched by a
fresh process for real questions, as deep as an answer needs. What is in DIR is not made again.
Encoding is not in the figures. Ten million passages need 15 GB of disk and 7 GB of memory.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

from benchmarks import figures
from benchmarks.scale.building import Built, build_dense, build_sparse
from benchmarks.scale.measuring import Measured, Times, measure
from benchmarks.scale.real import keep_real
from ui.process import prepare

P = ParamSpec("P")
T = TypeVar("T")
Row = tuple[int, Built, Built, Measured]


def main() -> int:
    """Build and measure each library, then print a table."""
    parser = argparse.ArgumentParser(description="Measure search at several sizes.")
    parser.add_argument("medquad", type=Path, metavar="MEDQUAD")
    parser.add_argument("--passages", type=int, nargs="+", required=True, metavar="N")
    parser.add_argument("--folder", type=Path, required=True, metavar="DIR")
    figures.add_option(parser)
    arguments = parser.parse_args()
    prepare()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    fresh(keep_real, arguments.medquad, arguments.folder)
    rows = []
    for passages in arguments.passages:
        folder = arguments.folder / str(passages)
        built = [fresh(build, folder, passages) for build in (build_dense, build_sparse)]
        rows.append((passages, built[0], built[1], fresh(measure, folder, passages)))
    print(table(rows))
    figures.write(arguments.json, {name: value for row in rows for name, value in data(row)})
    return 0


def fresh(function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Call a function in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments, **named).result()


def table(rows: list[Row]) -> str:
    """Return the figures as Markdown, one column for each size."""
    columns = [_figures(*row[1:]) for row in rows]
    lines = [f"| passages | {' | '.join(f'{row[0]:,}' for row in rows)} |"]
    lines.append("|---|" + "--:|" * len(rows))
    for name in columns[0]:
        lines.append(f"| {name} | {' | '.join(column[name] for column in columns)} |")
    return "\n".join(lines)


def _figures(dense: Built, words: Built, found: Measured) -> dict[str, str]:
    searches = _searches(found).items()
    return {
        "vectors written, s": f"{dense.seconds - dense.making:.0f}",
        "words written, s": f"{words.seconds - 2 * words.making:.0f}",
        "most memory in writing, mapped files too, MB": f"{max(dense.peak, words.peak):.0f}",
        "vectors on disk, MB": f"{dense.megabytes:.0f}",
        "words on disk, MB": f"{words.megabytes:.0f}",
        "opened in, ms": f"{found.opening:.1f}",
        "memory of both (not mapped), MB": f"{found.resident:.0f} ({found.anonymous:.0f})",
        "lists searched": str(found.probes or "all compared"),
        "vectors compared for a question, MB": f"{found.compared:.1f}",
        "postings of its words": f"{found.postings:.0f}",
        "recall@10, own queries / questions": f"{found.recall_made:.3f} / {found.recall:.3f}",
        **{f"{name}, p50 / p95 ms (processor)": _times(time) for name, time in searches},
    }


def _searches(found: Measured) -> dict[str, Times]:
    return {
        "dense": found.dense,
        "BM25, questions": found.words,
        "BM25, 10 to 15 tokens": found.long_words,
        "dense and BM25, questions": found.both,
        "dense and BM25, 10 to 15 tokens": found.long_both,
    }


def _times(time: Times) -> str:
    return f"{time.p50:.1f} / {time.p95:.1f} ({time.cpu_p50:.1f} / {time.cpu_p95:.1f})"


def data(row: Row) -> Iterator[tuple[str, float]]:
    """Yield the figures of one size by name."""
    passages, dense, words, found = row
    named = {
        "vectors.written_s": dense.seconds - dense.making,
        "words.written_s": words.seconds - 2 * words.making,
        "writing.peak_mb": max(dense.peak, words.peak),
        "vectors.disk_mb": dense.megabytes,
        "words.disk_mb": words.megabytes,
        "opening_ms": found.opening,
        "resident_mb": found.resident,
        "lists": found.probes,
        "recall": found.recall,
        "compared_mb": found.compared,
        "postings": found.postings,
    }
    for name, times in _searches(found).items():
        named |= {f"{name}.p50_ms": times.p50, f"{name}.p95_ms": times.p95}
    for name, value in named.items():
        yield f"{passages}.{name}", value


if __name__ == "__main__":
    raise SystemExit(main())
