"""A document set by typst as a journal sets it: two columns, running heads, floats, footnotes."""

from __future__ import annotations

import json
from collections.abc import Sequence

import typst

from ingest.blocks import Block

HEAD = """
#set page(paper: "a4", columns: 2, margin: (x: 50pt, y: 70pt),
  header: context [#text(8pt)[Journal of Tests 2024, 12 (3) #h(1fr) Case report]],
  footer: context [#text(8pt)[https://journal.example #h(1fr) #counter(page).display()]])
#set text(size: 9.5pt, hyphenate: true, lang: "en")
#set par(justify: true, first-line-indent: 1.2em, leading: 0.55em, spacing: 0.55em)
#set columns(gutter: 18pt)
"""
HEADING_SIZES = {2: 12, 3: 10.5}
LONG = 200
"""Characters of a paragraph that may carry footnotes."""


def typeset(
    blocks: Sequence[Block],
    head: str = HEAD,
    *,
    footnote: str = "Funded by nobody in particular.",
) -> bytes:
    """Return the PDF of a draft's blocks, set as ``head`` says; notices at a column's foot."""
    return bytes(typst.compile(_source(blocks, head, footnote).encode()))


def _source(blocks: Sequence[Block], head: str, footnote: str) -> str:
    parts, entry, note = [head], 0, f"#footnote[{footnote}]"
    notices = [block.text for block in blocks if block.kind == "notice"]
    for block in blocks:
        text = _string(block.text)
        if block.kind == "heading" and block.level == 1:
            parts.append(
                '#place(top, scope: "parent", float: true, clearance: 14pt)'
                "[#set par(justify: false, first-line-indent: 0pt); "
                f'#text(18pt, weight: "bold")[#{text}]]'
            )
        elif block.kind == "heading":
            size = HEADING_SIZES.get(block.level, 9.5)
            parts.append(
                f'#block(above: 12pt, below: 7pt, sticky: true)[#text({size}pt, weight: "bold", '
                f"hyphenate: false)[#{text}]]"
            )
        elif block.kind == "caption":
            parts.append(_figure(text))
        elif block.kind == "item":
            entry += 1
            parts.append(
                f'#par(first-line-indent: 0pt, hanging-indent: 1.4em)[#"{entry}. "#{text}]'
            )
        elif block.kind != "notice":
            mark, note = (note, "") if len(text) > LONG else ("", note)
            parts.append(f"#par[#{text}{mark}]")
            if mark and notices:
                parts.append(_foot(notices))
    return "\n\n".join(parts)


def _foot(notices: Sequence[str]) -> str:
    lines = "".join(
        f"#par(first-line-indent: 0pt, justify: false)[#{_string(line)}]"
        for notice in notices
        for line in notice.splitlines()
    )
    rule = "#set text(7.5pt); #line(length: 30%);"
    return f"#place(bottom, float: true, clearance: 8pt)[{rule} {lines}]"


def _string(text: str) -> str:
    """Return a text as typst writes it in its code."""
    return json.dumps(text, ensure_ascii=False)


def _figure(text: str) -> str:
    box = "#rect(width: 100%, height: 60pt, fill: luma(230))[#text(6pt)[A \\ axis label]]"
    caption = f"#par(first-line-indent: 0pt)[#text(8pt)[#{text}]]"
    return f"#place(top, float: true, clearance: 10pt)[{box} {caption}]"
