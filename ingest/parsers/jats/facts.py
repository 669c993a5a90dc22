"""The facts of an article from its front matter; what is not there is left out."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.facts import Fact
from ingest.parsers.facts import licence_in, study_in
from ingest.parsers.jats.xml import Element

FRONT = "front matter"
IDENTIFIERS = {"doi": "DOI", "pmid": "PMID", "pmc": "PMCID", "pmcid": "PMCID"}
DATES = ("ppub", "collection", "epub-ppub", "issue-pub", "pub", "epub", "epreprint", "preprint")
"""Kinds of dates, best first: a volume's goes with the volume that is cited."""
STUDIES = {
    "case-report": "case report",
    "clinical-trial": "clinical trial",
    "meta-analysis": "meta-analysis",
    "systematic-review": "systematic review",
}
"""Types of articles that name a kind of study."""
RELATIONS = {
    "corrected-article": "corrects",
    "retracted-article": "retracts",
    "object-of-concern": "is concerned about",
    "correction-forward": "corrected by",
    "retraction-forward": "retracted by",
    "expression-of-concern": "concern in",
    "updated-article": "updates",
    "update": "updated by",
}
"""Types of related articles that say whether this one still holds; others keep their names."""
LINKED = {"doi": "DOI", "pubmed": "PMID", "pmid": "PMID", "pmc": "PMCID", "pmcid": "PMCID"}


def find_facts(article: Element, meta: Element) -> Iterator[Fact]:
    """Yield what the front matter says; authors as "Family, Given", one fact each."""
    title = _title(meta)
    kind = article.get("article-type")
    found = [
        ("title", title),
        *(("author", name) for name in _authors(meta)),
        ("container-title", _journal(article)),
        ("issued", _issued(meta)),
        ("volume", _text(meta, "volume")),
        ("issue", _text(meta, "issue")),
        ("page", _pages(meta)),
        *_identifiers(meta),
        ("ISSN", _text(article, "front", "journal-meta", "issn")),
        ("publisher", _text(article, "front", "journal-meta", "publisher", "publisher-name")),
        ("language", article.get("lang").lower()),
        *(("keyword", kwd.text) for group in meta.all("kwd-group") for kwd in group.iter("kwd")),
        ("licence", _licence(meta)),
        ("article-type", kind),
        ("study", study_in(title) or STUDIES.get(kind, "") or study_in(_headings(meta))),
        *_related(article),
    ]  # fmt: skip
    return (Fact(name, value, FRONT) for name, value in found if value)


def _text(element: Element, *path: str) -> str:
    found = element.at(*path)
    return found.text if found else ""


def _journal(article: Element) -> str:
    meta = article.at("front", "journal-meta")
    if meta is None:
        return ""
    return _text(meta, "journal-title-group", "journal-title") or _text(meta, "journal-title")


def _title(meta: Element) -> str:
    group = meta.at("title-group")
    if group is None:
        return ""
    title = next((_without_notes(one) for one in group.all("article-title")), "")
    sub = next((_without_notes(one) for one in group.all("subtitle")), "")
    return f"{title}: {sub}" if title and sub else title


def _without_notes(element: Element) -> str:
    """Return the text of a title without the marks of its footnotes."""
    marks = {id(text) for one in element.iter("xref", "fn") for text in one.texts}
    return " ".join("".join(t.text for t in element.texts if id(t) not in marks).split())


def _authors(meta: Element) -> Iterator[str]:
    for group in meta.all("contrib-group"):
        for contrib in group.all("contrib"):
            if contrib.get("contrib-type") in ("", "author"):
                yield _author(contrib)


def _author(contrib: Element) -> str:
    name = next((one for one in contrib.iter("name", "string-name")), None)
    collab = contrib.at("collab")
    if collab is not None or name is None:
        return _collective(collab) if collab else ""
    parts = [_text(name, tag) for tag in ("surname", "given-names", "suffix")]
    return ", ".join(part for part in parts if part) or name.text


def _collective(collab: Element) -> str:
    """Return the name of a group without those of its members."""
    members = {id(text) for one in collab.iter("contrib-group") for text in one.texts}
    return " ".join("".join(t.text for t in collab.texts if id(t) not in members).split())


def _issued(meta: Element) -> str:
    """Return the date of the best kind, as "2017", "2017-05" or "2017-05-12"."""
    dates = {one.get("pub-type") or one.get("date-type"): one for one in meta.all("pub-date")}
    for kind in DATES:
        if kind in dates and (year := _text(dates[kind], "year")):
            parts = [year, *(_text(dates[kind], part) for part in ("month", "day"))]
            return _date(parts)
    return ""


def _date(parts: list[str]) -> str:
    """Return as much of year, month and day as is there in numbers."""
    written = parts[0]
    for part in parts[1:]:
        if not part.isdecimal():
            break
        written += f"-{int(part):02}"
    return written


def _pages(meta: Element) -> str:
    first, last = _text(meta, "fpage"), _text(meta, "lpage")
    if first and last and first != last:
        return f"{first}-{last}"
    return first or _text(meta, "elocation-id")


def _identifiers(meta: Element) -> Iterator[tuple[str, str]]:
    for one in meta.all("article-id"):
        name = IDENTIFIERS.get(one.get("pub-id-type"))
        if name == "PMCID" and one.text.isdecimal():
            yield name, f"PMC{one.text}"
        elif name:
            yield name, one.text


def _licence(meta: Element) -> str:
    for one in meta.iter("license"):
        links = [e.get("href") for e in one.iter()] + [e.text for e in one.iter("license_ref")]
        found = licence_in(" ".join([*links, one.text]))
        if found:
            return found
    return next((one.text for one in meta.iter("license-p") if one.text), "")


def _headings(meta: Element) -> str:
    """Return what the journal files the article under."""
    return "; ".join(one.text for one in meta.iter("subject"))


def _related(article: Element) -> Iterator[tuple[str, str]]:
    for one in article.iter("related-article"):
        kind = one.get("related-article-type")
        yield RELATIONS.get(kind, kind), _address(one)


def _address(related: Element) -> str:
    """Return "10.1234/x", "PMID 123", its title, or what else leads to a related article."""
    written = related.get("href")
    name = LINKED.get(related.get("ext-link-type"), "")
    if name == "DOI":
        return written.rpartition("doi.org/")[2]
    if written and name:
        return f"{name} {written}"
    named = next(
        (i for i in related.iter("article-id", "pub-id", "article-title") if i.text), related
    )
    return written or named.text
