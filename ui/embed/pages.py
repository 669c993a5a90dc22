"""The pages at ``/embed``: with parameters the frame itself, without them how to embed it."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence

from answer.asking.filter import AUDIENCES as READERS
from ui.facts import AUDIENCES, example

THEMES = ("auto", "light", "dark")
TEXTS = ("", *READERS)
"""Whose texts are searched; the first, everybody's."""
LONGEST = 4000
"""Characters of a parameter; longer values are truncated: no real question is that long."""

SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox"

_FRAME = (
    '<iframe src="{home}embed{query}" title="Ask the documents" width="100%" height="600"'
    ' style="border: 0"></iframe>'
)
_SCRIPT = '<script src="{home}embed.js" async></script>'
SNIPPETS: tuple[tuple[str, str, str], ...] = (
    (
        "Any web page",
        "The component is part of the page and as high as its content. It changes nothing else "
        "there. Where scripts are blocked, the link stays. A page with a Content-Security-Policy "
        "must allow this site in script-src and connect-src. Dark pages get a dark component.",
        f"{_SCRIPT}\n<quotewell-ask{{attributes}}>\n"
        '  <a href="{home}embed{query}">Ask the documents</a>\n</quotewell-ask>',
    ),
    (
        "Canvas",
        "In the page’s editor choose View, HTML Editor. The frame is light unless you choose dark: "
        "it cannot see its page. Canvas lets the frame grow with its "
        "answer; its mobile apps keep the height of 600 pixels, and the frame scrolls.",
        _FRAME,
    ),
    (
        "Moodle",
        "In a Page or a Label, open the editor’s source view. The frame keeps the height of 600 "
        "pixels and scrolls, and is light unless you choose dark. If your site does not let you "
        "use frames, ask its administrator, or add a URL with the address below.",
        _FRAME,
    ),
    (
        "Markdown course pages",
        "Most course sites written in Markdown (Jupyter Book, MkDocs, Quarto) keep HTML as it "
        "is. The second line lets the frame grow with its answer, and be dark where the page is.",
        f"{_FRAME}\n{_SCRIPT}",
    ),
    (
        "A link, where neither is allowed",
        "It opens the same page in its own tab.",
        "{home}embed{plain_query}",
    ),
)
"""Where it goes, what to know there, and what to copy; ``help.js`` fills in the braces."""


def frame_html(parameters: Mapping[str, str]) -> str:
    """Return the page of the frame: the component alone, with the parameters as attributes."""
    chosen = {name: value[:LONGEST] for name in NAMES if (value := parameters.get(name, ""))}
    theme = chosen.get("theme", "")
    dressed = f' data-theme="{theme}"' if theme in ("light", "dark") else ""
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in chosen.items())
    return _page(
        '<body class="frame"><main><h1>Ask the documents</h1>'
        f"<quotewell-ask{attributes}></quotewell-ask>"
        "<noscript><p>This needs JavaScript, which is switched off or blocked here.</p></noscript>"
        "</main></body>",
        title="Ask the documents",
        dressed=dressed,
        script='<script src="embed/frame.js"></script>',  # first of all: it says light or dark
    )


NAMES = ("audience", "written-for", "theme", "suggestions", "question")
"""The attributes of the component, and so the parameters of the frame."""

PRIVATE = (
    "<p><strong>This is <code>quotewell chat</code>: only its own page may ask.</strong> What is "
    "copied here works once it is started with <code>quotewell serve</code> instead.</p>"
)
"""Whatever else the user's browser shows, the library of one machine is read by nobody."""


def help_html(
    home: str,
    ancestors: str,
    suggested: Mapping[str, Sequence[str]],
    *,
    is_private: bool = False,
) -> str:
    """Return the page that says how to embed.

    Args:
        home: this server's address, with a slash at the end.
        ancestors: the sites that may frame it, as in the policy.
        suggested: the library's own questions to suggest, by audience.
        is_private: whether pages of other sites may not ask.

    """
    return _page(
        f"<body>{_HEAD}<main><h1>Put Quotewell on your page</h1>{PRIVATE if is_private else ''}"
        "<p>Visitors ask there and read the documents’ own sentences there. No account, no cookie, "
        "no request to any other site, and "
        f"no question is kept or logged.</p>{_builder_html(suggested)}"
        '<div class="columns"><section aria-labelledby="copy"><h2 id="copy">Copy</h2>'
        f"{''.join(_snippet_html(n, home) for n in range(len(SNIPPETS)))}"
        f"{_framing_html(ancestors)}</section><div>"
        '<section aria-labelledby="try"><h2 id="try">Test</h2>'
        "<p>Your browser tries everything that an embedding page needs.</p>"
        '<p><button type="button" id="test">Run the tests</button></p><ul id="tests"></ul>'
        '<p id="status" role="status"></p></section>'
        '<section aria-labelledby="call"><h2 id="call">For programs</h2>'
        '<p>The same answers as JSON, described in <a href="api/openapi.json">openapi.json</a>:</p>'
        f"{_call_html(home, suggested)}</section></div></div></main>"
        '<script src="embed/help.js"></script></body>',
        title="Embed · Quotewell",
    )


