import pytest

from ui.html.answers import answer_html
from ui.html.citing import wanted_file
from ui.page.conversation import turn_html
from ui.turns import take_turn


@pytest.fixture
def answers(answerer):
    return {"turn-1": answerer.answer("radiation"), "turn-2": answerer.answer("unknown")}


@pytest.mark.parametrize("form", ["markdown", "ris", "bibtex"])
def test_the_page_gets_the_file_that_it_asks_for(answers, answerer, form):
    wanted = {"turn": "turn-1", "form": form, "style": "apa"}
    file = wanted_file(wanted, answers, answerer.sources, None)
    assert answerer.documents["case_report"].sentences[1].text[:40] in file.text


def test_the_chosen_style_goes_into_the_file(answers, answerer):
    wanted = {"turn": "turn-1", "form": "markdown", "style": "apa"}
    assert "Daniel Y. Reuben. (2024). Case report." in (
        wanted_file(wanted, answers, answerer.sources, None).text
    )


@pytest.mark.parametrize(
    "wanted",
    [
        None,
        "turn-1",
        {},
        {"turn": "turn-9", "form": "ris", "style": "ama"},
        {"turn": "turn-1", "form": "exe", "style": "ama"},
        {"turn": ["turn-1"], "form": {}, "style": 1},
    ],
)
def test_what_there_is_not_is_no_file(answers, answerer, wanted):
    assert wanted_file(wanted, answers, answerer.sources, None) is None


def test_a_style_that_there_is_not_is_the_first(answers, answerer):
    wanted = {"turn": "turn-1", "form": "markdown", "style": "<script>"}
    assert "2024 Jun 19" in wanted_file(wanted, answers, answerer.sources, None).text


def test_an_answer_offers_citations_files_and_a_link(answerer, view):
    shown = turn_html(take_turn(answerer, "Why <b>?", []), view, is_newest=True)
    assert shown.count("<summary>Cite and export</summary>") == 1
    assert 'data-export="bibtex" data-turn="turn-1"' in shown
    assert 'data-link="[[&quot;q&quot;, &quot;Why &lt;b&gt;?&quot;]]"' in shown
    assert '<span class="qw-in-ama">Daniel Y. Reuben. Case report.' in shown
    assert 'data-apa="Daniel Y. Reuben. (2024). Case report.' in shown


def test_no_answer_offers_nothing_to_cite(answerer, view):
    assert "Cite and export" not in answer_html(answerer.answer("unknown"), view, "turn-1")


@pytest.mark.parametrize(
    ("audience", "first"), [("patient", "Side effects can"), ("clinician", "After his course")]
)
def test_a_file_has_the_quotes_in_the_order_of_the_page(answers, answerer, audience, first):
    wanted = {"turn": "turn-1", "form": "markdown", "style": "apa"}
    text = wanted_file(wanted, answers, answerer.sources, audience).text
    assert text.split("\n\n> ")[1].startswith(first)
