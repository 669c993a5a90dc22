"""Cite, copy, save, link to and print an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from answer.quotes import Answer, Citation
from corpus.sources import Source
from ui.cautions import cautions, lines
from ui.exports.files import FORMATS, File, export
from ui.exports.selection import Selection
from ui.facts import Audience, dated, named
from ui.html.verbatim import verbatim
from ui.parts import in_reading_order
from ui.references import STYLES, Style, place_reference, reference
from ui.turns import Asked


def take_along_html(
    answer: Answer, sources: Mapping[str, Source], name: str, asked: Sequence[Asked]
) -> str:
    """Return the collapsed "Cite and export" of an answer.

    ``name`` is that of its turn, and ``asked`` the questions that its link has.
    """
    quoted = dict.fromkeys(citation.doc_id for citation in answer.citations)
    entries = "".join(f"<li>{entry_html(sources[doc_id])}</li>" for doc_id in quoted)
    return (
        '<details class="qw-take"><summary>Cite and export</summary>'
        f'<p class="qw-style"><label for="{name}-style">Citation style</label> '
        f'<select id="{name}-style">{_options_html()}</select></p>'
        f'<ul class="qw-entries">{entries}</ul>'
        f'<p class="qw-version">Library version {verbatim(answer.version)}.</p>'
        f'<div class="qw-files">{_buttons_html(name, asked)}</div></details>'
    )


def copied_html(citation: Citation, source: Source) -> str:
    """Return the attributes of a button that copies a quote and its citation in any style."""
    cited = "".join(
        f' data-{style}="{verbatim(place_reference(citation, source, style))}"' for style in STYLES
    )
    # The page's sanitiser trims attributes: the quotation marks protect the quote's own edges.
    quoted = "\n".join(citation.table.lines()) if citation.table else citation.quote
    beside = (*lines(cautions(citation)), named(citation), dated(citation))
    copied = "\n".join(filter(None, (f"“{quoted}”", *beside)))
    return f'data-copy="{verbatim(copied)}"{cited}'


def entry_html(source: Source) -> str:
    """Return a source as an entry in a reference list; the page shows it in the chosen style."""
    return "".join(
        f'<span class="qw-in-{style}">{verbatim(reference(source, style))}</span>'
        for style in STYLES
    )


def link_button_html(parts: Sequence[tuple[str, str]], path: str = "") -> str:
    """Return a button that copies an address.

    Args:
        parts: what comes after the "#", each with its name.
        path: of the page; that of the button if empty.

    """
    kept = verbatim(json.dumps(parts, ensure_ascii=False))
    to = f' data-path="{path}"' if path else ""
    return f'<button class="qw-file" type="button" data-link="{kept}"{to}>Copy link</button>'


def wanted_file(
    wanted: object,
    answers: Mapping[str, Answer],
    sources: Mapping[str, Source],
    audience: Audience | None,
) -> File | None:
    """Return the file that the page's script asks for, or None if there is no such file.

    Args:
        wanted: the turn's name, the format and the style, as they came from the browser.
        answers: those on the page, by the name of their turn.
        sources: what they quote.
        audience: who reads them, in which order the file has them too.

    """
    if not isinstance(wanted, Mapping):
        return None
    answer = answers.get(str(wanted.get("turn")))
    form = next((form for form in FORMATS if form == wanted.get("form")), None)
    style: Style = next((style for style in STYLES if style == wanted.get("style")), "vancouver")
    if answer is None or form is None:
        return None
    shown = in_reading_order(answer, sources, audience)
    return export(Selection.of(shown), sources, form, style)


def _options_html() -> str:
    return "".join(f'<option value="{style}">{name}</option>' for style, name in STYLES.items())


def _buttons_html(name: str, asked: Sequence[Asked]) -> str:
    files = "".join(
        f'<button class="qw-file" type="button" data-export="{form}" data-turn="{name}">'
        f"Save {label}</button>"
        for form, label in FORMATS.items()
    )
    return (
        f"{files}{link_button_html(asked)}"
        '<button class="qw-file" type="button" data-print="">Print</button>'
    )
