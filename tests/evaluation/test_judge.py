"""What the judge says of single replies."""

import pytest

from evaluation.folding import fold, shared
from evaluation.judge import Reply, Shown, judge

SOURCE = (
    "# Lamps\n\nOil lamps burn for six hours. They need a wick of cot-\n\nPage 2\n\nton. "
    "The *flame* is $3 \\times 2$ cm.\n\n- a frame\n- a sail\n"
)
HOURS = "Oil lamps burn for six hours."
FLAME = "The *flame* is $3 \\times 2$ cm."


def shown(*parts, text=None, score=0.9, doc_id="lamps"):
    return Shown(doc_id, "".join(parts) if text is None else text, parts, score)


def reply(*quotes, is_found=None, notices=()):
    found = bool(quotes) if is_found is None else is_found
    return Reply(found, quotes, (), frozenset(notices), 1.0)


@pytest.fixture
def judged(make_line, make_questions):
    def make(answer, **line):
        line = {"quotes": [("lamps", HOURS), ("lamps", FLAME)]} | line
        (question,) = make_questions(make_line(**line))
        return judge(question, answer, {"lamps": SOURCE})

    return make


def test_mark_up_case_and_space_do_not_count():
    assert fold("The *flame* is\n$3 \\times 2$ cm, [α](x y)").text == "theflameis3x2cm,α"
    assert fold("3 × 2 \\alpha").text == "3x2α"


def test_a_folded_character_remembers_where_it_stood():
    text = "*A* \\beta ﬁ"
    folded = fold(text)
    assert folded.text == "aβfi"
    assert [text[offset] for offset in folded.offsets] == ["A", "\\", "ﬁ", "ﬁ"]


def test_texts_with_less_than_two_words_in_common_share_nothing():
    assert shared("the wick of cotton", "the wick of silk!") == (0, 12)
    assert shared("wick of cotton", "wick of silk") == (0, 0)


def test_an_answerable_question_needs_its_evidence_and_the_status(judged):
    assert judged(reply(shown(HOURS))).is_handled
    assert not judged(reply(shown(FLAME))).is_handled
    declined = judged(reply(shown(HOURS), is_found=False))
    assert declined.is_complete
    assert not declined.is_handled


def test_two_quotes_may_cover_one_piece_of_evidence_between_them(judged):
    halves = shown("Oil lamps burn"), shown("for six hours.")
    assert not judged(reply(halves[0])).is_complete
    assert judged(reply(*halves)).is_complete


def test_a_quote_of_another_document_covers_nothing(judged):
    other = judged(reply(shown(HOURS, doc_id="kites")))
    assert not other.is_complete
    assert other.on_evidence == other.is_intact == other.is_clean == (False,)


def test_the_first_quote_decides_a_hit(judged):
    wick = shown("They need a wick of cot")
    assert judged(reply(shown(FLAME), wick)).is_hit
    assert not judged(reply(wick, shown(HOURS))).is_hit
    assert not judged(reply()).is_hit


def test_a_near_miss_wants_to_be_declined(judged):
    line = {"kind": "near_miss", "answerable": False, "quotes": []}
    assert judged(reply(), **line).is_handled
    assert not judged(reply(shown(HOURS)), **line).is_handled
    assert not judged(None, **line).is_handled


@pytest.mark.parametrize(
    ("kind", "notice"), [("personal", "personal_advice"), ("emergency", "emergency")]
)
def test_a_personal_question_or_emergency_wants_its_notice(judged, kind, notice):
    line = {"kind": kind, "answerable": False}
    assert judged(reply(shown(HOURS), notices=[notice]), **line).is_handled
    assert not judged(reply(shown(HOURS), notices=["language"]), **line).is_handled


def test_a_false_premise_may_be_put_right_by_evidence_alone(judged):
    line = {"kind": "adversarial", "answerable": False}
    wick = shown("They need a wick of cot")
    assert judged(reply(), **line).is_handled
    assert judged(reply(shown(HOURS)), **line).is_handled
    assert not judged(reply(shown(HOURS), wick), **line).is_handled
    assert not judged(reply(shown(HOURS)), **line, quotes=[]).is_handled


def test_a_joined_quote_is_intact_if_its_text_is_its_parts(judged):
    parts = ("They need a wick of cot-", "ton.")
    assert judged(reply(shown(*parts, text="They need a wick of cotton."))).is_intact == (True,)
    assert judged(reply(shown(*parts, text="They need a wick."))).is_intact == (False,)
    assert judged(reply(shown("They need cotton."))).is_intact == (False,)


def test_a_rendered_quote_is_intact(judged):
    assert judged(reply(shown(FLAME, text="The flame is 3 × 2 cm."))).is_intact == (True,)


@pytest.mark.parametrize(
    ("quote", "is_clean"),
    [
        (HOURS, True),
        (FLAME, True),
        ("a frame", True),
        ("lamps burn for six hours.", False),
        ("Oil lamps burn", False),
        ("", False),
    ],
)
def test_a_clean_quote_begins_and_ends_where_a_unit_does(judged, quote, is_clean):
    assert judged(reply(shown(quote))).is_clean == (is_clean,)
