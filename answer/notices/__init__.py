"""Choose the notices beside an answer: for emergencies, personal questions, other languages.

Those for thoughts of self-harm and for small talk stand alone: nothing is quoted beside them.
"""

from __future__ import annotations

from collections.abc import Sequence

from answer.notices import texts
from answer.notices.emergency import is_plea, tells_of_emergency, tells_of_self_harm
from answer.notices.language import is_foreign
from answer.notices.personal import asks_for_advice
from answer.notices.small_talk import is_small_talk
from answer.notices.spelling import fold
from answer.quotes import Notice


def notices_for(question: str, history: Sequence[str] = ()) -> tuple[Notice, ...]:
    """Return the notices to show beside the answer to a question, the most serious first.

    Args:
        question: as typed.
        history: the earlier questions of the conversation, oldest first. The last one is read
            if the question is a plea ("what do I do?") or is about "him" or "her", or if it asks
            nothing: thanks for the notice about self-harm keep it in view.

    """
    text = fold(question)
    before = fold(history[-1]) if history else ""
    notices = []
    is_idle = is_small_talk(text)
    if tells_of_self_harm(text) or ((is_plea(text) or is_idle) and tells_of_self_harm(before)):
        notices.append(Notice("emergency", texts.SELF_HARM, stands_alone=True))
    elif tells_of_emergency(text) or (is_plea(text) and tells_of_emergency(before)):
        notices.append(Notice("emergency", texts.EMERGENCY))
    elif is_idle:
        return (Notice("small_talk", texts.SMALL_TALK, stands_alone=True),)
    if asks_for_advice(text, before):
        notices.append(Notice("personal_advice", texts.PERSONAL_ADVICE))
    if is_foreign(question):
        notices.append(Notice("language", texts.LANGUAGE))
    return tuple(notices)
