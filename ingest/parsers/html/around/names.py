"""What the names that an author gives to parts of a page (class, id) say about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers.html.markup.tree import Element

HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|[_\s.:/]+|--+")
ABOUT_A_PAGE = re.compile(r"^(?:has|with|no|without|is|not|page)-")
"""How names begin that say what a page has beside its text: "has-sidebar"."""


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:.*-)?(?:{pattern})(?:-.*)?")


RULES = (
    (
        "cookie notice",
        _words(
            r"cookies?|gdpr|ccpa|consent-(?:banner|bar|popup|modal|manager|overlay|notice|dialog|tool)"
            r"|(?:privacy|consent|cookie)-(?:banner|bar|popup|notice)"
        ),
    ),
    (
        "navigation",
        _words(
            r"nav|navbar|navigation|sub-?menu|menu|menubar|mega-?menu|bread-?crumbs?|pagination|pager"
            r"|skip-?(?:link|links|nav|to)|side-?bar|toc|table-of-contents|jump-?links?|back-?to-?top"
            r"|site-?(?:search|map|links)|search-?(?:form|box|bar|field)|a-to-z|tab-?list"
        ),
    ),
    (
        "share buttons",
        _words(
            r"share|sharing|share-?(?:buttons?|bar|links?|this|tools?)|add-?to-?any|add-?this"
            r"|social-?(?:media|share|sharing|links?|icons?|buttons?|bar|follow|tools?|nav)|follow-us"
        ),
    ),
    ("share buttons", re.compile(r"social")),
    (
        "advert",
        _words(
            r"ads?|adverts?|advertisements?|advertising|ad-?(?:slot|unit|container|banner|wrapper|box)"
            r"|adsense|sponsored|promo|promos|promotions?|promoted"
        ),
    ),
    (
        "related links",
        _words(
            r"related-?(?:articles?|contents?|posts?|links?|stories|items?|pages?|topics?|reading|news"
            r"|resources)|recommended-(?:articles?|content|posts?|for-you|reading|links)|see-?also"
            r"|(?:you-)?may-(?:also-)?like|more-(?:from|on|articles|stories)|read-(?:next|more)|up-next"
            r"|trending|most-(?:read|popular|viewed)|popular-(?:posts?|articles)|similar-articles"
            r"|latest-(?:news|posts?|articles)|further-?links|external-?links"
        ),
    ),
    ("related links", re.compile(r"related|recommended|recirculation")),
    (
        "comments of readers",
        _words(r"comments?-?(?:area|list|section|form|thread|respond)|respond|user-comments"),
    ),
    ("comments of readers", re.compile(r"comments")),
    (
        "sign-up form",
        _words(
            r"newsletters?|subscribe|subscription|sign-?up|mailing-list|paywall|log-?in|sign-?in"
        ),
    ),
    (
        "page header",
        re.compile(
            r"(?:(?:site|page|global|main|top|sticky|fixed|app)-)?(?:header|masthead|banner|top-?bar)"
            r"(?:-(?:wrapper|container|inner|bar|top))?"
        ),
    ),
    (
        "page footer",
        re.compile(
            r"(?:(?:site|page|global|main|bottom|sticky|app)-)?(?:footer|colophon)"
            r"(?:-(?:wrapper|container|inner|links|bottom|nav))?"
        ),
    ),
    (
        "print or feedback",
        _words(
            r"print-?(?:button|link|page|this)|feedback|page-?tools?|article-?tools?|tool-?bar"
            r"|rate-this|was-this-(?:page-)?helpful|survey-?(?:link|banner|popup)"
        ),
    ),
    ("pop-up", _words(r"modal|pop-?up|lightbox|overlay|toast|tooltip|interstitial")),
)
"""What parts of pages are called, whatever the site, and why they are left out."""
UNSEEN = re.compile(
    r"visually-?hidden(?:-focusable)?|sr-?only|screen-?reader(?:-text|-only)?|off-?screen"
    r"|element-invisible|(?:is-|u-)?hidden|d-none|hide"
)
SHOWN_ELSEWHERE = re.compile(r".*(?:block|flex|grid|inline|show|visible).*")
"""Names that show again, on some screens, what another hides."""
CAPTION = re.compile(
    r"(?:(?:fig|figure|table|image|img|wp|media|photo)-?)?(?:captions?|legend)(?:-(?:text|body|inner))?"
)
REFERENCES = re.compile(
    r"(?:article-)?(?:ref-?lists?|references?(?:-list)?|bibliography|citation-?list)"
)
AUTHORS = _words(r"authors?|by-?line|contrib(?:utor)?s?|affiliations?")
TITLE = re.compile(r"(?:(?:page|article|entry|post|document|main|mso)-)?(?:title|headline)")
RELATED = re.compile(
    r"(?:related|similar|recommended|more|other|popular|latest|trending)\s+(?:articles?|content"
    r"|posts?|links?|stories|items?|pages?|topics?|reading|news|papers|publications)"
    r"|(?:you\s+)?(?:may|might)\s+(?:also\s+)?(?:like|be interested in)|more from\b.*"
    r"|read (?:next|more)|recommended(?:\s+for you)?|trending(?:\s+now)?|see also|related"
    r"|most (?:read|popular|viewed)|explore more|in this section|on this page|page contents"
    r"|(?:table of )?contents"
    r"|share(?:\s+(?:this|on)\b.*)?|follow us.*|newsletter.*|subscribe.*|sign up.*|advertisements?"
    r"|advert|sponsored.*|(?:\d+ )?comments?|leave a (?:comment|reply)|(?:we use )?cookies.*"
    r"|was this (?:page|article|information) (?:helpful|useful).*|metrics|article metrics|cited by",
    re.I,
)
"""Headings of what stands around a text."""


def names_of(element: Element) -> Iterator[str]:
    """Yield an element's classes, then its id, in lower case with hyphens between words."""
    for value in (
        *element.attributes.get("class", "").split()[:30],
        element.attributes.get("id", ""),
    ):
        if value:
            yield HUMP.sub("-", value[:100]).lower().strip("-")


def slug(text: str) -> str:
    """Return a text as pages write it in an id: an id made from a heading says nothing more."""
    return "-".join(re.findall(r"[^\W_]+", text.lower()))


def reason_of(element: Element, heading: str) -> str:
    """Return what the names of an element say it is, or nothing.

    Args:
        element: with its classes and id.
        heading: the text of the heading that it is or begins with; empty without one.

    """
    made_of = slug(heading)
    for name in names_of(element):
        if ABOUT_A_PAGE.match(name) or (made_of and _is_made_of(name, made_of)):
            continue
        for reason, pattern in RULES:
            if pattern.fullmatch(name):
                return reason
    return ""


def _is_made_of(name: str, heading: str) -> bool:
    return re.sub(r"^(?:sec|section|heading|h|s)?-?\d*-?", "", name) in (heading, "") or (
        name in heading
    )


def hides(element: Element) -> bool:
    """Whether a class says that nobody sees the element on a screen."""
    names = list(names_of(element))
    is_unseen = any(UNSEEN.fullmatch(name) for name in names)
    return is_unseen and not any(SHOWN_ELSEWHERE.fullmatch(name) for name in names)


def is_called(pattern: re.Pattern[str], element: Element) -> bool:
    """Whether one of an element's names is of this kind."""
    return any(pattern.fullmatch(name) for name in names_of(element))
