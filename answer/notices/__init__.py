"""Choose the notices beside an answer: for emergencies, personal questions, other languages.

Those for thoughts of self-harm and for small talk stand alone: nothing is quoted beside them, and
nothing else is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from answer.notices import texts
from answer.notices.grave import grave_notice
from answer.notices.language import is_foreign
from answer.notices.personal import asks_for_advice
from answer.notices.small_talk import is_small_talk
from answer.notices.spelling import fold
from answer.notices.tongues import tongues_for
from answer.quotes import Notice


def notices_for(
    question: str, history: Sequence[str] = (), depends_on: Sequence[str] = ()
) -> tuple[Notice, ...]:
    """Return the notices to show beside the answer to a question, the most serious first.

    Args:
        question: as typed.
        history: the earlier questions of the conversation, oldest first. The last one is read
            if the question is a plea ("what do I do?") or is about "him" or "her", or if it asks
            nothing: thanks for the notice about self-harm keep it in view.
        depends_on: those of them that the question is read with: advice asked for in one of them
            is still asked for.

    """
    is_idle = is_small_talk(fold(question))
    before = history[-1] if history else ""
    grave = grave_notice(question, before, is_idle=is_idle)
    if is_idle and grave is None:
        return (Notice("small_talk", texts.SMALL_TALK, stands_alone=True),)
    if grave and grave.stands_alone:
        return (grave,)
    notices = [] if grave is None else [grave]
    if asks_for_advice(fold(question), fold(before), [*map(fold, depends_on)]):
        notices.append(Notice("personal_advice", texts.PERSONAL_ADVICE))
    if is_foreign(question):
        notices.append(Notice("language", tongues_for(question)[0].language))
    return tuple(notices)
