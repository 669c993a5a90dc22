"""Which treatments a text names, and which of them are kinds of which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from answer.notices.phrases import Phrases, read_words
from answer.notices.spelling import fold
from answer.safety.tables import FOLDER

Treated = frozenset[str]
"""Treatments: the names of kinds as in ``words/treatments.toml``, and of drugs in lower case."""

TABLE = read_words("treatments", FOLDER)["treatment"]
KIND_OF: Mapping[str, str] = {row["name"]: row["kind_of"] for row in TABLE if "kind_of" in row}
KINDS = [row["name"] for row in TABLE]
KIND = re.compile(
    r"(?<!\S)(?:" + "|".join(f"({Phrases(row['names'], {}).whole.pattern})" for row in TABLE) + ")"
)
"""A kind in folded text: one group for each of ``KINDS``."""
LAY = {row["name"]: Phrases(row["lay"], {}) for row in TABLE if "lay" in row}
KIND_OF_DRUG: Mapping[str, str] = {
    drug: row["name"] for row in TABLE for drug in row.get("members", "").split()
}
KIND_OF_ENDING: Mapping[str, str] = {
    ending: row["name"] for row in TABLE for ending in row.get("endings", ())
}
ENDINGS = tuple(KIND_OF_ENDING)

SHORTEST_STEM = 3
"""Fewest letters of a drug's name before its ending: "statins" is a kind, "April" is no drug."""
SHORTEST_ALIAS = 5
"""Fewest letters of another name for a drug: shorter ones stand for other things elsewhere."""
WORD = re.compile(r"(?P<gene>[^\W\d_]+gene )?(?P<word>[^\W\d_]{6,}) ")
"""A word that may be a drug, with the first word of a cell or gene therapy's name."""
TOKEN = re.compile(r"\S+")
COMPARED = re.compile(
    r"(?<!\S)(?:over|than|versus|vs|unlike|compared (?:with|to)|relative to|instead of|in lieu of"
    r"|adding|added|addition of|plus) "
    r"(?:[^\W\d_]+ ){0,2}\Z"
)
"""What comes before a treatment that a sentence is not about, but compares with."""


Aliases = Callable[[str], Iterable[tuple[str, str]]]
"""Gives the other names for drugs that begin with a word, folded, the longest first, each with the
name of its drug: ``answer.mining.mined.Mined.drugs_beginning``."""


class Treatments:
    """Knows the treatments by all their names.

    Args:
        aliases: the names that the documents give to drugs: brands.

    """

    def __init__(self, aliases: Aliases) -> None:
        self._aliases = aliases
        self.named = lru_cache(maxsize=20_000)(self._named)

    def asked(self, text: str) -> Treated:
        """Return the treatments that a folded question names, in laymen's words too."""
        lay = {name for name, pattern in LAY.items() if pattern.search(text)}
        return most_specific({*lay, *(name for _, name in self._mentions(text))})

    def _named(self, text: str) -> Treated:
        """Return the treatments that a folded text is about; those compared with are left out."""
        mentions = list(self._mentions(text))
        compared = {name for at, name in mentions if COMPARED.search(text[:at])}
        return most_specific({name for _, name in mentions} - compared)

    def _mentions(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield every treatment that is named, and where."""
        yield from mentions(text)
        beyond = 0
        for match in TOKEN.finditer(text):
            at = match.start()
            if at >= beyond:
                for alias, drug in self._aliases(match.group()):
                    if text.startswith(alias, at):
                        yield at, drug
                        beyond = at + len(alias)
                        break


def mentions(text: str) -> Iterator[tuple[int, str]]:
    """Yield every treatment that a folded text names by a name of its own, and where."""
    yield from _drugs(text)
    for match in KIND.finditer(text):
        yield match.start(), KINDS[(match.lastindex or 1) - 1]


def aliases_in(group: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the other names of a drug among names for the same thing, none if they are of several.

    Of each its first word, the name folded, and the name of the drug.
    """
    names = [fold(name, is_typed=False) for name in group]
    drugs = {drug for name in names for _, drug in _drugs(name) if name == f"{drug} "}
    if len(drugs) == 1:
        (drug,) = drugs
        aliases = (name for name in names if len(name) > SHORTEST_ALIAS)
        yield from ((alias.split(" ")[0], alias, drug) for alias in aliases)


def kinds_of(name: str) -> tuple[str, ...]:
    """Return a treatment and the kinds that it is one of, the narrowest first."""
    trail = [name]
    parent = KIND_OF.get(name) or _kind_of_drug(name.split()[-1])
    while parent:
        trail.append(parent)
        parent = KIND_OF.get(parent)
    return tuple(trail)


def most_specific(names: Iterable[str]) -> Treated:
    """Return the names without those of kinds of which another one is named as well."""
    found = set(names)
    wider = {kind for name in found for kind in kinds_of(name)[1:]}
    return frozenset(found - wider)


def drugs_of(names: Treated) -> Treated:
    """Return those of the names that are drugs, not kinds."""
    return names.difference(KINDS)


def are_related(some: Treated, others: Treated) -> bool:
    """Whether one of each is the same treatment, or one is a kind of the other."""
    return any(a in kinds_of(b) or b in kinds_of(a) for a in some for b in others)


def _drugs(text: str) -> Iterator[tuple[int, str]]:
    for match in WORD.finditer(text):
        if _kind_of_drug(match["word"]):
            yield match.start(), match.group().strip()


@lru_cache(maxsize=20_000)
def _kind_of_drug(word: str) -> str | None:
    if word in KIND_OF_DRUG:
        return KIND_OF_DRUG[word]
    ending = next((ending for ending in ENDINGS if word.endswith(ending)), None)
    if ending is None or len(word) < SHORTEST_STEM + len(ending):
        return None
    return KIND_OF_ENDING[ending]
