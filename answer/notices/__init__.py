"""Choose the notices beside an answer: for emergencies, personal questions, other languages."""

from __future__ import annotations

from collections.abc import Sequence

from answer.notices import texts
from answer.notices.language import is_foreign
from answer.notices.personal import asks_for_advice
from answer.notices.spelling import fold
from answer.notices.tongues import Tongue, tongues_for
from answer.quotes import Notice


def notices_for(question: str, history: Sequence[str] = ()) -> tuple[Notice, ...]:
    """Return the notices to show beside the answer to a question, the most serious first.

    Args:
        question: as typed.
        history: the earlier questions of the conversation, oldest first. The last one is read
            if the question is a plea ("what do I do?") or is about "him" or "her".

    """
    before = history[-1] if history else ""
    grave = _grave_notice(question, before)
    notices = [] if grave is None else [grave]
    if asks_for_advice(fold(question), fold(before)):
        notices.append(Notice("personal_advice", texts.PERSONAL_ADVICE))
    if is_foreign(question):
        notices.append(Notice("language", tongues_for(question)[0].language))
    return tuple(notices)


def _grave_notice(question: str, before: str) -> Notice | None:
    """Return the notice of an emergency or of self-harm, in the message's language."""
    for tongue in tongues_for(question):
        read = [tongue.fold(question)]
        if before and tongue.detector.is_plea(read[0]):
            read.append(tongue.fold(before))
        if text := _grave_text(tongue, read):
            return Notice("emergency", text)
    return None


def _grave_text(tongue: Tongue, read: Sequence[str]) -> str | None:
    """Return what to say to the folded messages, if any of them is grave."""
    detector = tongue.detector
    if any(map(detector.tells_of_self_harm, read)):
        return tongue.self_harm
    if any(map(detector.tells_of_emergency, read)):
        return tongue.emergency
    return tongue.self_harm if any(map(detector.tells_of_despair, read)) else None
