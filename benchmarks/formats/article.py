"""A document as a journal keeps it in JATS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from ingest.blocks import Block

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS-archivearticle1.dtd">\n'
    '<article article-type="case-report" xmlns:xlink="http://www.w3.org/1999/xlink">'
)
CITATION = re.compile(r"\[([\d, –-]+)\]")


def set_as_article(blocks: Sequence[Block]) -> bytes:
    """Return the JATS of a draft's blocks: title, sections, figures, footnotes, references."""
    title, *rest = blocks
    entries = [block for block in rest if block.kind == "item"]
    notes = [block for block in rest if block.kind == "notice"]
    text = [block for block in rest if block.kind not in ("item", "notice")]
    body = "".join(_body(text))
    body = re.sub(r"<sec><title>References</title></sec>", "", body)
    front = f"<title-group><article-title>{escape(title.text)}</article-title></title-group>"
    listed = "".join(
        f'<ref id="B{n}"><mixed-citation>{escape(entry.text)}</mixed-citation></ref>'
        for n, entry in enumerate(entries, start=1)
    )
    said = "".join(f"<fn><p>{escape(note.text)}</p></fn>" for note in notes)
    back = f"<fn-group>{said}</fn-group>" if said else ""
    return (
        f"{HEAD}<front><article-meta>{front}</article-meta></front><body>{body}</body><back>{back}"
        f"<ref-list><title>References</title>{listed}</ref-list></back></article>"
    ).encode()


def _body(blocks: Sequence[Block]) -> Iterator[str]:
    depth = 1
    for block in blocks:
        text = CITATION.sub(_cited, escape(block.text))
        if block.kind == "heading":
            yield "</sec>" * max(depth - block.level + 1, 0)
            yield "<sec>" * (block.level - min(depth, block.level - 1))
            yield f"<title>{text}</title>"
            depth = block.level
        elif block.kind == "caption":
            label, mark, caption = text.partition(". ")
            yield f"<fig><label>{label}{mark}</label><caption><p>{caption}</p></caption></fig>"
        else:
            yield f"<p>{text}</p>"
    yield "</sec>" * (depth - 1)


def _cited(match: re.Match[str]) -> str:
    mark = re.sub(r"\d+", lambda n: f'<xref ref-type="bibr" rid="B{n[0]}">{n[0]}</xref>', match[1])
    return f"[{mark}]"
