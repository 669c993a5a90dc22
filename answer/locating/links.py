"""Addresses that lead to a quote: to its words in a web page, its page in a PDF, its marks."""

from __future__ import annotations

import re
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from answer.quotes import Citation

FEW = 8
"""Words of a quote that is named whole; of a longer one, its first and last words."""
EDGE = 4
"""Words at each end. A browser looks for the first place that has both."""
BEFORE = 3
"""Words before a quote that are named too if its own begin another place as well."""
LONGEST = 80
"""Characters of a word that is named: longer ones are addresses and sequences, and so would be the
link."""
RAISED = re.compile(r"[⁰¹²³⁴-⁹]")
"""Digits that a page sets as a raised "12", which is found as neither."""


def marks_address(citation: Citation) -> str:
    """Return the path at which a server says where on its document's pages a quote stands."""
    place = f"start={citation.span.start}&end={citation.span.end}"
    return f"/api/documents/{percent_encode(citation.doc_id, safe='')}/marks?{place}"


def page_link(address: str, page: int) -> str:
    """Return the address of a PDF, opened at one of its pages."""
    return f"{address.partition('#')[0]}#page={page}"


def is_pdf(address: str) -> bool:
    """Whether an address names a PDF."""
    return urlsplit(address).path.lower().endswith(".pdf")


def text_link(address: str, quote: str, before: str = "", elsewhere: str = "") -> str:
    """Return the address of a web page, with the words of a quote to scroll to.

    Args:
        address: of the page.
        quote: its text there.
        before: the text of the page before it.
        elsewhere: the rest of the page's text: if the quote's beginning stands there too, the
            words before it are named as well.

    Returns:
        The address with a text fragment; as it is if too few of the words can be named.

    """
    runs = [run for run in _runs(quote) if len(run) >= EDGE]
    if not runs:
        return address
    first, last = runs[0], runs[-1]
    if len(quote.split()) <= FEW and len(runs) == 1:
        edges = [" ".join(first)]
    else:
        edges = [" ".join(first[:EDGE]), " ".join(last[-EDGE:])]
    parts = [_encoded(edge) for edge in edges]
    named = _named_before(before) if edges[0] in elsewhere else ""
    if named and quote.split()[:EDGE] == first[:EDGE]:
        parts.insert(0, f"{_encoded(named)}-")
    return f"{address.partition('#')[0]}#:~:text={','.join(parts)}"


def _runs(text: str) -> list[list[str]]:
    """Return the words, parted where one cannot be named: a page may show it as another."""
    runs: list[list[str]] = [[]]
    for word in text.split():
        if not _can_be_named(word):
            runs.append([])
        else:
            runs[-1].append(word)
    return runs


def _named_before(text: str) -> str:
    """Return the last words of the paragraph before, if they can be named."""
    words = text.rpartition("\n")[2].split()[-BEFORE:]
    return " ".join(words) if all(map(_can_be_named, words)) else ""


def _can_be_named(word: str) -> bool:
    return len(word) <= LONGEST and not RAISED.search(word)


def _encoded(text: str) -> str:
    """Return text for a fragment, in which a hyphen, a comma and an ampersand part what is said."""
    return percent_encode(text, safe="").replace("-", "%2D")
