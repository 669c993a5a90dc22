"""What a library is about: the words that the titles of its documents have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from index.conversation.subject import NAME, marked

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
LONGEST = 6
"""Words of a subject at most. Chosen by hand."""
ENOUGH = 100
"""Places in the documents that decide how a subject is written. Chosen by hand."""

KINDS = frozenset(
    (
        *("analysis", "case", "clinical", "cohort", "controlled", "cross-sectional", "guide"),
        *(
            "guideline",
            "guidelines",
            "literature",
            "meta-analyses",
            "meta-analysis",
            "metaanalysis",
        ),
        *("network", "overview", "patient", "patients", "prospective", "randomised", "randomized"),
        *("report", "reports", "retrospective", "review", "reviews", "series", "study", "studies"),
        *("systematic", "trial", "trials", "update"),
    )
)
"""Words of titles that say what kind of text it is, not what it is about."""


def subject(titles: Sequence[str], texts: Iterable[str]) -> str:
    """Return the longest run of words that half of the titles or more have; empty without one.

    It begins and ends with a word that could be a subject and does not tell the kind of text, and
    it is in at least two titles.

    Args:
        titles: of the documents.
        texts: of the documents: the subject is written as they most often write it.

    """
    counts = Counter(run for title in titles for run in set(_runs(title)))
    shared = [run for run, count in counts.items() if count >= max(2, len(titles) / 2)]
    if not shared:
        return ""
    longest = max(shared, key=lambda run: (len(run), counts[run]))
    return _as_written(longest, texts)


def _runs(title: str) -> Iterator[tuple[str, ...]]:
    words = [word.lower() for word in WORD.findall(title)]
    specific = [NAME in marked(word) and word not in KINDS for word in words]
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            if specific[start] and specific[end - 1]:
                yield tuple(words[start:end])


def _as_written(run: Sequence[str], texts: Iterable[str]) -> str:
    written = re.compile(rf"\b{'[ ]'.join(map(re.escape, run))}\b", re.IGNORECASE)
    found = (match.group() for text in texts for match in written.finditer(text))
    most_often = Counter(islice(found, ENOUGH)).most_common(1)
    return most_often[0][0] if most_often else " ".join(run)
