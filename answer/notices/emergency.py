"""Detect messages about an emergency that is happening now, or about self-harm.

A message is read clause by clause: an event ("can't breathe") counts by itself, a symptom ("chest
pain") beside a person or a time. A clause that asks in general, or is about what might happen or
happened long ago, counts only if the symptom is that of the writer or of someone with them, or is
happening now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answer.notices.phrases import Table
from answer.notices.vitals import Vital

SENTENCE_END = re.compile(r"(?<= [.?!;] )")
CLAUSE_END = re.compile(r"(?<=, )")
MAX_PLEA_WORDS = 10
"""A longer message tells its own story. Chosen by hand."""
MANY_SYMPTOMS = 2
"""More symptoms than this in one sentence describe a patient rather than a search. Chosen by
hand."""


PASSING = frozenset({"infection", "chills", "bleeding", "abdomen_and_skin"})
"""Groups of symptoms that are no emergency if they are slight or over; a stroke's signs are.
Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Detector:
    """What detects emergencies and self-harm in the messages of one language."""

    words: Mapping[str, Table]
    """The tables, by name."""
    vitals: Sequence[Vital]

    def tells_of_emergency(self, text: str) -> bool:
        """Whether the folded text describes a red flag that is happening now."""
        text = self.words["not_meant"].without(text)
        return any(self._sentence_tells(sentence, text) for sentence in SENTENCE_END.split(text))

    def tells_of_self_harm(self, text: str) -> bool:
        """Whether the folded text says that the writer, or one of theirs, may harm themselves."""
        return self._says("self_harm", text)

    def tells_of_despair(self, text: str) -> bool:
        """Whether the folded text says what people say before self-harm, or in great pain."""
        return self._says("despair", text)

    def is_plea(self, text: str) -> bool:
        """Whether the folded text asks for help with what the previous message described."""
        return len(text.split()) <= MAX_PLEA_WORDS and self.words["plea"].has(text)

    def _says(self, name: str, text: str) -> bool:
        text = self.words["self_harm_not_meant"].without(text)
        return any(
            self.words[name].has(sentence)
            and "teaches" not in self.words["frame"].groups_in(sentence)
            for sentence in SENTENCE_END.split(text)
        )

    def _sentence_tells(self, sentence: str, text: str) -> bool:
        is_conditional = self.words["conditional"].has(sentence)
        is_meant = not is_conditional and not self.words["frame"].has(sentence)
        if is_meant and self.words["calls"].has(sentence):
            return True
        clauses = CLAUSE_END.split(sentence)
        for i, clause in enumerate(clauses):
            if self._is_harmless(clause, "".join(clauses[i:])):
                continue
            is_question = clause is clauses[-1] and self._is_question(clause)
            if self._clause_tells(clause, sentence, text, is_conditional, is_question):
                return True
        return False

    def _clause_tells(
        self, clause: str, sentence: str, text: str, is_conditional: bool, is_question: bool
    ) -> bool:
        is_event = self._is_event(clause)
        n_symptoms = self._count_symptoms(clause)
        if not is_event and not n_symptoms:
            return False
        is_own = self._is_own(clause)
        is_now = self.words["now"].has(sentence)
        if is_conditional or self.words["possible"].has(clause):
            return is_own and is_now
        if not is_now and self._was_before(clause, text, is_own):
            return False
        if self.words["frame"].has(sentence):
            return is_own and (is_now or self.words["soon"].has(text))
        if is_question or self._asks_in_general(clause):
            return is_own or is_now
        return is_event or self._has_context(sentence, text)

    def _is_question(self, clause: str) -> bool:
        return clause.rstrip().endswith("?") and not self.words["closing"].has(clause)

    def _is_event(self, clause: str) -> bool:
        return self.words["events"].has(clause) or self._count_alarming_vitals(clause) > 0

    def _is_harmless(self, clause: str, rest: str) -> bool:
        """Whether a symptom is slight, or over, as the rest of the sentence says."""
        if self._is_event(clause) or not self.words["symptoms"].groups_in(clause) <= PASSING:
            return False
        return self.words["slight"].has(clause) or "over" in self.words["past"].groups_in(rest)

    def _was_before(self, clause: str, text: str, is_own: bool) -> bool:
        """Whether it was long ago, or on another day, or happened to people further away."""
        past = self.words["past"].groups_in(clause)
        if "others" in past and not self.words["soon"].has(text):
            return True
        return "long_ago" in past or (not is_own and bool(past & {"over", "earlier"}))

    def _count_symptoms(self, clause: str) -> int:
        """Return how many kinds of symptom the clause has; two minor ones count as one."""
        n_major = len(self.words["symptoms"].groups_in(clause))
        n_minor = len(self.words["minor"].groups_in(clause))
        return n_major + n_minor // 2 + self._count_alarming_vitals(clause)

    def _is_own(self, clause: str) -> bool:
        """Whether a red flag directly follows "my", "I have", "she is" and the like."""
        starts = self.words["events"].starts(clause) + self.words["symptoms"].starts(clause)
        return any(self.words["own"].has(clause[:start]) for start in starts)

    def _asks_in_general(self, clause: str) -> bool:
        if self.words["general"].has(clause):
            return True
        return self.words["asks"].has(clause) and not self.words["fragment"].has(clause)

    def _has_context(self, sentence: str, text: str) -> bool:
        """Whether a symptom occurs beside a person, a time, a plea or more symptoms."""
        if any(self.words[name].has(text) for name in ("person", "now", "soon")):
            return True
        n_symptoms = self._count_symptoms(sentence)
        is_list = n_symptoms > MANY_SYMPTOMS and not sentence.rstrip().endswith("?")
        return is_list or (n_symptoms > 1 and self.words["around"].has(sentence))

    def _count_alarming_vitals(self, text: str) -> int:
        return sum(vital.is_alarming_in(text) for vital in self.vitals)
