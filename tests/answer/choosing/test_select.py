"""As few quotes as answer, or none and the closest."""

import pytest

from answer.choosing.select import MAX_QUOTES, MAX_RELATED, Scored, choose
from answer.weighing.calibration import Bars
from ingest.document import Span
from ingest.units import Unit, units_of

BARS = Bars(first=0.5, further=0.4, share=0.6)


def scored(*probabilities):
    return [Scored(Unit("d", Span(n, n + 1)), p) for n, p in enumerate(probabilities)]


def shown(candidates, bars=BARS):
    chosen, related = choose(candidates, bars)
    return [s.probability for s in chosen], [s.probability for s in related]


def test_below_the_bar_nothing_is_shown_as_an_answer():
    assert shown(scored(0.2, 0.49, 0.1, 0.3)) == ([], [0.49, 0.3, 0.2])


def test_the_direct_answer_comes_first_and_others_need_their_own_bar():
    assert shown(scored(0.39, 0.9, 0.55, 0.53)) == ([0.9, 0.55], [])
    assert shown(scored(0.5, 0.41, 0.39)) == ([0.5, 0.41], [])


def test_an_answer_is_at_most_five_quotes_and_related_at_most_three():
    assert len(shown(scored(*[0.9] * 9))[0]) == MAX_QUOTES
    assert len(shown(scored(*[0.1] * 9))[1]) == MAX_RELATED


def test_quotes_of_retracted_sources_come_last_and_keep_no_other_from_being_shown():
    gone = Scored(Unit("gone", Span(0, 1)), 0.95)
    sound = scored(0.5, 0.35)
    assert choose([gone, *sound], BARS, {"gone"}) == ([sound[0], gone], [])
    assert choose([gone, *scored(0.3)], BARS, {"gone"}) == ([gone], [])
    near = Scored(Unit("gone", Span(0, 1)), 0.45)
    assert choose([near, *scored(0.2)], BARS, {"gone"}) == ([], [near, *scored(0.2)])


def test_nothing_found_is_nothing_shown():
    assert shown([]) == ([], [])


def test_equal_probabilities_keep_the_order_of_the_text():
    chosen, _ = choose(scored(0.9, 0.9, 0.9)[::-1], BARS)
    assert [s.unit.span.start for s in chosen] == [0, 1, 2]


def test_the_items_of_a_list_and_its_lead_in_are_one_unit(document):
    units = dict(zip(document.sentences, units_of(document.sentences), strict=True))
    of_list = {u for s, u in units.items() if s.kind == "item" or s.text.endswith("include:")}
    (unit,) = of_list
    assert document.quote(unit.span) == "Side effects include:\n\nfever\nback pain"
    alone = [u for s, u in units.items() if s.text == "Call your team."]
    assert document.quote(alone[0].span) == "Call your team."


@pytest.mark.parametrize("first", [0.0, 1.0])
def test_the_bar_is_inclusive(first):
    assert shown(scored(first), Bars(first, 0.0, 0.0))[0] == [first]
