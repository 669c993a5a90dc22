"""The facts shown beside a quote: its kind of evidence, its age, its place, how to cite it.

Every word is ours or comes from the corpus's record of a source. Quotes pass through untouched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from answer.locating.links import is_pdf, page_link, text_link
from answer.quotes import Citation
from corpus.sources import Source
from ingest.document import Document, Dropped, Seam, SeamKind

if TYPE_CHECKING:
    from answer.pipeline import Answerer

Audience = Literal["clinician", "patient", "educator"]
AUDIENCES: tuple[Audience, ...] = ("clinician", "patient", "educator")
"""Who may ask. On the page it is None until somebody says who they are: what fits all is shown."""

OLD_AFTER_YEARS = 3
"""A source not revised for longer is flagged; the PIF TICK criteria ask for review by then."""

WEB_PAGES = frozenset({".html", ".htm", ".xhtml"})
"""Of such a file, ``URL`` is where it is from, and holds the words that are quoted."""
NOT_GIVEN = "not given"
"""What stands for a fact that the corpus does not have, where its place is shown."""
NOT_ADVICE = "Not medical advice."
NOT_FOUND = "The documents do not answer this."
CLOSEST = "The closest passages. They are not an answer:"
SECOND_HAND = "Second-hand: the source reports this reference. The quote is not from it."

_SEAMS: Mapping[SeamKind, str] = {
    "hyphen": "a hyphen at a line end",
    "break": "a page or column break",
    "caption": "a figure and its caption",
    "notice": "a notice of the publisher",
    "link": "the brackets of a link",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day(iso: str) -> str:
    """Write an ISO date as people do: ``2024-06-19`` as ``19 June 2024``; parts may be missing."""
    parts = iso.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, _MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


def newest_change(sources: Iterable[Source]) -> str:
    """Return the latest of all sources' last changes; empty if none has a date."""
    return max((source.updated for source in sources), default="")


def library(sources: Collection[Source]) -> str:
    """Say how many documents there are and how fresh, for the line that is always in view."""
    count, newest = len(sources), newest_change(sources)
    counted = f"{count} {'document' if count == 1 else 'documents'}"
    return f"{counted}, newest {day(newest)}" if newest else counted


@dataclass(frozen=True, slots=True)
class Paged:
    """The ids of the documents whose pages can be shown."""

    sources: Mapping[str, Source]

    def __contains__(self, doc_id: object) -> bool:
        """Whether it is one of them."""
        return isinstance(doc_id, str) and self.sources[doc_id].pages is not None


def suggested(answerer: Answerer) -> dict[str, tuple[str, ...]]:
    """Return the questions that a library suggests, by audience; none where it has no bank."""
    return {audience: answerer.suggestions(audience) for audience in AUDIENCES}


def example(suggested: Mapping[str, Sequence[str]]) -> str:
    """Return the question to show as an example; empty if the library suggests none."""
    return next((questions[0] for questions in suggested.values() if questions), "")


def years(source: Source) -> str:
    """Return the year of publication and, where it differs, that of the last revision."""
    issued, revised = source.issued[:4], source.revised[:4]
    if issued and revised and issued != revised:
        return f"{issued}, revised {revised}"
    return f"revised {revised}" if revised and not issued else issued


def is_old(source: Source, today: date) -> bool:
    """Whether the last change was more than ``OLD_AFTER_YEARS`` ago, by year and month."""
    changed = source.updated
    if not changed:
        return False
    month = int(changed[5:7] or 12)
    age = (today.year - int(changed[:4])) * 12 + today.month - month
    return age > OLD_AFTER_YEARS * 12


def facts(
    citation: Citation, source: Source, audience: Audience | None = "clinician"
) -> tuple[str, ...]:
    """Return the facts for the line under a quote; unknown ones are left out.

    For patients the publisher comes first, for others the kind of evidence.
    """
    kind, year = source.evidence, years(source)
    publisher, place = source.container, citation.locator
    if audience == "patient":
        line = [publisher, written_for(source, "written for {}"), kind, year, place]
    else:
        line = [kind, year, publisher, place]
    first, *others = [fact for fact in line if fact]
    return (first[0].upper() + first[1:], *others)


def written_for(source: Source, words: str = "{}") -> str:
    """Say who a source was written for, as ``words`` with the readers in it; empty if unknown."""
    return words.format(f"{source.audience}s") if source.audience else ""


def dated(citation: Citation) -> str:
    """Say on what date a quote was true, if it may not be any more; else nothing."""
    return f"As of {day(citation.as_of)}." if citation.as_of else ""


def named(citation: Citation) -> str:
    """Say what "this drug" or "it" in a quote stands for, if it needs saying; else nothing."""
    return f"Context: “{citation.antecedent.text}”" if citation.antecedent else ""


def joined(seams: Sequence[Seam]) -> str:
    """Say what was joined inside a quote; empty if nothing was."""
    kinds = dict.fromkeys(_SEAMS[seam.kind] for seam in seams)
    return f"Joined across {' and '.join(kinds)}." if kinds else ""


def link(source: Source) -> str:
    """Return the address of the original, preferably its DOI's; empty if it has none."""
    return web_address(f"https://doi.org/{source.doi}" if source.doi else source.url)


def link_to(citation: Citation, source: Source, document: Document | None = None) -> str:
    """Return the original's address: of a PDF, its page; of a web page, the words to scroll to.

    ``document`` tells whether the words of the quote stand in it more than once.
    """
    own = web_address(source.url)
    is_printed = is_pdf(own) or (source.path.suffix.lower() == ".pdf" and not source.doi)
    if own and citation.page and is_printed:
        return page_link(own, citation.page)
    if not own or (source.doi and source.path.suffix.lower() not in WEB_PAGES):
        return link(source)
    before = document.text[: citation.span.start] if document else ""
    after = document.text[citation.span.end :] if document else ""
    return text_link(own, citation.quote, before, f"{before}\n{after}")


def web_address(address: str | None) -> str:
    """Return the address if a browser may open it (http or https), else an empty string."""
    return address if address and address.startswith(("https://", "http://")) else ""


def is_verified(citation: Citation, document: Document, source: Source) -> bool:
    """Whether the quote is whole sentences of the indexed file, character for character."""
    starts = {sentence.span.start for sentence in document.sentences}
    ends = {sentence.span.end for sentence in document.sentences}
    return (
        citation.quote == document.quote(citation.span)
        and citation.span.start in starts
        and citation.span.end in ends
        and document.sha256 == source.sha256
    )


def by_reason(document: Document) -> list[tuple[str, list[Dropped]]]:
    """Return what the parser left out, grouped by reason, in the order of the file."""
    gathered: dict[str, list[Dropped]] = {}
    for dropped in document.dropped:
        gathered.setdefault(dropped.reason, []).append(dropped)
    return list(gathered.items())
