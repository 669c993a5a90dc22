import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Span
from tests.ui.conftest import WELCOME
from ui.html.answers import answer_html
from ui.html.context import context_html
from ui.html.verbatim import BETWEEN, spliced, verbatim
from ui.page.conversation import turn_html
from ui.page.sources import source_html
from ui.parts import in_reading_order
from ui.turns import Turn


class Page(HTMLParser):
    """A fragment as a browser sees it: its elements, and the text inside each class."""

    def __init__(self, fragment):
        super().__init__()
        self.tags, self.texts, self._open = [], {}, []
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        self.tags.append((tag, known))
        self._open.append((tag, (known.get("class") or tag).split()[0]))
        self.texts.setdefault(self._open[-1][1], []).append("")

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for _, name in self._open:
            self.texts[name][-1] += data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@given(st.text(alphabet=st.sampled_from("ab <>&\"'\n\t\u00a0é𝒳*_`$;#0")))
def test_escaped_text_reads_back_as_the_same_characters(text):
    page = Page(f"<p>{verbatim(text)}</p>")
    assert page.texts["p"] == [text]
    assert "\n" not in verbatim(text)


@given(st.text(alphabet="ab<&\n", max_size=12), st.lists(st.integers(0, 12), max_size=4))
def test_marks_put_into_a_text_add_no_characters(text, offsets):
    inserts = [(min(offset, len(text)), BETWEEN, "<i></i>") for offset in offsets]
    page = Page(f"<p>{spliced(text, inserts)}</p>")
    assert page.texts["p"] == [text]
    assert len(page.all("i")) == len(offsets)


@pytest.mark.parametrize("doc_id", ["awkward", "hostile"])
def test_every_quote_holds_exactly_the_characters_of_its_document(answerer, view, doc_id):
    page = Page(answer_html(answerer.answer(doc_id), view, "turn-1"))
    document = answerer.documents[doc_id]
    assert page.texts["qw-text"] == [document.quote(s.span) for s in document.sentences]


def test_hostile_text_becomes_no_element_anywhere(answerer, view):
    turn = Turn(1, answerer.documents["hostile"].sentences[1].text, answerer.answer("hostile"))
    page = Page(turn_html(turn, view, is_newest=True))
    source, document = answerer.sources["hostile"], answerer.documents["hostile"]
    shown = Page(source_html(source, document, is_chosen=True))
    tags = {tag for tag, _ in page.tags + shown.tags}
    attributes = {name for _, known in page.tags + shown.tags for name in known}
    assert not tags & {"script", "img", "svg", "iframe", "style", "form", "input"}
    assert not {name for name in attributes if name.startswith("on")}
    allowed = ("https://", "#turn-1")
    assert all(link["href"].startswith(allowed) for link in page.all("a"))


def test_a_card_names_its_number_source_facts_and_seams(answerer, view):
    page = Page(answer_html(answerer.answer("radiation"), view, "turn-1"))
    assert page.texts["qw-number"] == ["1", "2"]
    assert page.texts["qw-label"][0] == "Case report, Reuben 2024 ✓ Word for word"
    assert page.texts["qw-kind"][0] == "Single-patient case report, n\u00a0=\u00a01"
    assert page.texts["qw-facts"][0] == "2024 · Journal of Medical Cases · Treatment, paragraph 2"
    assert page.texts["qw-joined"] == [" Joined across a figure and its caption."]
    assert page.texts["qw-flag"] == ["Not revised for more than three years."]


def test_the_source_view_marks_the_quote_by_its_offsets(answerer, view):
    page = Page(answer_html(answerer.answer("radiation"), view, "turn-1"))
    document = answerer.documents["case_report"]
    assert page.texts["mark"][0] == document.sentences[1].text
    assert page.texts["qw-around"][0] == document.text.rstrip("\n")


def test_a_card_says_where_its_quote_is_in_the_whole_document(answerer, view):
    page = Page(answer_html(answerer.answer("radiation"), view, "turn-1"))
    first = page.all("details")[0]
    document = answerer.documents[first["data-document"]]
    text = document.text[int(first["data-start"]) : int(first["data-end"])]
    assert text == document.sentences[1].text
    assert first["data-label"] == "Case report, Reuben 2024"


