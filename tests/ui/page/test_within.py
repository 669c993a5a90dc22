"""What is searched is chosen beside the ask box, said with every answer, and never a secret."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import FakeAnswerer
from tests.ui.serving.held import held
from ui.page import within
from ui.page.conversation import announcement, turn_html
from ui.settings import ROOT
from ui.turns import take_turn, take_turns

PAGE = ROOT / "ui" / "page" / "app.py"
GUIDES = "kind=patient+information+page"


@pytest.fixture(autouse=True)
def opened(answerer, monkeypatch):
    monkeypatch.setattr("ui.page.answerer._serving", held(answerer))


@pytest.fixture
def page():
    def page(**address):
        page = AppTest.from_file(PAGE, default_timeout=60)
        page.query_params.update(address)
        return page.run()

    return page


def shown(page):
    return "\n".join(element.proto.body for element in page.get("html"))


def ask(page, question):
    return page.chat_input[0].set_value(question).run()


def test_a_library_of_few_documents_offers_no_choice_and_cannot_be_limited(answerer, page):
    del answerer.documents["hostile"], answerer.sources["hostile"]
    asked = ask(page(**{within.WITHIN: GUIDES}), "Q?")
    assert "qw-within" not in shown(asked)
    assert answerer.asked == [("Q?", (), None)]


def test_kinds_years_and_documents_are_offered_with_every_character_harmless(page):
    start = shown(page())
    for box in (
        'data-within="kind" value="patient information page">',
        'data-within="document" value="hostile"> <span>&lt;img src=x',
        '<select data-within="from"><option value="">any</option><option value="2024">2024',
    ):
        assert box in start
    assert "<img" not in start


def test_a_library_of_one_kind_and_year_offers_its_documents_only(answerer):
    alike = [one for one in answerer.sources.values() if one.doc_id != "patient_guide"]
    offered = within.choice_html([*alike, alike[0]])
    assert offered.count("<legend>") == 1


def test_a_choice_holds_for_what_is_asked_then_and_is_said_with_the_answer(answerer, page):
    asked = ask(page(**{within.WITHIN: GUIDES}), "Which <side> effects?")
    assert answerer.asked == [("Which <side> effects?", (), ("patient_guide",))]
    assert (
        '<p class="qw-searched">Searched: 1 of 4 documents (patient information page), 98 passages. '
        '<button class="qw-file" type="button" '
        'data-asked="[&quot;q&quot;, &quot;Which &lt;side&gt; effects?&quot;]">Search all documents</button></p>'
    ) in shown(asked)
    assert f'data-link="[[&quot;q in {GUIDES}&quot;, ' in shown(asked)


def test_nothing_found_says_once_that_not_all_was_searched(page):
    asked = ask(page(**{within.WITHIN: GUIDES}), "unknown")
    assert shown(asked).count("Searched: 1 of 4 documents") == 1
    assert "<p>Other words may find more.</p>" in shown(asked)
    assert "Search all documents</button></p>" in shown(asked)


def test_without_a_choice_nothing_is_said_of_it(page):
    asked = ask(page(), "unknown")
    assert "qw-searched" not in shown(asked)
    assert "Searched: 4 documents, 98 passages." in shown(asked)


def test_an_old_address_limits_to_what_is_still_there(answerer, page):
    ask(page(**{within.WITHIN: "document=gone&document=awkward&kind=poem"}), "Q?")
    assert answerer.asked == [("Q?", (), ("awkward",))]


def test_a_question_comes_back_with_its_own_choice_and_is_refused_if_that_is_gone(answerer):
    asked = [(f"q in {GUIDES}", "First?"), ("alone", "Second?"), ("q in document=x", "Third?")]
    first, second, third = take_turns(answerer, asked)
    assert [documents for _, _, documents in answerer.asked] == [("patient_guide",), None]
    assert (first.asked, second.asked, third.asked) == tuple(asked)
    assert third.problem.startswith("there is no document 'x'; choose among")


def test_a_refused_choice_offers_to_search_everything(page, answerer):
    asked = ask(page(**{within.WITHIN: f"{GUIDES}&from=2024"}), "Q?")
    assert answerer.asked == []
    assert "no document is patient information page; from 2024; choose other" in shown(asked)
    assert "Searched: 0 of 4 documents (patient information page; from 2024). <" in shown(asked)
    assert "Search all documents</button></p>" in shown(asked)


def test_a_limited_answer_is_announced_as_such(answerer):
    turn = take_turn(answerer, "Q?", [], within=GUIDES)
    assert announcement(turn, 4) == (
        "Question 1: 1 quote found. Searched: 1 of 4 documents, 98 passages."
    )
    turn = take_turn(answerer, "unknown", [], within=GUIDES)
    assert announcement(turn, 4).endswith(
        " do not answer this. Searched: 1 of 4 documents, 98 passages."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "All 4 documents"),
        (GUIDES, "1 of 4 documents: patient information page"),
        (f"{GUIDES}&from=2024", "0 of 4 documents: patient information page; from 2024"),
    ],
)
def test_the_line_in_view_says_what_is_searched(text, said):
    assert within.said(text, FakeAnswerer().sources) == said


def asked_by(turn, view):
    """What the buttons of a turn ask, each by its words, and what its link has."""
    made = unescape(turn_html(turn, view, is_newest=True))
    buttons = re.findall('data-asked="(.*?)">([^<]*)</button>', made)
    (link,) = re.findall('data-link="(.*?)">', made) or ["null"]
    return {words: json.loads(asked) for asked, words in buttons}, json.loads(link)


def test_each_button_of_an_answer_asks_as_was_asked_but_for_what_it_says(answerer, view):
    first = take_turn(answerer, "First?", [])
    on, link = asked_by(take_turn(answerer, "and why?", [first], within=GUIDES), view)
    assert on == {
        "Ask it on its own": [f"alone in {GUIDES}", "and why?"],
        "Search all documents": ["q", "and why?"],
    }
    assert link == [["q", "First?"], [f"q in {GUIDES}", "and why?"]]
    on, link = asked_by(take_turn(answerer, "Q?", [first], alone=True, within=GUIDES), view)
    assert on == {"Search all documents": ["alone", "Q?"]}
    assert link == [[f"alone in {GUIDES}", "Q?"]]
    on, _ = asked_by(take_turn(answerer, "crash", [first], alone=True, within=GUIDES), view)
    assert on["Ask it again"] == [f"alone in {GUIDES}", "crash"]


def test_a_link_has_every_question_as_it_was_asked(answerer, view):
    first = take_turn(answerer, "First?", [], within=GUIDES)
    other = take_turn(answerer, "Other?", [first], alone=True)
    asked = [first, other, take_turn(answerer, "Last?", [first, other])]
    answer = replace(answerer.answer("Q?"), read_as=("First?", "Other?", "a clause", "Q?"))
    answerer.answer = lambda *_: answer
    _, link = asked_by(take_turn(answerer, "Q?", asked), view)
    assert link == [
        [f"q in {GUIDES}", "First?"],
        ["alone", "Other?"],
        ["q", "a clause"],
        ["q", "Q?"],
    ]
