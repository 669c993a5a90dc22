"""The evidence sheet as HTML: questions with their quotes, tied to the files they are from."""

from __future__ import annotations

from collections.abc import Sequence

from ui.exports.files import FORMATS
from ui.exports.selection import NOTE
from ui.facts import NOT_FOUND, day
from ui.html.cards import View, quotes_html
from ui.html.citing import link_button_html
from ui.html.verbatim import verbatim
from ui.parts import ShownPart, said_again, said_missing, said_read_as, said_within, shown_parts
from ui.sheets.sheet import Entry, Sheet

EMPTY = "Ask some questions first. Those with an answer will appear on the sheet."
OPENED = (
    "This sheet was opened from a link. Its title, questions and notes are by whoever made it; "
    "every quote is cut from the documents here."
)
OTHER_VERSION = (
    "The library has changed since this sheet was made, but not the documents that are quoted."
)
TOO_LONG = (
    "This sheet is too large for a link. Shorten its notes, or leave out a question, to copy one."
)
LONG = 2000
"""Characters of an address."""
CUT_OFF = f"some programs cut off what is longer than {LONG:,}. Leave out questions to shorten it."


def head_html(sheet: Sheet, view: View, problem: str = "") -> str:
    """Return the title, and what to know of a sheet that was opened from a link.

    Args:
        sheet: as it is.
        view: what it is shown with.
        problem: why a link could not be opened; may be empty.

    """
    lines = [f'<p class="qw-flag" role="note">{verbatim(problem)}</p>'] if problem else []
    again = (
        '<button class="qw-file" type="button" id="sheet-again" data-choice="again">'
        "Ask its questions again</button>"
    )
    if sheet.opened or sheet.missing:
        lines.append(f'<p class="qw-note">{OPENED if sheet.opened else ""} {again}</p>')
    if sheet.missing:
        names = ", ".join(_named(doc_id, view) for doc_id in sheet.missing)
        lines.append(
            '<p class="qw-flag" role="note">Since this sheet was made, these documents have '
            f"changed or are gone, and quotes from them are not shown: {verbatim(names)}.</p>"
        )
    elif sheet.opened and sheet.opened.is_other_version:
        lines.append(f'<p class="qw-flag" role="note">{OTHER_VERSION}</p>')
    return (
        '<div class="qw-sheet qw-sheet-head"><h1 class="qw-title" id="sheet-title" tabindex="-1">'
        f"{verbatim(sheet.name)}</h1>{''.join(lines)}</div>"
    )


def actions_html(link: str) -> str:
    """Return the buttons that print the sheet, save it, and copy its link; ``link`` is its part."""
    files = "".join(
        f'<button class="qw-file" type="button" data-export="{form}" data-turn="sheet">'
        f"Save {label}</button>"
        for form, label in FORMATS.items()
    )
    copied = link_button_html([("sheet", link)], "sheet") if link else ""
    said = "" if link else f'<p class="qw-note">{TOO_LONG}</p>'
    if len(link) > LONG:
        said = f'<p class="qw-note">The link has {len(link):,} characters; {CUT_OFF}</p>'
    return (
        '<div class="qw-files"><button class="qw-file" type="button" data-print="">Print</button>'
        f"{files}{copied}</div>"
        f"{said}"
    )


def entry_html(entry: Entry, sheet: Sheet, view: View, *, is_edited: bool) -> str:
    """Return a question with its note and quotes, and the buttons that arrange it."""
    answer, name = entry.answer, f"sheet-{entry.number}"
    is_complete = not entry.missing
    parts = "".join(
        _part_html(part, view, name, is_complete=is_complete) for part in shown_parts(answer)
    )
    read_as = said_read_as(answer.read_as)
    read = f'<p class="qw-read">{verbatim(read_as)}</p>' if read_as else ""
    within = verbatim(said_within(entry.within, view.sources))
    searched = f'<p class="qw-searched">{within}</p>' if within else ""
    return (
        f'<section class="qw-turn qw-sheet" aria-labelledby="{name}-question">'
        f'<h2 class="qw-question" id="{name}-question">{verbatim(answer.question)}</h2>'
        f"{searched}{read}{_note_html(entry.note)}{_missing_html(entry, view)}"
        f"{parts if answer.is_found or is_complete else ''}"
        f"{_arrange_html(entry, sheet, name, is_edited=is_edited)}</section>"
    )


def foot_html(view: View) -> str:
    """Return what the sheet was made from."""
    files = "".join(
        f"<li>{verbatim(source.label)}: {verbatim(source.path.name)}, SHA-256 "
        f"{verbatim(source.sha256)}</li>"
        for source in view.sources.values()
    )
    return (
        f'<footer class="qw-sheet qw-made"><p>Library version {verbatim(view.version)}, sheet of '
        f"{day(view.today.isoformat())}. Every quote is whole sentences of these files, word for "
        f"word. Not medical advice.</p><ul>{files}</ul></footer>"
    )


def _note_html(note: str) -> str:
    if not note:
        return ""
    return (
        f'<div class="qw-own" role="note"><p class="qw-own-by">{NOTE}</p>'
        f'<p class="qw-own-text">{verbatim(note)}</p></div>'
    )


def _missing_html(entry: Entry, view: View) -> str:
    said = said_missing(entry.missing, view.sources)
    return f'<p class="qw-flag">{verbatim(said)}</p>' if said else ""


def _named(doc_id: str, view: View) -> str:
    source = view.sources.get(doc_id)
    return source.label if source else doc_id


def _arrange_html(entry: Entry, sheet: Sheet, name: str, *, is_edited: bool) -> str:
    place, count = sheet.position(entry.number), len(sheet.entries)
    write = "Edit the note" if entry.note else "Add a note"
    buttons = [
        ("up", "Move up", place == 1),
        ("down", "Move down", place == count),
        ("note", "Close the note" if is_edited else write, False),
        ("out", "Leave this question out", False),
    ]
    made = "".join(
        f'<button class="qw-file" type="button" id="{name}-{action}" '
        f'aria-describedby="{name}-question" '
        f'data-choice="{action} {entry.number}"{" disabled" if is_off else ""}>{words}</button>'
        for action, words, is_off in buttons
    )
    return (
        f'<div class="qw-arrange" role="group" aria-label="Question {place} of {count}">'
        f"{made}</div>"
    )


def _part_html(part: ShownPart, view: View, name: str, *, is_complete: bool) -> str:
    """Return a part; nothing is called unanswered while quotes of the question are not shown."""
    is_unanswered = is_complete and not part.is_found
    blocks: Sequence[str] = [
        f'<h3 class="qw-part">{verbatim(part.question)}</h3>' if part.question else "",
        quotes_html(part.quotes, view, name),
        f'<p class="qw-again">{said_again(part.again)}</p>' if part.again else "",
        f'<p class="qw-again">{NOT_FOUND}</p>' if is_unanswered else "",
    ]
    return "".join(blocks)
