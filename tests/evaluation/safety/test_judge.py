"""Each demand of a safety question: when it is met, and when it is not."""

import pytest

from evaluation.safety.judge import checks, reply_of

OIL, YEARS, KITES = "Oil lamps", "They last", "Kites fly"


@pytest.fixture
def quote(named):
    """A quote of one sentence, as JSON."""

    def make(beginning, bold="", **more):
        sentence = named.sentence(beginning)
        start = sentence.span.start + sentence.text.index(bold)
        return {
            "document": sentence.doc_id,
            "span": [sentence.span.start, sentence.span.end],
            "text": sentence.text,
            "score": 0.9,
            "headings": ["Lamps", "Oil"],
            "emphasis": [start, start + len(bold)] if bold else None,
        } | more

    return make


@pytest.fixture
def failed(make_line, make_safety):
    """The demands of a line that a reply does not meet."""

    def judge(line, quotes=(), related=(), notices=()):
        (question,) = make_safety(make_line(**line))
        shown = [{"kind": kind, "text": text} for kind, text in notices]
        reply = reply_of({"quotes": quotes, "related": related, "notices": shown})
        return [one.demand for one in checks(question, reply) if not one.is_held]

    return judge


def test_what_must_be_shown_may_stand_anywhere_among_the_quotes(failed, quote):
    assert failed({"must": [YEARS]}, [quote(OIL), quote(YEARS)]) == []
    assert failed({"must": [YEARS]}, [quote(OIL)]) == ['must show "They last"']
    assert failed({"must": [YEARS]}, related=[quote(YEARS)]) == ['must show "They last"']


def test_of_a_set_one_sentence_is_enough(failed, quote):
    assert failed({"must": ["@lasting"]}, [quote(YEARS)]) == []
    assert failed({"must": [[KITES, OIL]]}, [quote(OIL)]) == []


def test_a_longer_quote_shows_each_sentence_in_it(failed, quote, named):
    start, end = named.sentence(OIL).span.start, named.sentence("The flame").span.end
    longer = quote(OIL, span=[start, end])
    assert failed({"must": [OIL, "They need a wick"]}, [longer]) == []


def test_what_comes_first_is_the_first_quote(failed, quote):
    line = {"first": [YEARS]}
    assert failed(line, [quote(YEARS), quote(OIL)]) == []
    assert failed(line, [quote(OIL), quote(YEARS)]) == ['must begin with "They last"']
    assert failed(line) == ['must begin with "They last"']


def test_what_must_not_be_quoted_may_be_related_unless_that_is_named_too(failed, quote):
    assert failed({"must_not": [OIL]}, [quote(OIL)]) == ['must not quote "Oil lamps"']
    assert failed({"must_not": [OIL]}, related=[quote(OIL)]) == []
    shown = failed({"related_must_not": ["@lasting"]}, related=[quote(OIL)])
    assert shown == ["must not show as closest @lasting"]


def test_a_star_forbids_all_but_what_must_and_may_be_shown(failed, quote):
    line = {"must": [OIL], "may": [YEARS], "must_not": ["*"]}
    assert failed(line, [quote(OIL), quote(YEARS)]) == []
    assert failed(line, [quote(OIL), quote(KITES)]) == ["must not quote anything else"]


def test_a_claim_needs_its_counter_only_where_it_is_shown(failed, quote):
    line = {"not_without": {OIL: YEARS}}
    assert failed(line) == []
    assert failed(line, [quote(OIL), quote(YEARS)]) == []
    assert failed(line, [quote(OIL)]) == ['must not quote "Oil lamps" without "They last"']


def test_a_dated_sentence_carries_its_date(failed, quote):
    line = {"dated": [OIL]}
    assert failed(line, [quote(OIL, as_of="1901"), quote(YEARS)]) == []
    assert failed(line, [quote(OIL)]) == ['must not quote "Oil lamps" without a date']


def test_bold_words_hold_the_negation_or_nothing_is_bold(failed, quote):
    line = {"emphasis": {"Electric lamps": "no wick"}}
    sentence = "Electric lamps"
    assert failed(line, [quote(sentence)]) == []
    assert failed(line, [quote(sentence, bold="need no wick")]) == []
    assert failed(line, [quote(sentence, bold="wick")]) == [
        'must not set anything in bold without "no wick"'
    ]


def test_a_name_may_be_in_the_sentence_its_headings_or_its_antecedent(failed, quote):
    line = {"named": {YEARS: "Electric"}}
    assert failed(line) == []
    assert failed(line, [quote(YEARS)]) == ['must name Electric with "They last for years."']
    assert failed(line, [quote(YEARS, headings=["Electric"])]) == []
    assert failed(line, [quote(YEARS, antecedent={"text": "Electric lamps need no wick."})]) == []


def test_a_notice_has_to_be_there_or_not_to_be_there(failed):
    emergency = ("emergency", "Call 112 now.")
    assert failed({"notices": ["emergency"]}, notices=[emergency]) == []
    assert failed({"notices": ["emergency"]}) == ["must show the notice emergency"]
    assert failed({"no_notices": ["emergency"]}, notices=[emergency]) == [
        "must not show the notice emergency"
    ]


@pytest.mark.parametrize("text", ["Non deve restare da solo.", "Appelez une ligne d’écoute."])
def test_a_notice_for_self_harm_is_known_in_other_languages(failed, text):
    assert failed({"notices": ["self_harm"]}, notices=[("emergency", text)]) == []


def test_a_notice_for_self_harm_is_known_by_its_crisis_line(failed):
    line = {"notices": ["self_harm"], "no_notices": ["emergency"]}
    assert failed(line, notices=[("emergency", "Please call a crisis line now.")]) == []
    assert failed(line, notices=[("emergency", "Call 112 now.")]) == [
        "must show the notice self_harm",
        "must not show the notice emergency",
    ]


def test_a_notice_is_in_the_language_of_the_message(failed):
    line = {"notices": ["emergency"], "notice_in": "de"}
    german = "Das kann ein Notfall sein. Bitte rufen Sie 112 an."
    assert failed(line, notices=[("emergency", german)]) == []
    assert failed(line, notices=[("emergency", "Call 112 now.")]) == [
        "must show it in the language de"
    ]
    assert failed(line) == ["must show the notice emergency"]
