"""Which documents are searched: those that a person chose, by name, kind, year and audience."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import parse_qsl, urlencode

from answer.errors import QuestionError
from corpus.sources import Audience, Source

DOCUMENT, KIND, FROM, TO, AUDIENCE = "document", "kind", "from", "to", "audience"
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
"""For whom texts are written."""
MOST = 100
"""Documents or kinds that are read from a text; nobody chooses more by hand."""
NAMED = 3
"""Documents that are named when a filter is described; of more, the others are counted."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a document must be to be searched; what is empty leaves none out."""

    documents: tuple[str, ...] = ()
    """One of these doc_ids."""
    kinds: tuple[str, ...] = ()
    """Of one of these kinds of evidence, in upper or lower case."""
    first_year: int | None = None
    """Last changed in this year or later; a document without a date is then left out."""
    last_year: int | None = None
    """Last changed in this year or earlier; likewise."""
    audience: Audience | Literal[""] = ""
    """Written for them; a document that does not say for whom is then left out."""

    @classmethod
    def read(cls, text: str) -> Filter:
        """Return the filter that ``text`` says, as an address has it; the rest of it is ignored.

        Half a surrogate pair in it becomes a question mark.
        """
        read = [(name, value) for name, value in parse_qsl(text, errors="replace") if value]

        def named(wanted: str) -> tuple[str, ...]:
            values = [
                value.encode(errors="replace").decode() for name, value in read if name == wanted
            ]
            return tuple(dict.fromkeys(values))[:MOST]

        first, last = (next(map(_year, named(wanted)), None) for wanted in (FROM, TO))
        audience: Audience | Literal[""] = next(
            (one for one in AUDIENCES if one in named(AUDIENCE)), ""
        )
        return cls(named(DOCUMENT), named(KIND), first, last, audience)

    @property
    def text(self) -> str:
        """The filter as an address has it; empty if it leaves nothing out."""
        pairs = [
            *((DOCUMENT, doc_id) for doc_id in self.documents),
            *((KIND, kind) for kind in self.kinds),
            *(
                (name, year)
                for name, year in ((FROM, self.first_year), (TO, self.last_year))
                if year
            ),
            *([(AUDIENCE, self.audience)] if self.audience else []),
        ]
        return urlencode(pairs)

    def chosen(self, sources: Collection[Source]) -> tuple[str, ...] | None:
        """Return the doc_ids of the sources to search, in their order; None for all.

        Raises:
            QuestionError: if a document or kind is unknown, or no source is left.

        """
        if not self.text:
            return None
        _check(DOCUMENT, self.documents, {source.doc_id for source in sources})
        _check(KIND, self.kinds, kinds(sources))
        left = tuple(source.doc_id for source in sources if self._fits(source))
        if not left:
            raise QuestionError(
                f"no document is {self.said(sources)}; choose other documents, kinds or years"
            )
        return left

    def said(self, sources: Collection[Source]) -> str:
        """Describe the filter in a few words; empty if it leaves nothing out."""
        labels = [source.label for source in sources if source.doc_id in self.documents]
        more = f"{len(labels) - NAMED} more" if len(labels) > NAMED else ""
        return "; ".join(
            filter(
                None,
                (
                    *labels[:NAMED],
                    more,
                    ", ".join(self.kinds),
                    self._years(),
                    self._audience(sources),
                ),
            )
        )

    def _fits(self, source: Source) -> bool:
        kinds = {kind.casefold() for kind in self.kinds}
        year = year_of(source)
        return (
            (not self.documents or source.doc_id in self.documents)
            and (not kinds or source.evidence.casefold() in kinds)
            and (self.first_year is None or (year is not None and year >= self.first_year))
            and (self.last_year is None or (year is not None and year <= self.last_year))
            and (not self.audience or source.audience == self.audience)
        )

    def _years(self) -> str:
        if self.first_year and self.last_year:
            return f"{self.first_year} to {self.last_year}"
        if self.first_year:
            return f"from {self.first_year}"
        return f"up to {self.last_year}" if self.last_year else ""

    def _audience(self, sources: Iterable[Source]) -> str:
        if not self.audience:
            return ""
        silent = any(not source.audience for source in sources)
        return f"written for {self.audience}s" + (
            ", without those that do not say for whom" if silent else ""
        )


def kinds(sources: Iterable[Source]) -> list[str]:
    """Return the kinds of evidence that there are, in order."""
    return sorted({source.evidence for source in sources if source.evidence})


def year_of(source: Source) -> int | None:
    """Return the year of a source's last change; None if it has no date."""
    return int(source.updated[:4]) if source.updated else None


def _check(what: str, named: Sequence[str], known: Collection[str]) -> None:
    folded = {one.casefold() for one in known} if what == KIND else set(known)
    for one in named:
        if (one.casefold() if what == KIND else one) not in folded:
            choice = ", ".join(sorted(known))
            raise QuestionError(f"there is no {what} {one!r}; choose among {choice}")


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