_HEAD = (
    '<header><a class="brand" href="./">Quotewell</a><nav aria-label="Pages"><ul>'
    '<li><a href="./">Ask</a></li><li><a href="./sources">Sources</a></li>'
    '<li><a href="./about">About</a></li></ul></nav></header>'
)
"""As on the pages of ``ui/page/app.py``."""


def _page(body: str, title: str, dressed: str = "", script: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"{dressed}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title>"
        '<link rel="icon" href="embed/icon.svg"><link rel="stylesheet" href="embed/page.css">'
        f'{script}<script src="embed.js"></script></head>{body}</html>'
    )


def _builder_html(suggested: Mapping[str, Sequence[str]]) -> str:
    known = html.escape(json.dumps(suggested))
    return (
        '<div class="builder">'
        f'<form id="builder" aria-labelledby="choose" data-suggested="{known}">'
        '<h2 id="choose">Choose</h2>'
        f"{_choice_html('audience', 'For', AUDIENCES)}{_choice_html('theme', 'Colours', THEMES)}"
        f"{_choice_html('written-for', 'Search texts for', TEXTS)}"
        '<label for="suggestions">Questions to suggest, one per line</label>'
        '<textarea id="suggestions" name="suggestions" rows="3" aria-describedby="own"></textarea>'
        '<p class="hint" id="own">Left empty, it suggests the library’s own.</p>'
        '<label for="pinned">A question to ask right away</label>'
        '<input id="pinned" name="question" autocomplete="off"></form>'
        '<section aria-labelledby="seen"><h2 id="seen">Preview</h2><div id="preview"></div>'
        "</section></div>"
    )


def _choice_html(name: str, label: str, values: tuple[str, ...]) -> str:
    options = "".join(
        f'<option value="{value}">{value.capitalize() or "Anyone"}' for value in values
    )
    return (
        f'<label for="{name}">{label}</label><select id="{name}" name="{name}">{options}</select>'
    )


def _snippet_html(number: int, home: str) -> str:
    name, meaning, template = SNIPPETS[number]
    query = "?audience=clinician"
    filled = (
        template.replace("{home}", home)
        .replace("{attributes}", ' audience="clinician"')
        .replace("{query}", query)
        .replace("{plain_query}", query)
    )
    return (
        f'<details name="place"{" open" * (number == 0)}><summary>{name}</summary><p>{meaning}</p>'
        f'<pre tabindex="0"><code id="snippet-{number}" data-template="{html.escape(template)}">'
        f"{html.escape(filled)}</code></pre>"
        f'<button type="button" data-copies="snippet-{number}">Copy'
        f'<span class="hidden"> for: {name}</span></button></details>'
    )


def _call_html(home: str, suggested: Mapping[str, Sequence[str]]) -> str:
    question = example(suggested) or "Your question"
    asked = json.dumps({"question": question}).replace("'", "\\u0027")  # it stands in a shell's '
    call = f"curl {home}api/ask -H 'Content-Type: application/json' \\\n  -d '{asked}'"
    return f'<pre tabindex="0"><code>{html.escape(call)}</code></pre>'


def _framing_html(ancestors: str) -> str:
    if ancestors == "*":
        sites = "Any site may frame it (<code>quotewell serve --frame-ancestors</code> lists some)."
    else:
        sites = f"These sites may frame it: <code>{html.escape(ancestors)}</code>."
    return (
        "<details><summary>Frames: which sites may, and what they need</summary>"
        f"<p>{sites} A frame with a <code>sandbox</code> needs <code>{SANDBOX}</code>.</p>"
        "</details>"
    )
