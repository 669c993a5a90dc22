from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Dropped, Span
from tests.ui.conftest import WELCOME
from ui.terminal.answer_text import answer_text, quote_lines, terminal_width
from ui.terminal.inventory import source_text, trimmings_text


@given(st.text(alphabet=st.sampled_from("ab \n\t\u00a0é𝒳-")), st.integers(4, 20))
def test_the_lines_of_a_quote_joined_are_the_quote(text, width):
    lines = quote_lines(text, width)
    assert "".join(lines) == text
    assert all(len(line.rstrip()) <= width for line in lines)


def test_an_answer_is_readable_in_80_columns(answerer):
    text = answer_text(answerer.answer("emergency"), answerer.sources, 80)
    shown = [line for line in text.splitlines() if "https://" not in line]  # addresses stay whole
    assert max(map(len, shown)) <= 80
    assert text == (
        "! Call your emergency number now.\n"
        "\n"
        "[1] After his course of radiation he kept a robust response of most sites \n"
        "    [8-10].\n"
        "    — Single-patient case report, n = 1 · 2024 · Journal of Medical Cases ·\n"
        "      Treatment, paragraph 2\n"
        "    https://doi.org/10.14740/jmc4237\n"
        "    Joined across a figure and its caption.\n"
        "    cites [9] Doe J. Radiation and response. 2019.\n"
        "    Second-hand: the source reports this reference. The quote is not from it.\n"
        "\n"
        "[2] Side effects can include fatigue, cough, nausea, itching and skin rash.\n"
        "    — Patient information page · 2019 · American Cancer Society · Possible side\n"
        "      effects, paragraph 1\n"
        "    https://cancer.example/guide"
        "#:~:text=Side%20effects%20can%20include,itching%20and%20skin%20rash.\n"
        "\n"
        "Library version 0123456789ab.\n"
    )


@pytest.mark.parametrize(("columns", "width"), [("40", 40), ("9", 30), ("240", 100), ("", 80)])
def test_the_terminal_says_how_wide_to_write(answerer, monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal_width() == width
    text = answer_text(answerer.answer("emergency"), answerer.sources, width)
    links = ("https://doi.org/10.14740/jmc4237", "https://cancer.example/guide#:~:text=")
    for line in text.splitlines():
        assert len(line.rstrip()) <= width or line.strip().startswith(links)


def test_without_an_answer_the_closest_passages_are_plainly_labelled(answerer):
    text = answer_text(answerer.answer("unknown"), answerer.sources, 80)
    assert text.startswith(
        "The documents do not answer this.\n"
        "Searched: 4 documents, 98 passages.\n"
        "\n"
        "The closest passages. They are not an answer:\n"
        "\n"
        " -  After his course"
    )
    assert "[1]" not in text


def test_the_date_and_the_context_of_a_quote_stand_under_it(answerer):
    lines = answer_text(answerer.answer("approved"), answerer.sources, 80).splitlines()
    at = lines.index("    As of June 2024.")
    assert lines[at + 1].startswith("    Context: “The patient required systemic")


def test_what_has_happened_to_a_source_stands_under_each_quote_from_it(answerer):
    text = answer_text(answerer.answer("retracted"), answerer.sources, 100)
    assert (
        "    ! Retracted on 4 May 2024: do not rely on it. https://doi.org/10.1000/retraction\n"
        "    ! Expression of concern in 2023: read it with care. https://doi.org/10.1000/concern\n"
        "    ! Superseded by “Patient guide”.\n"
        "    ! Corrected in March 2022. https://doi.org/10.1000/correction\n"
        "    ! Preprint: not peer reviewed.\n"
        "    ! Read by a machine from a scan: check the page.\n"
    ) in text
    assert text.count("Retracted") == 1


def test_quotes_keep_the_order_of_the_answer(answerer):
    text = answer_text(answerer.answer("danger"), answerer.sources, 80)
    assert text.index("[1] After his course") < text.index("[2] Side effects can")


def test_thanks_get_the_notice_and_no_report_of_a_search(answerer):
    assert answer_text(answerer.answer("thank you"), answerer.sources, 80) == f"! {WELCOME}\n"


def test_every_character_of_a_quote_reaches_the_terminal(answerer):
    text = answer_text(answerer.answer("awkward"), answerer.sources, 80)
    for sentence in answerer.documents["awkward"].sentences:
        for line in sentence.text.splitlines():
            assert line.strip() in text


def test_what_cannot_be_seen_is_shown_and_no_line_gets_too_long(answerer, make_document):
    hidden = make_document(
        "awkward", "D", ["take\u200b \u202e5 mg\u202c " + "\u2060".join("never")]
    )
    answerer.documents["awkward"] = hidden
    text = answer_text(answerer.answer("awkward"), answerer.sources, 40)
    assert "take⟨U+200B⟩ ⟨U+202E⟩5 mg⟨U+202C⟩" in text
    assert max(map(len, text.splitlines())) <= 40


def test_a_source_is_listed_with_what_is_known_of_it(answerer):
    text = source_text(answerer.sources["case_report"], 80)
    assert text.startswith("Case report, Reuben 2024 (case_report)\n    title        Case report\n")
    assert "    issued       19 June 2024\n" in text
    assert "revised" not in text


def test_what_was_joined_is_shown_where_it_was(answerer):
    text = trimmings_text(answerer.documents["case_report"], 80)
    assert "Left out: 0 stretches" in text
    assert "…rs. After his course of ‸radiation he kept a robu…" in text
    assert "Joined across a figure and its caption." in text


def test_what_was_left_out_is_gathered_by_reason_with_its_line(make_document):
    plain = make_document("d", "D", ["One.", "Two.", "Three."])
    dropped = (
        Dropped(Span(2, 6), "[doi](#)", "link to nowhere"),
        Dropped(Span(7, 11), "Skip to main content", "site navigation"),
        Dropped(Span(12, 18), "[pmc](#)", "link to nowhere"),
    )
    assert trimmings_text(replace(plain, dropped=dropped), 80).startswith(
        "    Left out: 3 stretches\n"
        "      link to nowhere:\n"
        "        line    2: [doi](#)\n"
        "        line    4: [pmc](#)\n"
        "      site navigation:\n"
        "        line    3: Skip to main content\n"
    )


def test_a_follow_up_says_how_it_was_read(answerer):
    text = answer_text(answerer.answer("and why?", ["First?"]), answerer.sources, 80)
    assert text.startswith("Read as: “First?” “and why?”\n\n[1] ")


def test_each_question_of_a_message_stands_above_its_quotes(answerer):
    answer = answerer.answer("radiation // unknown // b")
    blocks = answer_text(answer, answerer.sources, 80).split("\n\n")
    assert blocks[0] == "radiation"
    assert blocks[3:5] == [
        "unknown",
        "The documents do not answer this.\nSearched: 4 documents, 98 passages.",
    ]
    assert [*blocks[-3:-1]] == ["b", "Quotes 1 and 2 answer this too."]
