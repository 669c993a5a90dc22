"""What a bank lacks, says twice, or should not know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank.questions import KnownQuestion, read_bank
from evaluation.bank.check import check_bank, units_to_cover, without_leaks
from evaluation.bank.near import NEAR, near_pairs, near_pairs_across, words_of
from evaluation.text.bank import bank_text


@pytest.fixture
def known(documents):
    """Make a bank question; ``answers`` are beginnings of the sentences that answer it."""

    def make(question, *answers, voice="patient", origin="one", history=()):
        sentences = [s for d in documents.values() for s in d.sentences]
        groups = [(next(s for s in sentences if s.text.startswith(a)),) for a in answers]
        kind = "fact" if groups else "near_miss"
        return KnownQuestion(question, kind, voice, tuple(history), tuple(groups), (), origin)

    return make


def test_questions_are_counted_by_kind_and_voice(known, documents):
    bank = [known("How long?", "Oil lamps"), known("Why?"), known("Who?", voice="educator")]
    report = check_bank(bank, documents)
    assert (report.n_questions, report.n_answerable) == (3, 1)
    assert report.by_kind_and_voice == {
        ("fact", "patient"): 1,
        ("near_miss", "patient"): 1,
        ("near_miss", "educator"): 1,
    }


def test_sentences_items_and_cited_references_want_questions(documents):
    texts = [unit.text for document in documents.values() for unit in units_to_cover(document)]
    assert "Oil lamps burn for six hours." in texts
    assert "a sail of paper" in texts
    assert any("On cotton" in text for text in texts)
    assert not any("On glass" in text for text in texts)


def test_only_different_wordings_count_as_coverage(known, documents):
    wordings = ["How long?", "how LONG", "What time does oil burn?"]
    bank = [known(w, "Oil lamps", "They need") for w in wordings]
    bank.append(known("Until when?", "Oil lamps", voice="clinician"))
    coverage = {c.unit.text: c for c in check_bank(bank, documents).coverage}
    oil = coverage["Oil lamps burn for six hours."]
    assert (oil.n_questions, oil.voices, oil.is_enough) == (3, {"patient", "clinician"}, False)
    assert coverage["They need a wick made of cotton [1]."].n_questions == 2
    assert coverage["They last for years."].n_questions == 0


def test_five_wordings_are_enough(known, documents):
    bank = [known(f"Question {word}?", "Oil lamps") for word in ("a", "b", "c", "d", "e")]
    few = check_bank(bank, documents).too_few
    assert "Oil lamps burn for six hours." not in [one.unit.text for one in few]


def test_duplicates_are_named_by_file_and_line(known, documents):
    bank = [
        known("How long does an oil lamp burn?", "Oil lamps"),
        known("Where do kites fly?", "Kites"),
        known("how long does an oil-lamp burn", origin="two"),
        known("How long does the oil lamp burn?", "Oil lamps", origin="two"),
    ]
    report = check_bank(bank, documents)
    first = report.duplicates[0]
    assert (first.first.origin, first.first.number) == ("one", 1)
    assert (first.second.origin, first.second.number) == ("two", 1)
    assert first.likeness == 100
    assert first.contradicts
    assert [d.likeness < 100 for d in report.duplicates] == [False, True, True]
    assert len(report.duplicates) == 3


def test_the_same_follow_up_in_another_conversation_is_no_duplicate(known, documents):
    bank = [
        known("How often?", "Oil lamps", history=["Which oil is used?"]),
        known("How often?", "Kites", history=["When do people fly kites?"]),
    ]
    assert check_bank(bank, documents).duplicates == ()


def test_leaks_name_the_line_and_the_id_but_never_the_text(
    known, documents, make_line, make_questions
):
    (asked,) = make_questions(
        make_line("secret7", "off_topic", False, question="What do purple walruses like to eat?")
    )
    bank = [
        known("Where do kites fly?", "Kites"),
        known("what do purple walruses like to eat"),
        known("What do the purple walruses like to eat?", origin="two"),
        known("What do walruses eat?", origin="two"),
    ]
    report = check_bank(bank, documents, [asked])
    found = [(k.line.origin, k.line.number, k.question_id, k.likeness) for k in report.leaks]
    assert [one[:3] for one in found] == [("one", 2, "secret7"), ("two", 1, "secret7")]
    assert found[0][3] == 100 > found[1][3] >= NEAR
    assert without_leaks(report) == {"one": (2,), "two": (1,)}
    text = bank_text(report)
    assert "one.jsonl:2: question secret7 (100)" in text
    assert "walrus" not in text


def test_a_bank_without_the_named_lines_leaks_nothing(known, documents, make_line, make_questions):
    asked = make_questions(
        make_line("e1", "off_topic", False, question="Do walruses sing at night?")
    )
    bank = [
        known("Do walruses sing at night?"),
        known("Do kites fly?"),
        known("walruses sing at night?"),
    ]
    lines = without_leaks(check_bank(bank, documents, asked))["one"]
    rest = [one for number, one in enumerate(bank, start=1) if number not in lines]
    assert len(rest) < len(bank)
    assert check_bank(rest, documents, asked).leaks == ()


def test_line_numbers_are_those_of_the_file(documents, tmp_path, make_line, make_questions):
    line = '{"question": "%s", "kind": "near_miss", "voice": "patient"}'
    texts = ["Are lamps red?", "Do walruses sing at night?"]
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "b.jsonl").write_text("\n".join(line % text for text in texts) + "\n")
    (folder / "a.jsonl").write_text(line % "Are kites loud?" + "\n")
    asked = make_questions(make_line("e1", "off_topic", False, question=texts[1]))
    assert without_leaks(check_bank(read_bank(folder, documents), documents, asked)) == {"b": (2,)}


def test_an_empty_bank_is_a_report_too(documents):
    report = check_bank([], documents)
    assert report.duplicates == report.leaks == ()
    assert len(report.too_few) == len(report.coverage) > 0
    assert "0 questions" in bank_text(report)


def test_the_text_lists_what_is_not_covered(known, documents):
    text = bank_text(check_bank([known("How long?", "Oil lamps")], documents))
    assert "1 for lamps [" in text
    assert "Oil lamps burn for six hours." in text
    assert "Leaks: 0 lines" in text


def test_words_are_what_is_compared():
    assert words_of("What’s “PD-1”, then?") == "whats pd 1 then"


@pytest.mark.parametrize(
    ("first", "second", "is_near"),
    [
        ("What is the usual dose of oil?", "what is the usual dose of oil", True),
        ("Is oil safe for lamps and kites?", "For kites and lamps, is oil safe?", True),
        ("What does CT stand for?", "What is an echocardiogram?", False),
        ("How long do lamps burn?", "How tall do kites grow?", False),
    ],
)
def test_near_means_nearly_the_same_words(first, second, is_near):
    assert bool(list(near_pairs([first, second]))) is is_near


@given(st.lists(st.text(alphabet="abc d?", min_size=1, max_size=12), max_size=12))
def test_pairs_are_found_once_and_agree_with_the_stricter_search(questions):
    inside = {(pair.first, pair.second) for pair in near_pairs(questions)}
    across = {(pair.first, pair.second) for pair in near_pairs_across(questions, questions)}
    assert inside <= across
    assert all(first < second for first, second in inside)
    for first, text in enumerate(questions):
        for second in range(first + 1, len(questions)):
            if words_of(text) == words_of(questions[second]):
                assert (first, second) in inside


def test_pairs_are_found_across_blocks(monkeypatch):
    monkeypatch.setattr("evaluation.bank.near.ROWS_AT_ONCE", 2)
    questions = ["alpha one", "beta two", "gamma three", "delta four", "beta two", "delta four"]
    assert [(p.first, p.second) for p in near_pairs(questions)] == [(1, 4), (3, 5)]
    found = near_pairs_across(questions, ["delta four", "alpha one"])
    assert [(p.first, p.second) for p in found] == [(0, 1), (3, 0), (5, 0)]
