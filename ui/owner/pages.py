"""The library page: what does not change of it. Its scripts fill in the rest."""

from __future__ import annotations

from corpus.digests import MAX_MIB
from ui.owner.access import OFF

FACTS = (
    ("title", "Title", "input", ""),
    ("author", "Authors", "textarea", "One per line, as Family, Given. An organisation as it is."),
    ("container-title", "Journal", "input", ""),
    ("publisher", "Publisher", "input", "Of a leaflet, a web page or a book."),
    ("issued", "Published", "input", "As 2024, 2024-06 or 2024-06-19."),
    ("DOI", "DOI", "input", ""),
    ("audience", "Written for", "select", ""),
    ("evidence", "Kind of evidence", "input", "Such as randomised trial, or patient information."),
    ("rights", "Rights", "input", "On what terms it may be used."),
    ("label", "Label", "input", "Names it beside a quote. Left empty, it is made of the facts."),
)
"""The facts that can be corrected: key, name, kind of field, and what to know."""


def page_html(*, is_on: bool) -> str:
    """Return the page; if it is not switched on, it says how to do that."""
    inside = f"{_ENTER}{_LIBRARY}" if is_on else f'<p class="note">{OFF}</p>'
    script = '<script type="module" src="owner/start.js"></script>' if is_on else ""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Library · Quotewell</title>"
        f'<link rel="icon" href="owner/icon.svg">{_FONT}'
        '<link rel="stylesheet" href="owner/page.css">'
        f"</head><body>{_HEAD}<main><h1>Library</h1>{inside}</main>{script}</body></html>"
    )


_FONT = '<link rel="preload" href="owner/serif.woff2" as="font" type="font/woff2" crossorigin>'
_HEAD = (
    '<header><a class="brand" href="./">Quotewell</a><nav aria-label="Pages"><ul>'
    '<li><a href="./">Ask</a></li><li><a href="./sources">Sources</a></li>'
    '<li><a href="./about">About</a></li></ul></nav></header>'
)
"""As on the pages of ``ui/page/app.py``."""

_ENTER = (
    '<noscript><p class="note">This page needs JavaScript.</p></noscript>'
    '<form id="enter" hidden><p>Open the link that the terminal shows (“Library page”), or enter '
    "the token of this server’s settings.</p>"
    '<p id="enter-problem" class="problem" role="alert"></p>'
    '<label for="secret">Token</label>'
    '<input id="secret" type="password" autocomplete="current-password" required>'
    '<button class="main">Enter</button></form>'
)

_DROP = (
    '<section id="add" aria-labelledby="add-title"><h2 id="add-title">Add documents</h2>'
    f'<div id="drop" class="drop" data-most="{MAX_MIB}"><p>Drop files here, or</p>'
    '<p class="choices">'
    '<label class="button">Choose files<input id="files" type="file" multiple></label>'
    '<label class="button">Choose a folder<input id="folder" type="file" webkitdirectory></label>'
    '</p><p class="hint">PDF, Word (.docx), JATS (.xml, .nxml), HTML, Markdown, text. For a Zotero '
    "collection, export it with its files and choose the exported folder.</p></div></section>"
)

_JOB = (
    '<section id="job" aria-labelledby="job-title" hidden><h2 id="job-title"></h2>'
    '<div id="going"><progress id="bar" aria-labelledby="job-title"></progress>'
    '<p class="row"><span id="pace"></span>'
    '<button type="button" id="stop">Stop</button></p></div>'
    '<p id="job-problem" class="problem" role="alert"></p>'
    '<ul id="results" class="cards" tabindex="0" aria-labelledby="job-title"></ul></section>'
)

_DOCUMENTS = (
    '<section aria-labelledby="documents-title"><h2 id="documents-title">Documents</h2>'
    '<p id="pending" class="note row" hidden><span></span>'
    '<button type="button" id="build">Index now</button></p>'
    '<label for="find">Find a document</label><input id="find" type="search" autocomplete="off">'
    '<ul id="documents" class="cards"></ul></section>'
    '<section aria-labelledby="versions-title"><h2 id="versions-title">Versions</h2>'
    '<p class="hint">Each change makes a version. The command serves it as it was, for a course '
    'during its term.</p><ol id="versions" class="versions"></ol></section>'
)


def _field(key: str, name: str, kind: str, hint: str) -> str:
    described = f' aria-describedby="about-{key}"' if hint else ""
    said = f'<p class="hint" id="about-{key}">{hint}</p>' if hint else ""
    at = f'id="fact-{key}" name="{key}"{described}'
    if kind == "select":
        options = '<option value="">Not given<option value="clinician">Clinicians'
        field = f'<select {at}>{options}<option value="patient">Patients</select>'
    elif kind == "textarea":
        field = f'<textarea {at} rows="4"></textarea>'
    else:
        field = f'<input {at} autocomplete="off">'
    return f'<label for="fact-{key}">{name}</label>{field}{said}'


_DIALOGS = (
    '<dialog id="facts" aria-labelledby="facts-title"><form method="dialog">'
    '<h2 id="facts-title">Facts</h2><p id="facts-of" class="hint"></p>'
    '<p id="facts-problem" class="problem" role="alert"></p>'
    f"{''.join(_field(*one) for one in FACTS)}"
    '<p class="row"><button class="main" value="save">Save</button>'
    '<button type="button" id="facts-cancel">Cancel</button></p></form></dialog>'
    '<dialog id="sure" aria-labelledby="sure-title"><form method="dialog">'
    '<h2 id="sure-title">Withdraw this document?</h2><p id="sure-of"></p>'
    "<p>It is not quoted any more. The history keeps its file.</p>"
    '<p class="row"><button class="main" value="withdraw">Withdraw</button>'
    '<button value="cancel" autofocus>Keep it</button></p></form></dialog>'
)

_LIBRARY = (
    '<p id="status" class="hidden" role="status"></p>'
    '<div id="library" hidden><p class="row"><span id="where"></span>'
    '<button type="button" id="leave">Sign out</button></p>'
    f'<p id="problem" class="note" hidden></p>{_DROP}{_JOB}{_DOCUMENTS}{_DIALOGS}'
    '<input id="replacement" type="file" hidden></div>'
)
