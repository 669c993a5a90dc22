"""A document typed in Word as authors do: styles, fields, tracked changes, comments, split runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from benchmarks.formats.package import docx, field, p, raised, run, table
from ingest.blocks import Block

Cites = Literal["brackets", "raised", "fields"]
Numbers = Literal["automatic", "typed"]

STYLES_OF_LEVEL = {1: "Titel", 2: "berschrift1", 3: "berschrift2"}
CITATION = re.compile(r" ?\[(\d[\d,– -]*)\]")
DELETED = '<w:del w:id="9" w:author="A"><w:r><w:delText>never seen </w:delText></w:r></w:del>'
COMMENT = '<w:r><w:commentReference w:id="0"/></w:r>'
CONTENTS = "".join(
    p(*runs, style="Verzeichnis1")
    for runs in (
        [
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            '<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            field("HYPERLINK \\l a", "Introduction", "<w:r><w:tab/></w:r>", "2"),
        ],
        ["Discussion", "<w:r><w:tab/></w:r>", "5", '<w:r><w:fldChar w:fldCharType="end"/></w:r>'],
    )
)
PARTS = {
    "footnotes": '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{p("Funded by nobody in particular.")}</w:footnote>',
    "comments": f'<w:comment w:id="0">{p("Is this right?")}</w:comment>',
    "header1": p("Manuscript, not for sale"),
    "footer1": p("Page ", field("PAGE", "1")),
}
MANAGER = 'ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems":[{"id":1}]}'


def typed(
    blocks: Sequence[Block], cites: Cites = "brackets", numbers: Numbers = "automatic"
) -> bytes:
    """Return the DOCX of a draft's blocks.

    Args:
        blocks: of a document with figures and references.
        cites: as digits in brackets, raised, or as a reference manager's raised fields.
        numbers: of the references, as Word or the author writes them.

    """
    body: list[str] = []
    entry = 0
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            body.append(p(*_split(block.text), style=STYLES_OF_LEVEL[block.level]))
        elif block.kind == "caption":
            body.append(p('<w:r><w:drawing><w:docPr descr="A scan"/></w:drawing></w:r>'))
            body.append(_caption(block.text))
        elif block.kind == "item":
            entry += 1
            body.append(_item(block.text, entry, numbers))
        else:
            body.append(p(*_prose(block.text, cites), *_extras(at)))
    return docx(CONTENTS, *body, table(["Day", "Dose"], ["1", "600 mg"]), parts=PARTS)


def _caption(text: str) -> str:
    match = re.match(r"(\w+ )(\d+)(.*)", text, re.S)
    if match is None:
        return p(*_split(text), style="Beschriftung")
    label, number, rest = match.groups()
    return p(label, field(f"SEQ {label}\\* ARABIC", number), *_split(rest), style="Beschriftung")


def _item(text: str, number: int, numbers: Numbers) -> str:
    if numbers == "typed":
        return p(f"{number}.", "<w:r><w:tab/></w:r>", *_split(text))
    return p(*_split(text), properties='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')


def _prose(text: str, cites: Cites) -> list[str]:
    if cites == "brackets":
        return _split(text)
    made: list[str] = []
    at = 0
    for match in CITATION.finditer(text):
        mark = raised(match[1].replace(" ", ""))
        made += [
            *_split(text[at : match.start()]),
            mark if cites == "raised" else field(MANAGER, mark),
        ]
        at = match.end()
    return [*made, *_split(text[at:])]


def _split(text: str, size: int = 17) -> list[str]:
    """Return runs as Word leaves them: cut wherever somebody once edited."""
    cut = [text[at : at + size] for at in range(0, len(text), size)]
    return [f"<w:ins>{run(one)}</w:ins>" if n % 5 == 3 else run(one) for n, one in enumerate(cut)]


def _extras(at: int) -> list[str]:
    """Return what is in some paragraphs and not seen: a deletion, a comment, a footnote's mark."""
    if at % 3 == 0:
        return [DELETED, COMMENT]
    return ['<w:r><w:footnoteReference w:id="2"/></w:r>'] if at == 4 else []
