"""Suggest questions for a bank: those that were asked, and that it has nothing like yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bank.questions import Voice
from evaluation.bank.near import near_pairs, near_pairs_across, words_of
from ingest.units import Unit

MOST = 50
"""Suggestions of one draft: as many as a person goes through in one sitting. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that somebody asked."""

    question: str
    voice: Voice
    history: tuple[str, ...] = ()
    """Earlier questions of the conversation, oldest first, as far as they are known."""
    documents: tuple[str, ...] | None = None
    """The only documents to search; None for all."""
    verdict: str = ""
    """What the visitor said of the answer, in words; empty if nothing."""
    complains: bool = False
    """Whether that says that the answer was wrong or incomplete."""
    shown: tuple[Unit, ...] = ()
    """The quotes that the answer had, best first, if they were kept."""

    @property
    def in_context(self) -> str:
        """The question after those before it."""
        return " ".join([*self.history, self.question])


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question to draft, with everyone who asked it in nearly the same words."""

    asked: Asked
    """The first who complained or, if nobody did, the first."""
    times: int
    verdicts: Mapping[str, int]
    complaints: int

    @property
    def note(self) -> str:
        """Say why it is suggested."""
        times = "asked once" if self.times == 1 else f"asked {self.times} times"
        said = ", ".join(f"“{verdict}” ({n})" for verdict, n in self.verdicts.items())
        return f"{times}; visitors said {said}" if said else times


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to draft now, and how many questions not to."""

    chosen: tuple[Suggestion, ...]
    """Those with most complaints first, then those asked most often; at most ``MOST``."""
    in_bank: int
    """Different questions that are near one of the bank."""
    in_drafts: int
    later: int
    """Left for the next draft."""


def suggest(asked: Sequence[Asked], bank: Sequence[str], drafted: Sequence[str]) -> Suggestions:
    """Choose the questions to draft; nearly the same words count as one question.

    Args:
        asked: in any order; of equally important questions, the first here comes first.
        bank: the known questions, each after those of its history.
        drafted: likewise those of earlier drafts, whether decided or not.

    """
    found = _merged(asked)
    texts = [one.asked.in_context for one in found]
    known = {pair.first for pair in near_pairs_across(texts, bank)}
    before = {pair.first for pair in near_pairs_across(texts, drafted)} - known
    left = [one for at, one in enumerate(found) if at not in known | before]
    left.sort(key=lambda one: (-one.complaints, -one.times))
    return Suggestions(tuple(left[:MOST]), len(known), len(before), len(left[MOST:]))


def _merged(asked: Sequence[Asked]) -> list[Suggestion]:
    """Join those with the same words, then those with nearly the same."""
    same: defaultdict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        same[words_of(one.in_context)].append(one)
    groups = list(same.values())
    group_of = list(range(len(groups)))
    for pair in near_pairs([group[0].in_context for group in groups]):
        joined, into = group_of[pair.second], group_of[pair.first]
        group_of = [into if at == joined else at for at in group_of]
    members: defaultdict[int, list[Asked]] = defaultdict(list)
    for group, number in zip(groups, group_of, strict=True):
        members[number] += group
    return [_suggestion(group) for group in members.values()]


def _suggestion(group: Collection[Asked]) -> Suggestion:
    first = min(group, key=lambda one: not one.complains)
    verdicts = Counter(one.verdict for one in group if one.verdict)
    complaints = sum(one.complains for one in group)
    return Suggestion(first, len(group), dict(verdicts.most_common()), complaints)