def test_the_right_one_of_two_equal_sentences_is_marked(make_document):
    twice = make_document("twice", "Twice", ["Same.", "Other.", "Same."])
    page = Page(context_html(twice, twice.sentences[2].span))
    assert page.texts["qw-around"] == ["Twice\nSame.\nOther.\nSame."]
    assert context_html(twice, twice.sentences[2].span).endswith("<mark>Same.</mark></p>")


def test_a_long_section_is_cut_at_whole_sentences_and_says_so(make_document):
    sentences = [f"Sentence number {number:03} of a long section." for number in range(60)]
    long = make_document("long", "Long", sentences)
    page = Page(context_html(long, long.sentences[30].span))
    assert page.texts["qw-cut"] == ["The section starts earlier.", "The section goes on."]
    around = page.texts["qw-around"][0].split("\n")
    assert sentences[30] in around
    assert set(around) <= set(sentences)
    assert len(around) < 40


def test_a_number_in_brackets_opens_its_reference_as_second_hand(answerer, view):
    page = Page(answer_html(answerer.answer("radiation"), view, "turn-1"))
    assert page.texts["qw-cited"] == ["[8-10]"]
    link = next(known for known in page.all("a") if known["class"] == "qw-cited")
    assert link["href"].removeprefix("#") in {known.get("id") for known in page.all("li")}
    assert "Second-hand" in page.texts["qw-second"][0]
    assert "Doe J. Radiation and response. 2019." in page.texts["qw-refs"][0]
    assert "https://doi.org/10.1000/x9" in {known["href"] for known in page.all("a")}


def test_the_words_that_answer_are_stressed_also_across_a_link(answerer, view):
    answer = answerer.answer("radiation")
    quote = answer.citations[0]
    words = "radiation he kept a robust response of most sites [8"
    start = quote.span.start + quote.quote.index(words)
    stress = replace(quote, emphasis=Span(start, start + len(words)))
    page = Page(answer_html(replace(answer, citations=(stress,)), view, "turn-1"))
    assert page.texts["qw-text"] == [quote.quote]
    assert "".join(page.texts["qw-words"]) == words


def test_a_quote_that_is_not_in_its_file_is_not_called_word_for_word(answerer, view):
    answer = answerer.answer("radiation")
    altered = replace(answer.citations[0], quote="The patient was well.", seams=())
    page = Page(answer_html(replace(answer, citations=(altered,)), view, "turn-1"))
    assert "qw-check" not in page.texts
    assert page.texts["qw-flag"] == ["This quote could not be checked against its file."]


def test_not_found_says_what_was_searched_and_numbers_nothing(answerer, view):
    page = Page(answer_html(answerer.answer("unknown"), view, "turn-1"))
    assert page.texts["qw-none-title"] == ["The documents do not answer this."]
    assert "4 documents, 98 passages" in page.texts["qw-none"][0]
    assert page.texts["qw-closest"] == ["The closest passages. They are not an answer:"]
    assert "qw-number" not in page.texts
    assert "qw-check" not in page.texts
    assert len(page.texts["qw-text"]) == 2


def test_a_failure_reads_differently_from_an_answer_that_is_not_there(view):
    page = Page(turn_html(Turn(1, "What?", None, "It broke."), view, is_newest=True))
    assert page.texts["qw-problem"] == ["It broke."]
    assert "qw-none" not in page.texts


def test_notices_stand_above_the_quotes(answerer, view):
    fragment = answer_html(answerer.answer("emergency"), view, "turn-1")
    assert Page(fragment).texts["qw-notice"] == ["Call your emergency number now."]
    assert fragment.index("qw-notice") < fragment.index("qw-quotes")


def test_what_pronouns_stand_for_is_above_the_quote_and_its_date_below(answerer, view):
    answer = answerer.answer("approved")
    fragment = answer_html(answer, view, "turn-1")
    page = Page(fragment)
    assert page.texts["qw-antecedent"] == [answer.citations[0].antecedent.text]
    assert page.texts["qw-named"][0].startswith("Context: “")
    assert page.texts["qw-dated"] == ["As of June 2024."]
    assert fragment.index("qw-named") < fragment.index("qw-text") < fragment.index("qw-dated")
    (copied,) = [known["data-copy"] for known in page.all("button") if "data-copy" in known]
    assert copied.startswith(f"“{answer.citations[0].quote}”\nContext: “")
    assert copied.endswith("As of June 2024.")


