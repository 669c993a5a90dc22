"""What is on the screen is what is in the document, for every quote of every answer.

The questions are the evaluation's, the models are the real ones. The component and the frame ask
and draw as they always do, with the answers handed to them; the page's fragments go through
Streamlit as on the page itself.
"""

import json
from datetime import date

import pytest

from evaluation.questions import read_questions
from tests.ui.chat_site import served_fragments
from tests.ui.embed_site import (
    NEEDS_CHROMIUM,
    chromium,
    component_visits,
    embedding_server,
    place_of,
)
from ui.api.records import answer_record
from ui.html.cards import View
from ui.page.conversation import turn_html
from ui.settings import QUESTIONS
from ui.turns import Turn

pytestmark = [pytest.mark.slow, *NEEDS_CHROMIUM]

TODAY = date(2026, 11, 1)
PART = 25
"""Answers shown on one page: few enough to be drawn at once."""
ASK_ALL = """async (questions) => {
  const component = document.querySelector("quotewell-ask");
  for (const question of questions) await component.ask(question);
  return [...component.shadowRoot.querySelectorAll(".turn")].reverse().map((turn) =>
    [...turn.querySelectorAll(".text")].map((one) => [one.textContent, one.innerText]));
}"""
READ_ALL = """() => [...document.querySelectorAll(".qw-turn")].map((turn) =>
  [...turn.querySelectorAll(".qw-text")].map((one) => [one.textContent, one.innerText]))"""


@pytest.fixture(scope="module")
def answerer(real_answerer):
    return real_answerer


@pytest.fixture(scope="module")
def answers(answerer):
    return [answerer.answer(one.question, one.history) for one in read_questions(QUESTIONS)]


@pytest.fixture(scope="module")
def expected(answerer, answers):
    """For each answer its texts as they are stored, twice: as nodes and as what is drawn."""
    return [
        [
            [answerer.documents[one.doc_id].text[one.span.start : one.span.end]] * 2
            for one in answer.citations or answer.related
        ]
        for answer in answers
    ]


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("path", ["/", "/framed"])
def test_component_and_frame_show_every_quote_character_for_character(
    browser, answerer, answers, expected, path, tmp_path
):
    made = [answer_record(one, answerer, "clinician", TODAY) for one in answers]
    records = iter([one.model_dump(mode="json") for one in made])
    with (
        embedding_server(tmp_path / "log") as server,
        component_visits(browser, server) as visit,
    ):
        page = visit(path)
        place_of(page, path).locator("textarea").wait_for()
        page.route(f"{server}/api/ask", lambda route: route.fulfill(json=next(records)))
        shown = page.frames[-1].evaluate(ASK_ALL, [one.question for one in answers])
    assert shown == expected
    assert sum(map(len, expected)) > len(expected)


def test_the_page_shows_every_quote_character_for_character(
    browser, answerer, answers, expected, tmp_path
):
    view = View(answerer.documents, answerer.sources, "clinician", TODAY)
    fragments = [
        turn_html(Turn(number, answer.question, answer), view, is_newest=True)
        for number, answer in enumerate(answers, start=1)
    ]
    parts = [fragments[first : first + PART] for first in range(0, len(fragments), PART)]
    (tmp_path / "parts.json").write_text(json.dumps(parts), "utf-8")
    shown = []
    with served_fragments(tmp_path / "parts.json") as address:
        for number, part in enumerate(parts):
            page = browser.new_page()
            page.goto(f"{address}?part={number}")
            page.locator(".qw-turn").nth(len(part) - 1).wait_for()
            shown += page.evaluate(READ_ALL)
            page.close()
    assert shown == expected
    assert sum(map(len, expected)) > len(expected)
