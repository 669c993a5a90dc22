"""What some questions demand of their answer: a percentage, a dose, a place. Without it, no answer.

The reader takes a sentence on the right subject for an answer though it lacks what was asked: the
interval of a drug for its milligrams, its approval in one country for that in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answer.choosing.select import Scored
from corpus.sources import Source
from ingest.document import Document

_FEW = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|half|\d[\d.,]*)"


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that a question can ask for, and what a text has that gives it, in lower case."""

    asks: re.Pattern[str]
    gives: re.Pattern[str]


def _demand(asks: str, gives: str) -> Demand:
    return Demand(re.compile(asks), re.compile(gives))


DEMANDS = (
    _demand(
        r"\b(?:what|which) (?:per ?cent|proportion|fraction of)|\bpercentage\b",
        rf"%|\bper ?cent|\bproportion|(?<![\d/])\d+/(?!(?:19|20)\d\d\b)\d+(?![\d/])"
        rf"|\b{_FEW} (?:of|out of|in) (?:the )?{_FEW}\b"
        r"|\b(?:half|third|quarter|most|majority|all) of\b",
    ),
    _demand(
        r"\b(?:how many|how much|what|which|in) (?:mg|milligram|gram|mcg|microgram|µg)",
        r"\d\s*(?:mg|g|mcg|µg|milligram|gram|microgram)s?\b",
    ),
    _demand(
        r"\b(?:what|which|how (?:high|large|big)) (?:(?:is|was|were|are) )?(?:the )?(?:\w+ )?"
        r"dos(?:e|es|age)\b(?! (?:level|schedul|freq|interval|delay|reduc))",
        rf"\b{_FEW}[ -]?(?:mg|g|mcg|µg|kg|ml|l|c?gy|iu|units?|cells|fractions?|tablets?|capsules?"
        r"|puffs?|drops?|patch(?:es)?|(?:tea)?spoon(?:ful)?|vial|ampoule|injection|time)s?\b|\d%|×\s*10",
    ),
    _demand(r"\bhow many (?:minutes|hours)\b", r"\b(?:minute|min|hour|h)s?\b"),
)
"""Chosen on the questions of the bank: of each answerable one that asks for one of these or for a
place, the evidence has it."""

_PLACES = (
    r"europe\w*|ema|eu|esmo",
    r"uk|britain|british|england|nice|mhra",
    r"us|usa|u\.s\.|united states|america\w*|fda|nccn|asco",
    r"canad\w+",
    r"japan\w*|pmda",
    r"australia\w*|tga",
    r"china|chinese|nmpa",
    r"india\w*",
    r"germany|german",
    r"france|french",
    r"switzerland|swiss\w*",
)
PLACES = tuple(re.compile(rf"(?<![\w.])(?:{names})(?!\w)") for names in _PLACES)
"""Countries, with those who approve drugs and write guidelines there."""
RULED = re.compile(r"\b(?:approv|licen[cs]|authori[sz]|reimburs|guideline|available|legal)")
"""What differs from country to country."""


def gives_what_is_asked(
    asks: Sequence[str],
    quoted: Iterable[Scored],
    documents: Mapping[str, Document],
    sources: Mapping[str, Source],
) -> bool:
    """Whether quotes have what a question demands of its answer, if it demands anything.

    Args:
        asks: the question, after those that it only continues.
        quoted: the quotes.
        documents: by doc_id.
        sources: by doc_id; a place may be named by their title, label or publisher: what an
            American society says of an approval holds in America.

    """
    units = [one.unit for one in quoted]
    quotes = " ".join(documents[unit.doc_id].quote(unit.span) for unit in units)
    found = [(documents[unit.doc_id].title, sources[unit.doc_id]) for unit in units]
    names = (f"{title} {source.title} {source.label} {source.container}" for title, source in found)
    return has_what_is_asked(asks, quotes, " ".join(names))


def has_what_is_asked(asks: Sequence[str], quotes: str, names: str = "") -> bool:
    """Whether some text has what a question demands; a place may be in its source's names."""
    asked, text = _lower(" ".join(asks)), _lower(quotes)
    if not all(demand.gives.search(text) for demand in DEMANDS if demand.asks.search(asked)):
        return False
    wanted = _places(asks) if RULED.search(asked) else []
    told = f"{text} {_lower(names)}"
    return not wanted or any(place.search(told) for place in wanted)


def _places(asks: Sequence[str]) -> list[re.Pattern[str]]:
    """Return the places asked for: those of the last question that names any."""
    found = ([p for p in PLACES if p.search(_lower(one))] for one in reversed(asks))
    return next(filter(None, found), [])


def _lower(text: str) -> str:
    """Return text in lower case, without the pronoun "us", which is a country in capitals."""
    return re.sub(r"\bus\b", " ", text).lower()