@pytest.mark.parametrize(
    ("question", "first"), [("radiation", "Side effects can"), ("danger", "After his course")]
)
def test_patients_read_their_own_texts_first_unless_safety_fixed_the_order(
    answerer, view, question, first
):
    page = Page(answer_html(answerer.answer(question), replace(view, audience="patient"), "turn-1"))
    assert page.texts["qw-text"][0].startswith(first)


def test_a_notice_that_stands_alone_is_all_that_is_shown(answerer, view):
    page = Page(answer_html(answerer.answer("thank you"), view, "turn-1"))
    assert page.texts == {"qw-notice": [WELCOME]}


@pytest.mark.parametrize("audience", ["clinician", "patient", "educator"])
def test_an_audience_changes_no_quote(answerer, view, audience):
    shown = replace(view, audience=audience, today=date(2030, 1, 1))
    page = Page(answer_html(answerer.answer("radiation"), shown, "turn-1"))
    quotes = answerer.answer("radiation").citations
    assert sorted(page.texts["qw-text"]) == sorted(quote.quote for quote in quotes)


def test_the_copy_button_carries_the_exact_quote(answerer, view):
    page = Page(answer_html(answerer.answer("awkward"), view, "turn-1"))
    copied = [known["data-copy"] for known in page.all("button") if "data-copy" in known]
    sentences = answerer.documents["awkward"].sentences
    assert copied == [f"“{sentence.text}”" for sentence in sentences]


def test_how_a_question_was_read_stands_above_the_quotes_with_a_button_to_ask_it_alone(
    answerer, view
):
    answer = answerer.answer("and <why>?", ["What is “it”?"])
    fragment = answer_html(answer, view, "turn-2")
    (read,) = Page(fragment).texts["qw-read"]
    assert read == "Read as: “What is “it”?” “and <why>?” Ask it on its own"
    (asked,) = [
        known["data-asked"] for known in Page(fragment).all("button") if "data-asked" in known
    ]
    assert json.loads(asked) == ["alone", "and <why>?"]
    assert fragment.index("qw-read") < fragment.index("qw-quotes")


def test_a_question_that_stood_alone_says_nothing_of_it(answerer, view):
    assert "qw-read" not in answer_html(answerer.answer("Q?"), view, "turn-1")


def test_each_question_of_a_message_has_its_quotes_or_that_there_are_none(answerer, view):
    answer = answerer.answer("<a>? // unknown? // awkward // b?")
    page = Page(answer_html(answer, view, "turn-1"))
    assert page.texts["qw-part"] == ["<a>?", "unknown?", "awkward", "b?"]
    assert page.texts["qw-none-title"] == ["The documents do not answer this."]
    assert page.texts["qw-again"] == ["Quotes 1 and 2 answer this too."]
    n_quotes = 2 + len(answerer.documents["awkward"].sentences)
    assert page.texts["qw-number"] == [str(n) for n in range(1, n_quotes + 1)]
    assert [known.get("start") for known in page.all("ol")] == [None, "3"]
    ids = [known["id"] for _, known in page.tags if known.get("id")]
    assert len(ids) == len(set(ids))


def test_a_message_of_which_nothing_is_answered_exports_nothing(answerer, view):
    page = Page(answer_html(answerer.answer("unknown // unknown too"), view, "turn-1"))
    assert len(page.texts["qw-none-title"]) == 2
    assert "qw-take" not in page.texts


def test_what_has_happened_to_a_source_stands_before_the_quote_in_words_with_links(answerer, view):
    html = answer_html(answerer.answer("retracted"), view, "turn-1")
    sound, marked = html.split('id="turn-1-quote-2"')
    assert "qw-caution" not in sound
    assert marked.index("Retracted on 4 May 2024: do not rely on it.") < marked.index("<blockquote")
    assert '<p class="qw-caution qw-is-retracted qw-grave" role="note">' in marked
    assert 'href="https://doi.org/10.1000/retraction"' in marked
    assert 'href="./sources#patient_guide">In this library</a>' in marked
    assert "Read by a machine from a scan: check the page." in marked
    assert "do not rely on it. https://doi.org/10.1000/retraction" in marked  # what is copied


def test_patients_read_what_was_retracted_last_too(answerer, view):
    quotes = answerer.answer("retracted").citations
    gone = replace(quotes[0], status=quotes[1].status)
    answer = replace(answerer.answer("x"), citations=(gone, replace(quotes[1], status=())))
    ordered = in_reading_order(answer, answerer.sources, "patient").citations
    assert [one.is_retracted for one in ordered] == [False, True]
