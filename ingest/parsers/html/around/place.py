"""Which part of a page is its text: the main part or the article, if it marks one."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parsers.html.around.amounts import Amounts
from ingest.parsers.html.around.furniture import heading_text
from ingest.parsers.html.markup.tree import Element, Tree

LEAST_OF_MAIN = 0.25
LEAST_OF_ARTICLE = 0.5
"""Parts of a page's prose from which what is marked as the text is believed to be all of it. A main
part is marked once; articles are also teasers and comments."""
NEAR = 9
"""Headings before the main part that are looked at."""
OUTSIDE = "outside the main part"


def mark_outside(tree: Tree, amounts: Amounts, titles: Sequence[str]) -> set[int]:
    """Mark what is outside the main part, except a heading above it that is the page's title.

    Returns:
        The positions of the elements around the two: text of their own is outside, too.

    """
    main = _main(tree, amounts)
    if main is None:
        return set()
    kept = [main]
    if not any(one.tag == "h1" and not one.reason for one in tree.inside(main)):
        kept += _title(tree, main, titles)
    frames = {id(around) for one in kept for around in _around(one)}
    wanted = {id(one) for one in kept}
    for element in tree.elements[1:]:
        if id(element) in frames:
            element.reason = ""
        elif id(element.parent) in frames and id(element) not in wanted:
            element.reason = element.reason or OUTSIDE
    return {one.at for one in tree.elements if id(one) in frames}


def _main(tree: Tree, amounts: Amounts) -> Element | None:
    """Return the element that holds the text, or None if none is marked."""
    whole = _kept_prose(tree, amounts, tree.root)
    for found, least in (
        ([one for one in tree.elements if _is_main(one)], LEAST_OF_MAIN),
        ([one for one in tree.elements if one.tag == "article"], LEAST_OF_ARTICLE),
    ):
        found = [one for one in found if not one.reason]
        if found:
            best = max(found, key=amounts.prose)
            if amounts.prose(best) >= least * whole:
                return best
    return None


def _kept_prose(tree: Tree, amounts: Amounts, root: Element) -> int:
    """Return how much prose is left under the root without what is marked."""
    left, at = amounts.prose(root), 1
    while at < len(tree.elements):
        element = tree.elements[at]
        if element.reason:
            left -= amounts.prose(element)
            at = max(element.last, at + 1)
        else:
            at += 1
    return left


def _is_main(element: Element) -> bool:
    return element.tag == "main" or element.attributes.get("role", "").lower() == "main"


def _title(tree: Tree, main: Element, titles: Sequence[str]) -> list[Element]:
    """Return the h1 above the main part, if the page's own title says that it is one."""
    above = [one for one in tree.elements[: main.at] if one.tag == "h1"][-NEAR:]
    known = [_letters(title) for title in titles]
    inside = {_letters(heading_text(tree, one)) for one in tree.inside(main) if one.tag == "h2"}
    for element in reversed(above):
        letters = _letters(heading_text(tree, element))
        for title in known:
            if letters and letters in title and not any(one and one in title for one in inside):
                return [element]
    return [] if titles else above[-1:]


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _around(element: Element) -> list[Element]:
    found, around = [], element.parent
    while around is not None:
        found.append(around)
        around = around.parent
    return found
