"""The sections on libraries: how fast they are read, opened and found in."""

from __future__ import annotations

from benchmarks.performance import limits
from benchmarks.performance.rows import Row, Section, at_least, at_most, chart_of

TORCH, MANY, FEW = "sentence-transformers", "many texts (bfloat16)", "few texts (ONNX Runtime)"
"""Ways to embed, as ``benchmarks.encoder.embedding`` calls them."""
OURS, RIVALS, BARE = "Quotewell", ("txtai", "langchain"), "bare"
ALL_FOUND = limits.fixed(1, "all questions have a document")


def ingest() -> Section:
    """Return the section on reading and embedding."""
    rates = {way: f"embedding/passages.{way}.a_second" for way in (TORCH, MANY, FEW)}
    many, beside = f"embedding/passages.{MANY}", {TORCH: rates[TORCH]}
    first, most = {"first": "again/first.s"}, limits.embedding("passages")
    files = limits.bytes_read("again/files_mb", "library and index")
    cosine, once_more = f"{many}.least_cosine", "again/one more question.s"
    return Section(
        "Ingest",
        "Passages embedded as a build does, beside sentence-transformers' default; the build of\n"
        "the two documents with their bank, by the command; and articles read by all cores,\n"
        "embedding left out.",
        (
            Row("passages embedded a second", "", rates[MANY], None, beside, most),
            Row(f"passages embedded, over {TORCH}", "", f"{many}.ratio", at_least(1.8)),
            Row(f"least cosine with {TORCH}'", "", cosine, at_least(0.999)),
            Row("built again, no change", "s", "again/again.s", at_most(2), first, files),
            Row("built again, one more known question", "s", once_more, at_most(10), first, files),
            Row("articles read a second", "", "adding/read.a_second"),
            Row("one article more, read and indexed", "s", "adding/one more added.s"),
        ),
        [chart_of("ingest", "Passages embedded in a second", rates)],
    )


def retrieval(documents: int) -> Section:
    """Return the section on what is found, beside other libraries, in so many documents."""

    def of(name: str, figure: str) -> str:
        return f"rivals-{documents}/{name}.{figure}"

    def others(figure: str) -> dict[str, str]:
        return {name: of(name, figure) for name in (*RIVALS, BARE)}

    def theirs(figure: str) -> tuple[str, ...]:
        return tuple(of(name, figure) for name in RIVALS)

    found = (
        Row(name, "", of(OURS, name), at_least(*theirs(name)), others(name), ALL_FOUND)
        for name in ("R@6", "R@10")
    )
    p50, spent = "p50_ms", "ingest.cpu_s"
    faster = at_most(*theirs(p50)), others(p50), limits.encoder_pass
    return Section(
        f"Retrieval beside other libraries, {documents:,} documents",
        "MedQuAD's answers are the documents, and its questions are to find them. All have the\n"
        f"same weights. *{BARE}* is one product with the vectors of all chunks. Processor time.",
        (
            *found,
            Row("question, p50", "ms", of(OURS, p50), *faster),
            Row("ingest", "s", of(OURS, spent), at_most(*theirs(spent)), others(spent)),
        ),
        [
            chart_of(
                f"retrieval-{documents}",
                f"A question to {documents:,} documents, milliseconds, p50",
                {name: of(name, p50) for name in (OURS, *RIVALS, BARE)},
            )
        ],
    )


def opening() -> Section:
    """Return the section on a library of articles."""
    own = "opening/many.one's own, again."
    bare = f"{own}bare: sources.json read, files looked at.s"
    looked = limits.measured(bare, "the list of sources read, and each file looked at")
    once, more = limits.fixed(1, "as much is fetched"), "opening/one more article.s"
    p95, few = "opening/many.answer p95.ms", "opening/few.answer p95.ms"
    return Section(
        "A library of articles",
        "Built with a stand-in for the encoder, whose pass is in no figure, and opened in a new\n"
        "process; processor time. The questions are words of sentences of the library.",
        (
            Row("documents", "", "opening/many.documents"),
            Row("passages", "", "opening/many.passages"),
            Row("open after", "s", f"{own}both.s", at_most(1), limit=looked),
            Row("memory of opening", "MiB", f"{own}memory of opening.MiB"),
            Row("answer, p95", "ms", p95),
            Row("answer, p95, over two documents", "", p95, at_most(1.5), limit=once, over=few),
            Row("of that, searched and fetched, p95", "ms", f"{own}question p95.ms"),
            Row("one article more, embedding left out", "s", more, at_most(3)),
            Row("one article withdrawn", "s", "opening/one article withdrawn.s"),
        ),
    )
