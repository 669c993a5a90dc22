"""Choose the notice of an emergency or of self-harm: what the tables find, else what is likely."""

from __future__ import annotations

from collections.abc import Mapping

from answer.notices.classifier import load_classifier
from answer.notices.tongues import Tongue, tongues_for
from answer.quotes import Notice

LIKELY = 0.5
"""A notice is shown for a message that is likelier to be grave than not."""


def grave_notice(message: str, before: str, *, is_idle: bool) -> Notice | None:
    """Return the notice of an emergency or of self-harm, in the message's language.

    What is in none of the languages that the classifier has learnt is not judged by it.

    Args:
        message: as typed.
        before: the message before it, or nothing.
        is_idle: whether the message asks nothing; then only the one before it can be grave.

    """
    tongues = tongues_for(message)
    for tongue in tongues:
        if kind := kind_in_tables(tongue, message, before, is_idle=is_idle):
            return _notice(kind, tongue)
    return _likely_notice(tongues[0], message, before, is_idle=is_idle) if tongues else None


def kind_in_tables(
    tongue: Tongue, message: str, before: str = "", *, is_idle: bool = False
) -> str | None:
    """Return ``"emergency"`` or ``"self_harm"`` if the word tables of a language find it."""
    detector = tongue.detector
    read = [tongue.fold(one) for one in _read(tongue, message, before, is_idle=is_idle)]
    if any(map(detector.tells_of_self_harm, read)):
        return "self_harm"
    if not is_idle and any(map(detector.tells_of_emergency, read)):
        return "emergency"
    return "self_harm" if any(map(detector.tells_of_despair, read)) else None


def likely_kind(shares: Mapping[str, float], bar: float = LIKELY) -> str | None:
    """Return the likelier kind, if the message is grave at all.

    Args:
        shares: the probability of each kind.
        bar: least probability that the message is not harmless.

    """
    if 1 - shares["harmless"] < bar:
        return None
    return max(("emergency", "self_harm"), key=shares.__getitem__)


def _likely_notice(tongue: Tongue, message: str, before: str, *, is_idle: bool) -> Notice | None:
    judge = load_classifier().probabilities
    for one in _read(tongue, message, before, is_idle=is_idle):
        kind = likely_kind(judge(one))
        if kind == "self_harm" or (kind and not is_idle):
            return _notice(kind, tongue)
    return None


def _read(tongue: Tongue, message: str, before: str, *, is_idle: bool) -> list[str]:
    """Return the messages to read: the one before too if this one is about it, or about nothing."""
    is_about_it = is_idle or tongue.detector.is_plea(tongue.fold(message))
    return [message, before] if before and is_about_it else [message]


def _notice(kind: str, tongue: Tongue) -> Notice:
    if kind == "self_harm":
        return Notice("emergency", tongue.self_harm, stands_alone=True)
    return Notice("emergency", tongue.emergency)
