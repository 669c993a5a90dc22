"""HTML: the text of a page without what stands around it, every character at its place."""

from __future__ import annotations

import re

from ingest.blocks import Draft
from ingest.errors import UnreadableFileError
from ingest.parsers.decoding import decode
from ingest.parsers.html.around.furniture import mark_furniture, mark_unseen
from ingest.parsers.html.around.place import mark_outside
from ingest.parsers.html.facts import find_facts
from ingest.parsers.html.kinds.captions import with_labels
from ingest.parsers.html.kinds.flow import Flow
from ingest.parsers.html.kinds.headings import mark_bold_headings, mark_title
from ingest.parsers.html.kinds.references import find_citations, make_entries
from ingest.parsers.html.kinds.tables import layout_tables
from ingest.parsers.html.markup.charset import named_charset
from ingest.parsers.html.markup.elements import BLOCKS
from ingest.parsers.html.markup.tree import build
from ingest.parsers.html.metadata import read_metadata

NOT_HTML = "is not HTML; give its name the ending of what it is"
TAG = re.compile(rf"<(?:!doctype\s+html|/?(?:{'|'.join(sorted(BLOCKS))}|a|b|br|em|i|span)\b)", re.I)
OTHER_XML = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--.*?-->\s*+)?+"
    r"(?:<!doctype\s++(?!html\b)\w|<article\b[^>]*?article-type"
    r"|<(?!html\b|!|\?)(?:\w++:)?+\w++[^>]*?\sxmlns)",
    re.I | re.S,
)
ARCHIVE = re.compile(r"(?:from|mime-version|content-type|snapshot-content-location):.*\n", re.I)


def parse(data: bytes) -> Draft:
    """Return the blocks of an HTML file; ``Draft.source`` is the file as decoded.

    Nothing that the page links to is fetched.

    Raises:
        UnreadableFileError: if it is something else, too large, or shows no text.

    """
    source = decode(data, named_charset(data))
    _refuse_what_is_not_html(source)
    tree = build(source)
    metadata = read_metadata(tree)
    mark_unseen(tree)
    amounts = mark_furniture(tree)
    frames = mark_outside(tree, amounts, metadata.titles)
    flow = Flow(tree, frames, layout_tables(tree, amounts))
    made = flow.run()
    mark_title(made, metadata.titles)
    mark_bold_headings(made)
    make_entries(made)
    blocks = tuple(with_labels(made.blocks))
    if not any(block.kind != "aside" for block in blocks):
        raise UnreadableFileError(
            "shows no text; if a browser does, save the page from there as it is shown"
        )
    title = next((b.text for b in blocks if b.kind == "heading" and b.level == 1), "")
    return Draft(
        source,
        blocks,
        tuple(made.dropped),
        has_headings=any(block.kind == "heading" for block in blocks),
        doubtful=tuple(sorted(set(flow.line.doubtful))),
        cited=find_citations(tree, blocks, flow.line.links, flow.line.raised),
        facts=find_facts(metadata, title, "\n".join(block.text for block in blocks)),
    )


def _refuse_what_is_not_html(source: str) -> None:
    if not source.strip():
        raise UnreadableFileError("is empty; save the page again")
    if ARCHIVE.match(source):
        raise UnreadableFileError("is a web archive; open it in a browser and save it as HTML")
    if OTHER_XML.match(source) or not TAG.search(source):
        raise UnreadableFileError(NOT_HTML)
