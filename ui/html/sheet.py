"""The evidence sheet: several questions with their quotes, tied to the files they came from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from answer.quotes import Answer
from corpus.sources import Source
from ingest.document import Document
from ui.exports import File, markdown_text, to_markdown
from ui.facts import NOT_FOUND, day
from ui.html.cards import View, card_html
from ui.html.citing import EDITION, link_button_html
from ui.html.verbatim import verbatim
from ui.parts import ShownPart, said_again, said_read_as, shown_parts
from ui.references import Style
from ui.turns import Turn

NAME = "Evidence sheet"
"""The name of a sheet without a title."""

MOST = 12
"""Questions on a sheet; a link with more is cut to these."""

CHANGED = (
    "The files have changed since this sheet was made. Its questions were asked again, and the "
    "quotes may differ from those on the original sheet."
)
EMPTY = "Ask some questions first. Those with an answer will appear on the sheet."


def edition(documents: Mapping[str, Document]) -> str:
    """Return a short name for exactly these files: it changes with any byte of any of them."""
    lines = sorted(f"{document.doc_id} {document.sha256}" for document in documents.values())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def sheet_html(title: str, turns: Sequence[Turn], view: View, linked: str = "") -> str:
    """Return the sheet: every question with its quotes, and what it was made from.

    Args:
        title: as the visitor typed it; may be empty.
        turns: those to show; those without an answer are left out.
        view: what they are shown with.
        linked: the edition named by the link that was opened; empty if there was none.

    """
    named = edition(view.documents)
    changed = f'<p class="qw-flag">{CHANGED}</p>' if linked and linked != named else ""
    questions = "".join(_question_html(turn, view) for turn in turns)
    return (
        f'<article class="qw-sheet"><h1 class="qw-title">{verbatim(title or NAME)}</h1>'
        f"{changed}{questions}{_made_from_html(view, named)}</article>"
    )


def sheet_actions_html(turns: Sequence[Turn], view: View) -> str:
    """Return the buttons that print the sheet, save it, and copy its link."""
    attributes = f' data-path="sheet" data-{EDITION}="{edition(view.documents)}"'
    return (
        '<div class="qw-files"><button class="qw-file" type="button" data-print="">Print</button>'
        '<button class="qw-file" type="button" data-export="markdown" data-turn="sheet">'
        "Save Markdown</button>"
        f"{link_button_html([turn.asked for turn in turns], attributes)}</div>"
    )


def sheet_file(
    title: str, turns: Sequence[Turn], sources: Mapping[str, Source], named: str, style: Style
) -> File:
    """Return the sheet as Markdown; ``named`` is the edition that it was made from."""
    parts = [to_markdown(answer, sources, style) for answer in _found(turns)]
    heading = f"{markdown_text(' '.join((title or NAME).split()))}, library {named}\n"
    return File("quotewell-sheet.md", "text/markdown", "\n".join([heading, *parts]))


def on_sheet(turns: Sequence[Turn], left_out: Sequence[int]) -> list[Turn]:
    """Return the turns that have quotes and were not left out by their number."""
    return [
        turn
        for turn in turns
        if turn.answer and turn.answer.is_found and turn.number not in left_out
    ][-MOST:]


def _found(turns: Sequence[Turn]) -> list[Answer]:
    return [turn.answer for turn in turns if turn.answer and turn.answer.is_found]


def _question_html(turn: Turn, view: View) -> str:
    if turn.answer is None:
        return ""
    parts = "".join(
        _part_html(part, view, f"sheet-{turn.number}")
        for part in shown_parts(turn.answer, view.sources)
    )
    read_as = said_read_as(turn.answer.read_as)
    read = f'<p class="qw-read">{verbatim(read_as)}</p>' if read_as else ""
    return (
        f'<section class="qw-turn"><h2 class="qw-question">{verbatim(turn.question)}</h2>'
        f'{read}{parts}<button class="qw-file qw-leave" type="button" '
        f'data-choice="{turn.number}">Leave this question out</button></section>'
    )


def _part_html(part: ShownPart, view: View, name: str) -> str:
    cards = "".join(
        card_html(citation, view, f"{name}-{number}", number) for number, citation in part.quotes
    )
    blocks = [
        f'<h3 class="qw-part">{verbatim(part.question)}</h3>' if part.question else "",
        f'<ol class="qw-quotes">{cards}</ol>' if cards else "",
        f'<p class="qw-again">{said_again(part.again)}</p>' if part.again else "",
        "" if part.is_found else f'<p class="qw-again">{NOT_FOUND}</p>',
    ]
    return "".join(blocks)


def _made_from_html(view: View, named: str) -> str:
    files = "".join(
        f"<li>{verbatim(source.label)}: {verbatim(source.path.name)}, SHA-256 "
        f"{verbatim(source.sha256)}</li>"
        for source in view.sources.values()
    )
    return (
        f'<footer class="qw-made"><p>Library {named}, sheet of {day(view.today.isoformat())}. '
        f"Every quote is whole sentences of these files, word for word. Not medical advice.</p>"
        f"<ul>{files}</ul></footer>"
    )
