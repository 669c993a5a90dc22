"""From a question file to the report."""

import json

import pytest

from evaluation.baselines import WITH_BAR
from evaluation.errors import EvaluationError
from evaluation.program import program_digest
from evaluation.questions import read_questions
from evaluation.report import check_floors, evaluate, write_report

HOURS = ("lamps", "Oil lamps burn for six hours.")
YEARS = ("lamps", "They last for years.")


def report_on(answerer, path, out_dir):
    return write_report(answerer, evaluate(answerer, read_questions(path)), path.name, out_dir)


@pytest.fixture
def answerer(make_answerer):
    replies = {
        "oil": [("lamps", "Oil lamps", 0.9)],
        "silver": [("lamps", "Electric lamps", 0.8), ("kites", "a frame", 0.7)],
    }
    return make_answerer(replies, {"burnt": "emergency"})


@pytest.fixture
def lines(make_line):
    return [
        make_line("q1", question="How long does oil last?", quotes=[HOURS], audience="patient"),
        make_line("q2", question="How long, electric?", quotes=[YEARS], audience="clinician"),
        make_line("q3", "near_miss", False, question="Are silver lamps good?"),
        make_line("q4", "emergency", False, question="I am burnt!"),
        make_line("q5", "off_topic", False, question="?!"),
    ]


def test_every_figure_comes_of_the_answers(answerer, lines, make_questions):
    figures = evaluate(answerer, make_questions(*lines)).figures
    assert figures["handled"] == 2 / 5
    assert figures["handled:fact"] == 1 / 2
    assert figures["handled:emergency"] == 1
    assert figures["hit@1"] == figures["complete"] == figures["R@1"] == 1 / 2
    assert figures["precision"] == 1
    assert figures["refusal"] == (1 / 2 + 0) / 2
    assert figures["integrity"] == figures["boundaries"] == 1
    assert figures["quotes_per_answer"] == 1 / 2
    assert figures["p50_ms"] == figures["p95_ms"] == 12


def test_a_refused_question_counts_as_not_handled(answerer, lines, make_questions):
    row = evaluate(answerer, make_questions(*lines)).rows[4]
    assert row.reply is None
    assert not row.is_handled


def test_progress_is_told_after_every_question(answerer, lines, make_questions):
    told = []
    evaluate(answerer, make_questions(*lines), lambda *numbers: told.append(numbers))
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_a_follow_up_is_asked_with_its_history(answerer, make_line, make_questions):
    line = make_line(kind="followup", quotes=[HOURS], history=["What of oil?"])
    assert evaluate(answerer, make_questions(line)).rows[0].is_handled


def test_a_question_about_another_corpus_is_refused(answerer, make_line, make_questions):
    questions = make_questions(make_line(quotes=[("boats", "Boats float.")]))
    with pytest.raises(EvaluationError, match="'boats', which is not one of lamps, kites"):
        evaluate(answerer, questions)


def test_evidence_that_the_documents_lack_is_named(answerer, make_line, tmp_path):
    path = write(tmp_path, [make_line("q7", quotes=[("lamps", "Oil lamps are made of gold.")])])
    text = report_on(answerer, path, None)
    assert "evidence is not in the documents\n\nq7" in text


def write(folder, lines):
    path = folder / "mine.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_the_report_has_every_part_and_fits_a_terminal(answerer, lines, tmp_path):
    text = report_on(answerer, write(tmp_path, lines), None)
    assert "5 questions of `mine.jsonl`" in text
    assert "on 2 documents,\nwithout a question bank." in text
    for part in ("near_miss", "patient", "BM25 alone", WITH_BAR, "calibration error", "AUROC"):
        assert part in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert max(map(len, tables)) <= 80
    assert "![" not in text


def test_the_worst_answers_come_first_with_what_was_shown(answerer, lines, tmp_path):
    text = report_on(answerer, write(tmp_path, lines), None)
    worst = text.partition("## The worst answers")[2]
    places = [worst.index(f"**{name}**") for name in ("q3", "q2", "q5")]
    assert places == sorted(places)
    assert "- 0.80 lamps: Electric lamps need no wick." in worst
    assert "closest: 0.10 kites: Kites fly in steady wind." in worst
    assert "=> no answer at all" in worst
    assert "**q1**" not in worst


def test_a_question_cannot_break_out_of_its_block(answerer, make_line, tmp_path):
    path = write(tmp_path, [make_line(question="```\n# Perfect?", quotes=[HOURS])])
    text = report_on(answerer, path, None)
    assert "````text\n? ``` # Perfect?\n" in text


def test_the_report_and_its_pictures_are_written(answerer, lines, tmp_path):
    out = tmp_path / "new" / "folder"
    text = report_on(answerer, write(tmp_path, lines), out)
    assert (out / "quality.md").read_text(encoding="utf-8") == text + "\n"
    for name in ("reliability.png", "risk_coverage.png"):
        assert f"({name})" in text
        assert (out / name).read_bytes().startswith(b"\x89PNG")


def test_the_figures_are_written_for_programs_too(answerer, lines, tmp_path):
    report_on(answerer, write(tmp_path, lines), tmp_path)
    written = json.loads((tmp_path / "quality.json").read_text(encoding="utf-8"))
    assert written["questions"] == len(lines)
    assert written["program"] == program_digest()
    assert written["figures"]["near_miss_auroc"]["value"] == 1 / 2
    handled = written["figures"]["handled"]
    assert handled["low"] <= handled["value"] <= handled["high"]
    assert handled["value"] == pytest.approx(0.4)


def test_a_folder_that_cannot_be_written_is_an_expected_error(answerer, lines, tmp_path):
    path = write(tmp_path, lines)
    with pytest.raises(EvaluationError, match="name another folder"):
        report_on(answerer, path, path)


@pytest.fixture
def floors(answerer, lines, make_questions, tmp_path):
    evaluation = evaluate(answerer, make_questions(*lines))

    def check(content):
        path = tmp_path / "floors.json"
        path.write_text(content, encoding="utf-8")
        return check_floors(evaluation, path)

    return check


def test_floors_that_hold_say_nothing(floors):
    assert floors('{"handled": 0.4, "precision": 1, "p95_ms": 12, "handled:fact": 0.5}') == []


def test_each_missed_floor_is_a_message(floors):
    messages = floors('{"handled": 0.41, "p95_ms": 11.9, "precision": 0.5}')
    assert [message.partition(";")[0] for message in messages] == [
        "handled is 0.4, below its floor of 0.41",
        "p95_ms is 12, above its ceiling of 11.9",
    ]


@pytest.mark.parametrize("content", ["", "[]", '{"handled": "1"}', '{"handeld": 0.4}'])
def test_floors_that_mean_nothing_are_refused(floors, content):
    with pytest.raises(EvaluationError, match=r"floors\.json"):
        floors(content)


def test_a_floor_under_a_figure_without_questions_is_missed(
    answerer, make_line, make_questions, tmp_path
):
    path = tmp_path / "floors.json"
    path.write_text('{"refusal": 0.5}')
    evaluation = evaluate(answerer, make_questions(make_line(quotes=[HOURS])))
    (message,) = check_floors(evaluation, path)
    assert message.startswith("refusal could not be measured")
