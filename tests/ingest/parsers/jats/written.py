"""Small articles in JATS, written for the tests."""

from ingest.assemble import assemble
from ingest.drafting.steps import draft_bytes
from ingest.parsers.jats import parse

TITLE = "Rest and water for disorders of the feet"
DOCTYPE = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS-archivearticle1.dtd">'
NAMES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
ENTRIES = tuple(
    f'<ref id="B{n}"><label>{n}.</label><mixed-citation>Walker A. Feet, part {n}. J Feet. 2001;'
    f"<volume>{n}</volume>:1–9.</mixed-citation></ref>"
    for n in range(1, 10)
)


def article(
    body="", *, meta="", title=TITLE, abstract="", back="", after="", journal="", kind="case-report"
):
    """The bytes of an article."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{DOCTYPE}\n'
        f'<article article-type="{kind}" {NAMES}>'
        f"<front><journal-meta>{journal}</journal-meta><article-meta>"
        f"<title-group><article-title>{title}</article-title></title-group>{meta}{abstract}"
        f"</article-meta></front><body>{body}</body><back>{back}</back>{after}</article>"
    ).encode()


def references(*entries, title="<title>References</title>"):
    """A reference list, of nine entries unless others are given."""
    return f"<ref-list>{title}{''.join(entries or ENTRIES)}</ref-list>"


def sec(text, title="Methods"):
    """A section of one title."""
    return f"<sec><title>{title}</title>{text}</sec>"


def draft(body="", **parts):
    """What the parser makes of an article."""
    return parse(article(body, **parts))


def document(body="", **parts):
    """The document that becomes of an article."""
    return assemble("doc", draft_bytes(".nxml", article(body, **parts), "doc.nxml"), "")


def blocks(body="", **parts):
    """Kind and text of the blocks of an article after its title."""
    return [(block.kind, block.text) for block in draft(body, **parts).blocks[1:]]


def paragraph(inside, **parts):
    """The text of a paragraph."""
    (text,) = [
        b.text for b in draft(sec(f"<p>{inside}</p>"), **parts).blocks if b.kind == "paragraph"
    ]
    return text


def dropped(made):
    """Reasons and texts of what was left out, without the front matter."""
    return [(one.reason, one.text) for one in made.dropped if one.reason != "front matter"]
