"""The notices of what no word table has; the messages were written for these tests."""

import pytest

from answer.notices import notices_for
from answer.notices.grave import kind_in_tables, likely_kind
from answer.notices.tongues import read_tongue, tongues_for

TOLD_OTHERWISE = [
    ("en", "self_harm", "I've stopped buying food for next week, there is no point for me"),
    ("de", "self_harm", "Ich habe allen geschrieben, was ich noch sagen wollte, morgen früh ist dann Ruhe"),
    ("fr", "emergency", "elle a gonflé d'un coup après la perfusion, sa langue aussi"),
]  # fmt: skip
SAID_IN_FEAR = [
    "Thank you, that helped my mother a lot",
    "I can't open the PDF",
    "my father died of this in 2019",
    "Is a racing pulse after the infusion listed?",
    "ich habe Angst vor der Infusion",
]


def grave_texts(message, history=()):
    return [notice.text for notice in notices_for(message, history) if notice.kind == "emergency"]


@pytest.mark.parametrize(("code", "kind", "message"), TOLD_OTHERWISE)
def test_what_no_table_has_gets_the_notice_of_its_kind_in_its_language(code, kind, message):
    assert [kind_in_tables(tongue, message) for tongue in tongues_for(message)].count(kind) == 0
    assert grave_texts(message) == [getattr(read_tongue(code), kind)]


@pytest.mark.parametrize("message", [TOLD_OTHERWISE[0][2], TOLD_OTHERWISE[1][2], "quiero morir"])
def test_beside_self_harm_nothing_is_quoted_and_nothing_else_is_said(message):
    assert [notice.stands_alone for notice in notices_for(message)] == [True]


@pytest.mark.parametrize("message", SAID_IN_FEAR)
def test_fear_grief_and_thanks_are_no_alarm(message):
    assert grave_texts(message) == []


def test_thanks_keep_the_notice_about_self_harm_in_view_and_no_other():
    (_, _, self_harm), (_, _, emergency) = TOLD_OTHERWISE[0], TOLD_OTHERWISE[2]
    assert grave_texts("thank you", [self_harm]) == [read_tongue("en").self_harm]
    assert grave_texts("thank you", [emergency]) == []


@pytest.mark.parametrize(
    ("shares", "kind"),
    [
        ({"emergency": 0.3, "self_harm": 0.2, "harmless": 0.5}, "emergency"),
        ({"emergency": 0.1, "self_harm": 0.5, "harmless": 0.4}, "self_harm"),
        ({"emergency": 0.4, "self_harm": 0.05, "harmless": 0.55}, None),
    ],
)
def test_the_likelier_kind_counts_if_a_message_is_likelier_grave_than_not(shares, kind):
    assert likely_kind(shares) == kind
