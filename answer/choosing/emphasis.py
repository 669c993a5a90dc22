"""Choose the words to emphasise in a quote: those that the reader says answer the question."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from answer.choosing.whole import whole
from ingest.document import Sentence, Span
from ingest.units import Unit

MAX_SHARE = 0.6
"""Words that make up more of a sentence than this do not stand out from it. Chosen by hand."""
LISTED_BEFORE = re.compile(r"(?:,|\band|\bor)\s*$", re.IGNORECASE)
LISTED_AFTER = re.compile(r"^\s*(?:,|and\b|or\b)", re.IGNORECASE)
"""What is beside one member of an enumeration, which alone would look like the whole answer."""

ASKS_NUMBER = re.compile(
    r"\bhow (?:big|large|tall|wide|heavy|high|far|many|much|long|often|frequent(?:ly)?|old)\b"
    r"|\b(?:what|which) (?:size|age|percentage|proportion|dose|dosage)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|once|twice|thrice"
    r"|every|each|daily|weekly|monthly|yearly|annually)\b",
    re.IGNORECASE,
)
"""Other words than these are no answer to a question for a size, a number or a time."""


def emphases(
    asked: str,
    words_of: Mapping[int, tuple[int, int] | None],
    sentences: Sequence[Sentence],
    quoted: Collection[Unit],
) -> Mapping[Unit, Span]:
    """Return the spans to emphasise, by the quoted unit that they are in: single sentences only.

    Words are widened until they keep their negation, unit and object; where they cannot, none are.
    Neither an item of a list nor a member of an enumeration is emphasised: as often as not all of
    them were asked for.

    Args:
        asked: the question.
        words_of: by row of a sentence, the words in it that answer.
        sentences: by row.
        quoted: the units that are shown.

    """
    found: dict[Unit, Span] = {}
    for row, words in words_of.items():
        sentence = sentences[row]
        unit = Unit(sentence.doc_id, sentence.span)
        if words is None or sentence.lead_in is not None or unit not in quoted:
            continue
        kept = whole(sentence.text, *words)
        if kept is None:
            continue
        start, end = kept
        before, after = sentence.text[:start], sentence.text[end:]
        lacks_number = ASKS_NUMBER.search(asked) and not NUMBER.search(sentence.text[start:end])
        is_listed = LISTED_BEFORE.search(before) or LISTED_AFTER.search(after)
        if end - start <= MAX_SHARE * len(sentence.text) and not (is_listed or lacks_number):
            begin = sentence.span.start
            found[unit] = Span(begin + start, begin + end)
    return found
