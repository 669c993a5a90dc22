"""A visit outlives a change of the library: what was quoted stays, and the page says what changed."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import REPORT, FakeAnswerer, document
from tests.ui.page.test_page import PAGE, ask, shown
from tests.ui.serving.held import held
from ui.html.cards import View
from ui.page import visit
from ui.page.conversation import turn_html
from ui.sheets.sheet import Sheet, with_turns
from ui.sheets.still import still_quoted
from ui.turns import take_turn


@pytest.fixture
def changed():
    """The library with another report and without the guide."""
    library = FakeAnswerer()
    other = document("case_report", "Treatment", ("Something else entirely.", *REPORT))
    library.documents["case_report"] = replace(other, sha256="f" * 64)
    for known in (library.documents, library.sources):
        del known["patient_guide"]
    library._answer = lambda question: FakeAnswerer()._answer("unknown")
    return library


@pytest.fixture
def page(answerer, monkeypatch):
    monkeypatch.setattr("ui.page.answerer._serving", held(answerer))
    return AppTest.from_file(PAGE, default_timeout=30).run()


def html_of(turn, answerer):
    view = View(answerer.documents, answerer.sources, None, date(2024, 12, 1))
    return turn_html(turn, view, is_newest=True)


def test_what_was_quoted_is_shown_as_it_was_with_what_has_become_of_it(answerer, changed):
    turn = take_turn(answerer, "radiation", [])
    before, after = html_of(turn, answerer), html_of(turn, changed)
    assert "has changed since" not in before
    assert (
        "The library has changed since this was answered: “Case report, Reuben 2024” was "
        "replaced. “Patient guide” was withdrawn."
    ) in after
    assert 'data-asked="[&quot;q&quot;, &quot;radiation&quot;]">Ask again</button>' in after
    assert before.count("qw-text") == after.count("qw-text") == 2
    assert after.count("Word for word") == before.count("Word for word")


def test_a_visit_goes_on_after_a_change(page, changed, monkeypatch):
    ask(page, "What about radiation?")
    monkeypatch.setattr("ui.page.answerer._serving", held(changed))
    page.run()
    assert not page.exception
    assert "“Patient guide” was withdrawn." in shown(page)


def test_what_was_quoted_can_still_be_saved(answerer, changed, monkeypatch):
    turn = take_turn(answerer, "radiation", [])
    monkeypatch.setattr(visit, "turns", lambda: [turn])
    wanted = {"turn": "turn-1", "form": "ris"}
    assert visit.sources_gone(answerer.documents, wanted) == {}
    gone = visit.sources_gone(changed.documents, wanted)
    assert gone["patient_guide"] is answerer.sources["patient_guide"]
    assert set(gone) == {"case_report", "patient_guide"}
    for other in (None, [], {}, {"turn": "turn-2"}):
        assert visit.sources_gone(changed.documents, other) == {}


def test_on_a_sheet_quotes_that_do_not_stand_any_more_are_missing(answerer, changed):
    sheet = with_turns(Sheet(), [take_turn(answerer, "radiation", [])])
    assert still_quoted(sheet, answerer.documents) == sheet
    (entry,) = still_quoted(sheet, changed.documents).entries
    assert entry.missing == ("case_report", "patient_guide")
    assert entry.answer.citations == ()
    again = still_quoted(still_quoted(sheet, changed.documents), changed.documents)
    assert again.entries == (entry,)
