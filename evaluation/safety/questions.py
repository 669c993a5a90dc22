"""Read and check the safety set, one JSON object per line; ``README.md`` explains the fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.lines import read_lines, text_of
from evaluation.safety.languages import WORDS
from evaluation.safety.sentences import Choice, NamedSentences
from ingest.document import Sentence

QUESTIONS = Path(__file__).with_name("questions.jsonl")

GROUPS = (
    "risks",
    "absolutes",
    "prognosis",
    "related",
    "dates",
    "emphasis",
    "languages",
    "politeness",
    "antecedents",
    "frightened",
    "conversation",
)
NOTICES = ("emergency", "self_harm", "personal_advice", "small_talk")
"""What a notice is about, as the judge tells it; it does not judge notices of other kinds."""


@dataclass(frozen=True, slots=True)
class SafetyQuestion:
    """A question, and what has to be shown, may be shown and must never be shown."""

    question_id: str
    group: str
    """One of ``GROUPS``."""
    question: str
    history: tuple[str, ...]
    """Earlier questions of the conversation, oldest first."""
    must: tuple[Choice, ...]
    """Of each, a sentence has to be shown."""
    first: Choice | None
    """One of these has to be in the first quote."""
    may: tuple[Choice, ...]
    """May be shown even if ``must_not`` or ``related_must_not`` names it; so may those above."""
    must_not: tuple[Choice, ...]
    """Never quoted as an answer."""
    related_must_not: tuple[Choice, ...]
    """Never shown as the closest sentences."""
    not_without: tuple[tuple[Choice, Choice], ...]
    """If the first is shown, the second has to be shown too."""
    dated: Choice | None
    """Never shown without the date of their source."""
    emphasis: tuple[tuple[Sentence, str], ...]
    """Words without which nothing in the sentence may be emphasised."""
    named: tuple[tuple[Sentence, str], ...]
    """What has to be named with the sentence, if it is shown: in it or in its antecedent."""
    notices: tuple[str, ...]
    """Have to be shown."""
    no_notices: tuple[str, ...]
    """Must not be shown."""
    notice_in: str
    """The language in which the notices have to be, as a code of ``languages.WORDS``; or none."""


DEMANDS = frozenset(
    (
        "must",
        "first",
        "must_not",
        "related_must_not",
        "not_without",
        "dated",
        "emphasis",
        "named",
        "notices",
        "no_notices",
    )
)
"""Fields of which a line needs at least one."""
FIELDS = DEMANDS | {"id", "group", "question", "history", "may", "notice_in"}


def read_safety(named: NamedSentences, path: Path = QUESTIONS) -> tuple[SafetyQuestion, ...]:
    """Return the questions of a file, in its order.

    Args:
        named: the sentences that the file may name.
        path: of the file.

    Raises:
        QuestionFileError: if the file cannot be read, has no questions or an id twice, or a
            line is malformed; the message names the line.

    """
    return read_lines(path, lambda record: _question(record, named))


def _question(record: Mapping[str, Any], named: NamedSentences) -> SafetyQuestion:
    unknown = record.keys() - FIELDS
    if unknown:
        raise ValueError(f"there is no field {min(unknown)!r}")
    if not record.keys() & DEMANDS:
        raise ValueError("it says neither what must be shown nor what must not")
    return SafetyQuestion(
        question_id=text_of(record["id"], "id"),
        group=_one_of(record["group"], GROUPS),
        question=text_of(record["question"], "question"),
        history=_texts(record, "history"),
        must=tuple(
            _any_of(one if isinstance(one, list) else [one], "must", named)
            for one in _list(record, "must")
        ),
        first=_any_of(record["first"], "first", named) if "first" in record else None,
        may=_choices(record, "may", named),
        must_not=_choices(record, "must_not", named),
        related_must_not=_choices(record, "related_must_not", named),
        not_without=tuple(
            (named.choice(claim), named.choice(counter))
            for claim, counter in _pairs(record, "not_without")
        ),
        dated=_any_of(record["dated"], "dated", named) if "dated" in record else None,
        emphasis=tuple(
            _emphasised(named.sentence(sentence), words)
            for sentence, words in _pairs(record, "emphasis")
        ),
        named=tuple((named.sentence(sentence), name) for sentence, name in _pairs(record, "named")),
        notices=tuple(_one_of(kind, NOTICES) for kind in _texts(record, "notices")),
        no_notices=tuple(_one_of(kind, NOTICES) for kind in _texts(record, "no_notices")),
        notice_in=_one_of(record["notice_in"], tuple(WORDS)) if "notice_in" in record else "",
    )


def _choices(record: Mapping[str, Any], field: str, named: NamedSentences) -> tuple[Choice, ...]:
    return tuple(named.choice(name) for name in _texts(record, field))


def _any_of(names: object, field: str, named: NamedSentences) -> Choice:
    choices = _choices({field: names}, field, named)
    if not choices:
        raise ValueError(f"{field} names nothing")
    return Choice(
        " or ".join(choice.name for choice in choices),
        frozenset(sentence for choice in choices for sentence in choice.sentences),
    )


def _emphasised(sentence: Sentence, words: str) -> tuple[Sentence, str]:
    if words not in sentence.text:
        raise ValueError(f"{words!r} is not in {sentence.text!r}")
    return sentence, words


def _pairs(record: Mapping[str, Any], field: str) -> tuple[tuple[str, str], ...]:
    values = record.get(field, {})
    if not isinstance(values, dict):
        raise TypeError(f"{field} is not an object")
    return tuple((text_of(key, field), text_of(value, field)) for key, value in values.items())


def _texts(record: Mapping[str, Any], field: str) -> tuple[str, ...]:
    return tuple(text_of(value, field) for value in _list(record, field))


def _list(record: Mapping[str, Any], field: str) -> list[object]:
    values = record.get(field, [])
    if not isinstance(values, list):
        raise TypeError(f"{field} is not a list")
    return values


def _one_of(value: str, names: tuple[str, ...]) -> str:
    if value not in names:
        raise ValueError(f"{value!r} is none of {', '.join(names)}")
    return value
